"""What people do with money: owe it, invoice it, pay it, take an invoice back."""

from cfp.billing.service.asking import Wanted, ask_cancellation, ask_invoice, get_seller
from cfp.billing.service.issuing import issue
from cfp.billing.service.ledger import charge, credit, move_money, open_receivable

__all__ = [
    "Wanted",
    "ask_cancellation",
    "ask_invoice",
    "charge",
    "credit",
    "get_seller",
    "issue",
    "move_money",
    "open_receivable",
]
