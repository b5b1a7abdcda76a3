"""What people do with the programme: open rooms, place talks, and release what stands."""

from cfp.schedule.service import audience
from cfp.schedule.service.conditions import set_chairs, set_condition
from cfp.schedule.service.content import content_of
from cfp.schedule.service.draft import adopt, pin, place, put, swap, unplace
from cfp.schedule.service.erased import replace_in_releases
from cfp.schedule.service.grid import Drawn, add_break, move_break, remove_break, set_openings
from cfp.schedule.service.history import redo, undo
from cfp.schedule.service.parts import divide, join_parts
from cfp.schedule.service.programme import find_talks, read_edit, read_programme
from cfp.schedule.service.releases import (
    next_version,
    obstacles,
    releasable,
    release,
    taken_back,
)
from cfp.schedule.service.rulebook import set_rules
from cfp.schedule.service.solutions import adopt_result, adopt_run
from cfp.schedule.service.stage import block_of
from cfp.schedule.service.waivers import hold_again, set_aside

__all__ = [
    "Drawn",
    "add_break",
    "adopt",
    "adopt_result",
    "adopt_run",
    "audience",
    "block_of",
    "content_of",
    "divide",
    "find_talks",
    "hold_again",
    "join_parts",
    "move_break",
    "next_version",
    "obstacles",
    "pin",
    "place",
    "put",
    "read_edit",
    "read_programme",
    "redo",
    "releasable",
    "release",
    "remove_break",
    "replace_in_releases",
    "set_aside",
    "set_chairs",
    "set_condition",
    "set_openings",
    "set_rules",
    "swap",
    "taken_back",
    "undo",
    "unplace",
]
