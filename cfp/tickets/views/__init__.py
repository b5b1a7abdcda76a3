"""The pages of selling: the shop, the way to an order, the order itself."""

from cfp.tickets.views import order
from cfp.tickets.views.blueprint import pages

__all__ = ["order", "pages"]
