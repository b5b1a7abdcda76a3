"""Which two talks the same person would miss one of, as presenter, attendee or chair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from cfp.schedule.csplib.cells import DAY
from cfp.schedule.csplib.instance import Instance, Session, Talk

Pair = tuple[int, int]
People = Callable[[Talk], frozenset[str]]


@dataclass(frozen=True)
class Conflicts:
    """Pairs of talks, the lower number first; and talks whose person chairs another track."""

    talks: frozenset[Pair]
    chaired: frozenset[tuple[int, int]]  # talk, track
    pairs: frozenset[Pair]  # both of them, talk by talk


@lru_cache(maxsize=8)
def presenters_in_conflict(instance: Instance) -> Conflicts:
    """Talks with a common presenter, and a presenter's talk with those of another track chaired."""
    by_presenter = _by_person(instance, lambda talk: talk.presenters)
    found = {pair for talks in by_presenter.values() for pair in combinations(talks, 2)}
    return _with_chairs(instance, found, by_presenter)


@lru_cache(maxsize=8)
def attendees_in_conflict(instance: Instance) -> Conflicts:
    """Talks with a common attendee, or attended by who presents or chairs the other."""
    by_presenter = _by_person(instance, lambda talk: talk.presenters)
    by_attendee = _by_person(instance, lambda talk: talk.attendees)
    found = {pair for talks in by_attendee.values() for pair in combinations(talks, 2)}
    for person, attended in by_attendee.items():
        for presented in by_presenter.get(person, ()):
            found |= {_pair(presented, talk) for talk in attended if talk != presented}
    return _with_chairs(instance, found, by_attendee)


def _with_chairs(
    instance: Instance, found: Iterable[Pair], by_person: dict[str, list[int]]
) -> Conflicts:
    """No pair is told twice: as part of a chaired track, or else by its two talks."""
    talks, covered, chaired = set(found), set[Pair](), set[tuple[int, int]]()
    of_track = defaultdict(list)
    for number, told in enumerate(instance.talks):
        of_track[told.track].append(number)
    for talk, track in _chaired(instance, by_person):
        pairs = {_pair(talk, other) for other in of_track[track]}
        if pairs & covered:
            talks |= pairs
        else:
            covered |= pairs
            chaired.add((talk, track))
    return Conflicts(frozenset(talks - covered), frozenset(chaired), frozenset(talks | covered))


def _chaired(instance: Instance, by_person: dict[str, list[int]]) -> list[tuple[int, int]]:
    """Talks of people who chair another track, and that track."""
    found = {
        (talk, track)
        for track, chairs in enumerate(instance.chairs)
        for person in chairs
        for talk in by_person.get(person, ())
        if instance.talks[talk].track != track
    }
    return sorted(found)


def _by_person(instance: Instance, people: People) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, talk in enumerate(instance.talks):
        for person in people(talk):
            found[person].append(number)
    return dict(sorted(found.items()))


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def shares_a_chair(instance: Instance, one: int, other: int) -> bool:
    """Whether a person chairs both tracks; a chaired track shares its chair with itself."""
    return bool(instance.chairs[one] & instance.chairs[other])


def zone_penalty(instance: Instance, talk: Talk, session: Session) -> float:
    """How unsuitable the session is in the presenter's local time, for one slot."""
    hours = instance.hours
    shift = talk.zone - hours.zone
    start, end = (session.start + shift) % DAY, (session.end + shift) % DAY
    (earliest, latest), (morning, evening) = hours.less_suitable, hours.suitable
    if start < earliest or end > latest or end < earliest:
        return hours.unsuitable_penalty
    if start < morning or end > evening:
        return hours.less_penalty
    return 0
