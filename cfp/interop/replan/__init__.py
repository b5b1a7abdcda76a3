"""A conference out of a file planned anew: its talks, rooms, days and people, but not its plan."""

from cfp.interop.replan.outcome import as_release
from cfp.interop.replan.puzzle import Puzzle, puzzle_of
from cfp.interop.replan.source import read

__all__ = ["Puzzle", "as_release", "puzzle_of", "read"]
