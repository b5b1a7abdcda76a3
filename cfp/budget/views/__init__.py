"""The pages of the money ahead."""

from cfp.budget.views import entries, overview, tables, tickets, what_if
from cfp.budget.views.blueprint import pages

__all__ = ["entries", "overview", "pages", "tables", "tickets", "what_if"]
