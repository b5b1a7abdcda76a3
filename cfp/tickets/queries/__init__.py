"""Questions about the shop, its orders and who waits, as selects; nothing runs here."""

from cfp.tickets.queries.catalogue import (
    add_ons,
    audiences,
    products_on_the_shelf,
    shop_of,
    tax_rates,
    voucher_by_word,
)
from cfp.tickets.queries.orders import (
    by_code,
    by_form_key,
    due_to_expire,
    due_to_remind,
    for_change,
    held_from,
    held_too_long,
    locked,
    to_look_at,
    to_settle,
    visible_to,
    with_tickets,
)

__all__ = [
    "add_ons",
    "audiences",
    "by_code",
    "by_form_key",
    "due_to_expire",
    "due_to_remind",
    "for_change",
    "held_from",
    "held_too_long",
    "locked",
    "products_on_the_shelf",
    "shop_of",
    "tax_rates",
    "to_look_at",
    "to_settle",
    "visible_to",
    "voucher_by_word",
    "with_tickets",
]
