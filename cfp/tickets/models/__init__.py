"""What is sold, to whom, for how much; who waits, and who went through the door."""

from cfp.tickets.admission import Passage, Verdict
from cfp.tickets.models.catalogue import (
    AddOn,
    Audience,
    DueTo,
    PriceTier,
    Product,
    ProductKind,
    Proof,
    Quota,
    product_quota,
)
from cfp.tickets.models.doors import CheckIn, Door, Scanner, door_product
from cfp.tickets.models.orders import (
    ADMITTED,
    GONE,
    MOVES,
    OWES,
    SOLD,
    CardCheckout,
    CardEvent,
    Channel,
    Diet,
    Order,
    OrderState,
    Ticket,
    TicketState,
)
from cfp.tickets.models.papers import PrintKind, Printout
from cfp.tickets.models.proofs import ProofFile
from cfp.tickets.models.refunds import RefundFile
from cfp.tickets.models.shop import RefundRule, Shop, TaxCategory, TaxRate
from cfp.tickets.models.tills import TillCount
from cfp.tickets.models.vouchers import Entitlement, Voucher, voucher_product
from cfp.tickets.models.waiting import Waiting, WaitingListEntry

__all__ = [
    "ADMITTED",
    "GONE",
    "MOVES",
    "OWES",
    "SOLD",
    "AddOn",
    "Audience",
    "CardCheckout",
    "CardEvent",
    "Channel",
    "CheckIn",
    "Diet",
    "Door",
    "DueTo",
    "Entitlement",
    "Order",
    "OrderState",
    "Passage",
    "PriceTier",
    "PrintKind",
    "Printout",
    "Product",
    "ProductKind",
    "Proof",
    "ProofFile",
    "Quota",
    "RefundFile",
    "RefundRule",
    "Scanner",
    "Shop",
    "TaxCategory",
    "TaxRate",
    "Ticket",
    "TicketState",
    "TillCount",
    "Verdict",
    "Voucher",
    "Waiting",
    "WaitingListEntry",
    "door_product",
    "product_quota",
    "voucher_product",
]
