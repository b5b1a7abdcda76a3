"""The pages of selling: the shop, the way to an order, the order, and the organiser's side."""

from cfp.tickets.views import card, catalogue, checkout, order, orders, organising, shop
from cfp.tickets.views.blueprint import pages

__all__ = [
    "card",
    "catalogue",
    "checkout",
    "order",
    "orders",
    "organising",
    "pages",
    "shop",
]
