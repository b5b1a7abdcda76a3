"""Which two talks the same person would miss one of, as presenter, attendee or chair."""

from __future__ import annotations

from itertools import combinations

from cfp.schedule.csplib.instance import DAY, Instance, Session, Talk

Pairs = frozenset[tuple[int, int]]


def presenters_in_conflict(instance: Instance) -> Pairs:
    """Talks with a common presenter, and a presenter's talk with those of another track chaired."""
    return frozenset(
        (one, other)
        for (one, a), (other, b) in combinations(enumerate(instance.talks), 2)
        if a.presenters & b.presenters or _chairs(instance, a, b, a.presenters, b.presenters)
    )


def attendees_in_conflict(instance: Instance) -> Pairs:
    """Talks with a common attendee, or attended by who presents or chairs the other."""
    return frozenset(
        (one, other)
        for (one, a), (other, b) in combinations(enumerate(instance.talks), 2)
        if a.attendees & (b.attendees | b.presenters)
        or a.presenters & b.attendees
        or _chairs(instance, a, b, a.attendees, b.attendees)
    )


def _chairs(
    instance: Instance, a: Talk, b: Talk, of_a: frozenset[str], of_b: frozenset[str]
) -> bool:
    if a.track == b.track:
        return False
    return bool(of_a & instance.chairs[b.track] or of_b & instance.chairs[a.track])


def shares_a_chair(instance: Instance, one: int, other: int) -> bool:
    """Whether a person chairs both tracks; a chaired track shares its chair with itself."""
    return bool(instance.chairs[one] & instance.chairs[other])


def zone_penalty(instance: Instance, talk: Talk, session: Session) -> int:
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
