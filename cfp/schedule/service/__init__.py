"""What people do with the programme: open rooms, place talks, and release what stands."""

from cfp.schedule.service.content import content_of
from cfp.schedule.service.draft import adopt, pin, place, unplace
from cfp.schedule.service.grid import add_break, remove_break, set_openings
from cfp.schedule.service.programme import read_programme
from cfp.schedule.service.releases import (
    next_version,
    obstacles,
    releasable,
    release,
    taken_back,
)
from cfp.schedule.service.solutions import adopt_result, adopt_run

__all__ = [
    "add_break",
    "adopt",
    "adopt_result",
    "adopt_run",
    "content_of",
    "next_version",
    "obstacles",
    "pin",
    "place",
    "read_programme",
    "releasable",
    "release",
    "remove_break",
    "set_openings",
    "taken_back",
    "unplace",
]
