"""The pages of the money ahead."""

from cfp.budget.views import entries, overview, what_if
from cfp.budget.views.blueprint import pages

__all__ = ["entries", "overview", "pages", "what_if"]
