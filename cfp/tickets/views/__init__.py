"""The pages of selling: the shop, an order, the organiser's side, the doors."""

from cfp.tickets.views import (
    bulk,
    card,
    catalogue,
    checkout,
    desk,
    door_api,
    doors,
    figures,
    invoices,
    order,
    orders,
    organising,
    paper,
    proofs,
    scanner,
    shop,
    waiting,
)
from cfp.tickets.views.blueprint import pages

__all__ = [
    "bulk",
    "card",
    "catalogue",
    "checkout",
    "desk",
    "door_api",
    "doors",
    "figures",
    "invoices",
    "order",
    "orders",
    "organising",
    "pages",
    "paper",
    "proofs",
    "scanner",
    "shop",
    "waiting",
]
