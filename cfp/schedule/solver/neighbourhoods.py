"""Which talks to free next: those that have to do with each other, by day, room, track or wish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from cfp.schedule.problem import Timetable
from cfp.schedule.rules import book
from cfp.schedule.rules.board import Board, Spot, spot_of

MANY = 5  # times as many talks when only their rooms are in question


@dataclass(frozen=True, slots=True)
class Part:
    """Talks to plan anew, and what of their places is to stay."""

    talks: list[str]
    same_times: bool = False
    same_berths: bool = False


Neighbourhood = Callable[[Random, Board, int], Part]


def a_day(rng: Random, board: Board, size: int) -> Part:
    """Talks of one day."""
    return Part(_some(rng, rng.choice(list(board.on_day.values())), size))


def a_room(rng: Random, board: Board, size: int) -> Part:
    """Talks of one room, a run of them."""
    spots = rng.choice(list(board.in_room.values()))
    first = rng.randrange(len(spots))
    return Part([spot.talk.id for spot in spots[max(0, first - size // 2) : first + size // 2]])


def a_track(rng: Random, board: Board, size: int) -> Part:
    """Talks of one track, and what runs beside them."""
    tracks = sorted({spot.talk.track for spot in board.spots if spot.talk.track})
    if not tracks:
        return a_time(rng, board, size)
    track = rng.choice(tracks)
    mine = [spot for spot in board.spots if spot.talk.track == track]
    return Part(_with_company(rng, board, mine, size))


def a_time(rng: Random, board: Board, size: int) -> Part:
    """Talks around one moment, in all rooms."""
    centre = rng.choice(board.spots).start
    near = sorted(board.spots, key=lambda spot: (abs(spot.start - centre), spot.talk.id))
    return Part([spot.talk.id for spot in near[:size]])


def anything(rng: Random, board: Board, size: int) -> Part:
    return Part(_some(rng, board.spots, size))


def a_shortfall(rng: Random, board: Board, size: int) -> Part:
    """The talks of a wish that is not met, and what runs beside them."""
    found = [
        finding
        for rule in book.rules_at(board.problem, book.COSTLY)
        for finding in rule.findings(board)
    ]
    if not found:
        return anything(rng, board, size)
    talks = rng.choice(found).talks
    return Part(_with_company(rng, board, [board.spot[talk] for talk in talks], size))


def back_home(rng: Random, board: Board, size: int) -> Part:
    """A talk that is not where it was announced, and those who are there now."""
    published = board.problem.published or Timetable()
    moved = [s for s in board.spots if s.talk.id in published and _is_away(board, s)]
    if not moved:
        return anything(rng, board, size)
    spot = rng.choice(moved)
    home = spot_of(board.problem, spot.talk, published[spot.talk.id])
    there = [s for s in board.spots if s.room == home.room and s.overlaps(home)]
    return Part(_with_company(rng, board, list(dict.fromkeys([spot, *there])), size))


def _is_away(board: Board, spot: Spot) -> bool:
    place = (board.problem.published or Timetable())[spot.talk.id]
    return (place.room, board.problem.minute(place.start)) != (spot.room, spot.start)


def other_rooms(rng: Random, board: Board, size: int) -> Part:
    """Many talks of one day, each at its time: only their rooms are chosen anew."""
    spots = rng.choice(list(board.on_day.values()))
    return Part(_some(rng, spots, MANY * size), same_times=True)


def other_times(rng: Random, board: Board, size: int) -> Part:
    """The talks of a room, each in its room and on its day."""
    spots = rng.choice(list(board.in_room.values()))
    return Part(_some(rng, spots, 2 * size), same_berths=True)


def _some(rng: Random, spots: list[Spot], size: int) -> list[str]:
    names = [spot.talk.id for spot in spots]
    return rng.sample(names, min(size, len(names)))


def _with_company(rng: Random, board: Board, spots: list[Spot], size: int) -> list[str]:
    """Up to half of these talks, the rest from those that run at about the same time."""
    chosen = rng.sample(spots, min(len(spots), max(2, size // 2)))
    names = dict.fromkeys(spot.talk.id for spot in chosen)
    beside = [s for s in board.spots if any(s.overlaps(other) for other in chosen)]
    elsewhere = rng.sample(board.spots, min(len(board.spots), size))
    for spot in rng.sample(beside, len(beside))[: size // 2] + elsewhere:
        if len(names) < size:
            names[spot.talk.id] = None
    return list(names)


NEIGHBOURHOODS: tuple[Neighbourhood, ...] = (
    a_day,
    a_room,
    a_track,
    a_time,
    anything,
    a_shortfall,
    back_home,
    other_rooms,
    other_times,
)
