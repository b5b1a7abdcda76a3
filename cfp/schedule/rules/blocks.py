"""Rules of conferences that come in blocks: one track in a room between two breaks."""

from __future__ import annotations

from collections.abc import Iterator

from cfp.schedule.problem import Level, Problem, Setting, once_a_problem
from cfp.schedule.rules.board import Board, Spot
from cfp.schedule.rules.hours import break_minutes, open_spans
from cfp.schedule.rules.rule import Finding, Rule, clock_of, room_name
from cfp.sentences import say

Span = tuple[int, int]


@once_a_problem
def blocks(problem: Problem) -> dict[str, list[Span]]:
    """The stretches of each room: its opening hours without the breaks."""
    found: dict[str, list[Span]] = {}
    for room, spans in open_spans(problem).items():
        edges = sorted(
            (start, end) for start, end, rooms in break_minutes(problem).values() if room in rooms
        )
        found[room] = [block for span in spans for block in _between(span, edges)]
    return found


def _between(span: Span, breaks: list[Span]) -> Iterator[Span]:
    first, last = span
    for start, end in breaks:
        if first < start < last:
            yield first, start
        first = max(first, end) if start < last else first
    if first < last:
        yield first, last


def block_name(room: str, block: Span) -> str:
    """A block in a waiver."""
    return f"{room} @ {block[0]}"


def inside(spot: Spot, block: Span) -> bool:
    return spot.start < block[1] and block[0] < spot.end


class BlocksHaveOneTrack(Rule):
    """Talks without a track mind nobody."""

    key = "one-track-a-block"
    name = say("A block, a room between two breaks, holds one track")
    default = Setting(Level.OFF, weight=5, tier=4)

    def findings(self, board: Board) -> Iterator[Finding]:
        for room, spots in board.in_room.items():
            for block in blocks(board.problem).get(room, ()):
                here = [spot for spot in spots if spot.talk.track and inside(spot, block)]
                tracks = sorted({spot.talk.track or "" for spot in here})
                if len(tracks) > 1:
                    sentence = say(
                        "%(tracks)s share the block from %(begin)s in %(room)s.",
                        tracks=tuple(tracks),
                        begin=clock_of(board.problem, block[0]),
                        room=room_name(board.problem, room),
                    )
                    names = tuple(spot.talk.id for spot in here)
                    yield Finding(len(tracks) - 1, sentence, names, block_name(room, block))
