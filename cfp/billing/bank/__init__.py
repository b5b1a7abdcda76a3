"""What a bank says about an account: statements in CAMT.053, MT940 and CSV, read and checked."""

from cfp.billing.bank.reading import read
from cfp.billing.bank.statement import BrokenStatement, Entry, Statement

__all__ = ["BrokenStatement", "Entry", "Statement", "read"]
