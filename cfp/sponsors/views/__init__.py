"""The pages of sponsors: the organisers', the public ones, and each sponsor's own desk."""

from cfp.sponsors.views import (
    agreements,
    applications,
    benefits,
    booths,
    company,
    desk,
    dossier,
    levels,
    logos,
    public,
    register,
    tables,
    travel,
    wishes,
)
from cfp.sponsors.views.blueprint import pages

__all__ = [
    "agreements",
    "applications",
    "benefits",
    "booths",
    "company",
    "desk",
    "dossier",
    "levels",
    "logos",
    "pages",
    "public",
    "register",
    "tables",
    "travel",
    "wishes",
]
