"""What people do with money: owe it, invoice it, pay it, take an invoice back."""

from cfp.billing.service.allocating import allocate, set_aside, undo
from cfp.billing.service.asking import (
    Wanted,
    ask_cancellation,
    ask_invoice,
    asked_before,
    get_seller,
    take_back,
)
from cfp.billing.service.bank import import_statement
from cfp.billing.service.issuing import issue
from cfp.billing.service.ledger import charge, credit, move_money, open_receivable
from cfp.billing.service.self_billing import Supplied, ask_self_billed

__all__ = [
    "Supplied",
    "Wanted",
    "allocate",
    "ask_cancellation",
    "ask_invoice",
    "ask_self_billed",
    "asked_before",
    "charge",
    "credit",
    "get_seller",
    "import_statement",
    "issue",
    "move_money",
    "open_receivable",
    "set_aside",
    "take_back",
    "undo",
]
