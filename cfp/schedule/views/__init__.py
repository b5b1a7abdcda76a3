"""The pages of the programme: where it stands, the grid, the draft, the releases."""

from cfp.schedule.views import (
    alternatives,
    audience,
    draft,
    grid,
    moving,
    overview,
    releases,
    rulebook,
    shade,
    solving,
    why,
)
from cfp.schedule.views.blueprint import pages

__all__ = [
    "alternatives",
    "audience",
    "draft",
    "grid",
    "moving",
    "overview",
    "pages",
    "releases",
    "rulebook",
    "shade",
    "solving",
    "why",
]
