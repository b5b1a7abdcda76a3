"""The pages of sponsors: the organisers', and each sponsor's own desk."""

from cfp.sponsors.views import agreements, benefits, booths, levels, logos, register
from cfp.sponsors.views.blueprint import pages

__all__ = ["agreements", "benefits", "booths", "levels", "logos", "pages", "register"]
