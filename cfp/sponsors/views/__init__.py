"""The pages of sponsors: the organisers', the public ones, and each sponsor's own desk."""

from cfp.sponsors.views import (
    agreements,
    benefits,
    booths,
    desk,
    levels,
    logos,
    public,
    register,
)
from cfp.sponsors.views.blueprint import pages

__all__ = [
    "agreements",
    "benefits",
    "booths",
    "desk",
    "levels",
    "logos",
    "pages",
    "public",
    "register",
]
