"""A released schedule as every feed and export sees it."""

from cfp.interop.released.content import from_content
from cfp.interop.released.release import (
    Release,
    ReleasedDay,
    ReleasedLink,
    ReleasedPerson,
    ReleasedRoom,
    ReleasedSlot,
    ReleasedTalk,
    ReleasedTrack,
)

__all__ = [
    "Release",
    "ReleasedDay",
    "ReleasedLink",
    "ReleasedPerson",
    "ReleasedRoom",
    "ReleasedSlot",
    "ReleasedTalk",
    "ReleasedTrack",
    "from_content",
]
