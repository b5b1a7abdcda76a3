"""Why one talk has no place, in the words of what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cfp.schedule.problem import Talk
from cfp.schedule.rules import book
from cfp.schedule.rules.board import Spot
from cfp.schedule.rules.hours import break_minutes
from cfp.schedule.rules.rule import LooksAt, TalkRule
from cfp.schedule.solver.grid import (
    Grid,
    Mask,
    Position,
    minutes_of,
    reaching_into,
    span_mask,
)
from cfp.schedule.solver.layout import Layout
from cfp.sentences import joined, say

FREE = "free"  # the one obstacle that is no rule: the rooms are taken


@dataclass(frozen=True)
class Obstacle:
    """Something that closes starts to a talk; `words` complete "no 90 minutes ...".

    `of_room` takes their place after others that began with "in a room".
    """

    words: str
    closes: Mapping[str, Mask]
    of_room: str = ""


def why_unplaced(grid: Grid, positions: Mapping[str, Position], name: str) -> str:
    """The fewest obstacles that together leave the talk no place among the others."""
    talk = grid.problem.talk[name]
    possible = {room: grid.house_allows(room, talk.minutes) for room in grid.problem.room}
    if not any(possible.values()):
        return say("No room is ever open for %(n)s minutes at a stretch.", n=talk.minutes)
    obstacles = list(_obstacles(grid, Layout(grid, positions), talk, possible))
    if _open(possible, obstacles):
        return say("There is a place for it; it only found none in the time that the run had.")
    for obstacle in list(obstacles):
        fewer = [other for other in obstacles if other is not obstacle]
        if not _open(possible, fewer):
            obstacles = fewer
    return _sentence(talk, list(_in_turn(obstacles)))


def _in_turn(obstacles: list[Obstacle]) -> Iterator[str]:
    """What is said of the room stands together, and "in a room" only once."""
    of_rooms = [obstacle for obstacle in obstacles if obstacle.of_room]
    yield from (obstacle.words for obstacle in obstacles if not obstacle.of_room)
    yield from (obstacle.words for obstacle in of_rooms[:1])
    yield from (obstacle.of_room for obstacle in of_rooms[1:])


def _open(possible: Mapping[str, Mask], obstacles: list[Obstacle]) -> bool:
    for room, mask in possible.items():
        left = mask
        for obstacle in obstacles:
            left &= ~obstacle.closes.get(room, 0)
        if left:
            return True
    return False


def _sentence(talk: Talk, words: list[str]) -> str:
    n, why = talk.minutes, joined(word for word in words if word != FREE)
    if FREE in words:
        return (
            say("No free %(n)s minutes %(why)s.", n=n, why=why)
            if why
            else say("No free %(n)s minutes.", n=n)
        )
    return say("No %(n)s minutes %(why)s, even in an empty house.", n=n, why=why)


def _obstacles(
    grid: Grid, layout: Layout, talk: Talk, possible: Mapping[str, Mask]
) -> Iterator[Obstacle]:
    """What may be left out of the explanation comes first; full rooms come last."""
    yield from _between_talks(grid, layout, talk)
    yield from _of_its_own(grid, talk, possible)
    taken = {room: layout.occupied(room, talk.minutes, changing=False) for room in possible}
    changing = {room: layout.occupied(room, talk.minutes) for room in possible}
    if changing != taken:
        minutes = grid.problem.changeover_minutes
        words = say("with %(n)s minutes before and after other talks", n=minutes)
        yield Obstacle(words, changing)
    yield Obstacle(FREE, taken)


def _of_its_own(grid: Grid, talk: Talk, possible: Mapping[str, Mask]) -> Iterator[Obstacle]:
    """Rules about this talk alone, one obstacle for each subject."""
    for rule in grid.strict:
        if isinstance(rule, TalkRule) and rule.looks_at is not LooksAt.HOUSE:
            for subject in grid.subjects(rule, talk):
                closes = {
                    room: closed_by(grid, rule, talk, subject, room, mask)
                    for room, mask in possible.items()
                }
                words, of_room = _words(grid, rule.key, talk, subject), _of_room(rule.key, talk)
                yield Obstacle(words, closes, of_room)


def closed_by(
    grid: Grid, rule: TalkRule, talk: Talk, subject: str, room: str, starts: Mask
) -> Mask:
    """Those of the starts that the rule forbids for the subject's sake."""
    if rule.key == "breaks":
        first, after, rooms = break_minutes(grid.problem)[subject]
        reach = reaching_into(span_mask(first, after), talk.minutes)
        return starts & reach if room in rooms else 0
    closed = 0
    for start in minutes_of(starts):
        spot = Spot(talk, room, start, start + talk.minutes)
        if rule.amount(grid.problem, spot, subject):
            closed |= 1 << start
    return closed


def _between_talks(grid: Grid, layout: Layout, talk: Talk) -> Iterator[Obstacle]:
    """Rules about this talk and the placed ones."""
    rooms = list(grid.problem.room)
    others = layout.banned_anywhere(talk)
    yield Obstacle(say("at which it is allowed beside other talks"), dict.fromkeys(rooms, others))
    for room, starts in layout.required(talk):
        closes = {name: ~starts if name == room else -1 for name in rooms}
        yield Obstacle(say("right beside its other part"), closes)
    own = {room: layout.of_other_tracks(talk, room) for room in rooms}
    yield Obstacle(say("in a block of its track"), own)
    for person in talk.people:
        closes = {room: layout.elsewhere(talk, person, room) for room in rooms}
        who = grid.problem.speaker[person].name
        yield Obstacle(say("in which %(who)s has no other talk", who=who), closes)


def _words(grid: Grid, key: str, talk: Talk, subject: str) -> str:
    problem = grid.problem
    if key == "availability":
        return say("while %(who)s is there", who=problem.speaker[subject].name)
    known = {
        "capacity": say("in a room with %(n)s seats", n=talk.audience),
        "equipment": say("in a room with %(needs)s", needs=tuple(sorted(talk.needs))),
        "recording": say("in a room that records"),
        "chosen-rooms": say("in a room that is chosen for it"),
        "pins": say("where it is pinned"),
    }
    breaking = say("without breaking the rule “%(rule)s”", rule=book.rule(key).name)
    return known.get(key, breaking)


def _of_room(key: str, talk: Talk) -> str:
    known = {
        "capacity": say("with %(n)s seats", n=talk.audience),
        "equipment": say("with %(needs)s", needs=tuple(sorted(talk.needs))),
        "recording": say("with recording"),
        "chosen-rooms": say("that is chosen for it"),
    }
    return known.get(key, "")
