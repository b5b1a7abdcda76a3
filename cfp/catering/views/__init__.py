"""The kitchen's pages."""

from cfp.catering.views import after, history, meals, orders, overview, settings, tables
from cfp.catering.views.blueprint import pages

__all__ = ["after", "history", "meals", "orders", "overview", "pages", "settings", "tables"]
