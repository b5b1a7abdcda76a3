"""What is owed, what was invoiced, what the bank says."""

from cfp.billing.models.account import Account, PaidInto
from cfp.billing.models.bank import Allocation, BankEntry, BankFile
from cfp.billing.models.dunning import BaseRateEntry, Pause, Reminder
from cfp.billing.models.invoice import (
    Archive,
    CreditNote,
    Draft,
    Invoice,
    InvoiceKind,
    InvoiceLine,
    InvoiceTax,
    NumberRange,
)
from cfp.billing.models.ledger import MOVES_MONEY, SIGN, EntryKind, LedgerEntry, Method, Receivable
from cfp.billing.models.seller import Seller

__all__ = [
    "MOVES_MONEY",
    "SIGN",
    "Account",
    "Allocation",
    "Archive",
    "BankEntry",
    "BankFile",
    "BaseRateEntry",
    "CreditNote",
    "Draft",
    "EntryKind",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceTax",
    "LedgerEntry",
    "Method",
    "NumberRange",
    "PaidInto",
    "Pause",
    "Receivable",
    "Reminder",
    "Seller",
]
