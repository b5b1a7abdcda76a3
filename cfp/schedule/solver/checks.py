"""What can be said before solving: counts that no plan can get round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cfp.schedule.problem import Talk
from cfp.schedule.rules.people import most_talks_a_day
from cfp.schedule.solver.grid import Grid, Mask, minutes_of, span_mask
from cfp.schedule.solver.model import Berth
from cfp.schedule.solver.reasons import why_unplaced
from cfp.sentences import moment, say


def necessary_checks(grid: Grid) -> list[str]:
    """Sentences about why not everything can be placed; none does not mean that it can."""
    homeless = [talk for talk in grid.problem.talks if not grid.starts(talk)]
    alone = [
        say("“%(title)s”: %(why)s", title=talk.title, why=why_unplaced(grid, {}, talk.id))
        for talk in homeless
    ]
    return [*alone, *_people_without_time(grid), *_rooms_without_time(grid)]


def _people_without_time(grid: Grid) -> Iterator[str]:
    """A person with three talks and two free hours, or more talks than days allow."""
    for person, talks in grid.problem.talks_of.items():
        needed = sum(talk.minutes for talk in talks)
        starts = 0
        free = 0
        for talk in talks:
            for mask in grid.starts(talk).values():
                starts |= mask
                free |= _running(mask, talk.minutes)
        who = grid.problem.speaker[person].name
        if len(talks) < 2 or not starts:
            continue
        shortest = min(talk.minutes for talk in talks)
        if needed > free.bit_count() or len(talks) > _at_most(starts, shortest):
            yield say(
                "%(who)s has %(n)s talks of %(minutes)s minutes in all, but only %(free)s minutes"
                " to give.",
                who=who,
                n=len(talks),
                minutes=needed,
                free=free.bit_count(),
            )
        most = most_talks_a_day(grid.problem, person)
        days = sum(bool(starts & mask) for mask in grid.day_masks.values())
        if most is not None and grid.strictly("talks-per-day") and len(talks) > most * days:
            yield say(
                "%(who)s has %(n)s talks, at most %(most)s a day, on %(days)s days.",
                who=who,
                n=len(talks),
                most=most,
                days=days,
            )


def _rooms_without_time(grid: Grid) -> Iterator[str]:
    """Talks that can only be in some rooms on some days, and are too many for these."""
    where = {talk.id: berths_of(grid, talk) for talk in grid.problem.talks}
    windows = {berths for berths in where.values() if berths}
    windows.add(frozenset().union(*windows))
    for window in sorted(windows, key=lambda window: (len(window), sorted(window))):
        talks = [t for t in grid.problem.talks if where[t.id] and where[t.id] <= window]
        needed = sum(talk.minutes for talk in talks)
        there, most = 0, 0
        for room, day in window:
            starts = _starts_of(grid, talks, (room, day))
            running = 0
            for talk in talks:
                running |= _running(_starts_of(grid, [talk], (room, day)), talk.minutes)
            lanes = grid.problem.room[room].parallel
            there += lanes * running.bit_count()
            most += lanes * _at_most(starts, min(talk.minutes for talk in talks))
        if needed > there or len(talks) > most:
            limit = (
                say("%(n)s minutes", n=there) if needed > there else say("place for %(n)s", n=most)
            )
            yield say(
                "%(n)s talks of %(minutes)s minutes in all fit only %(place)s, where there is"
                " %(limit)s: %(titles)s.",
                n=len(talks),
                minutes=needed,
                place=_named(grid, window),
                limit=limit,
                titles=_titles(talks),
            )


def berths_of(grid: Grid, talk: Talk) -> frozenset[Berth]:
    """Rooms and days that could take the talk."""
    return frozenset(
        (room, day)
        for room, mask in grid.starts(talk).items()
        for day, first, last in grid.days[room]
        if mask & span_mask(first, last)
    )


def _starts_of(grid: Grid, talks: list[Talk], berth: Berth) -> Mask:
    room, day = berth
    span = next(span_mask(first, last) for of, first, last in grid.days[room] if of == day)
    starts = 0
    for talk in talks:
        starts |= grid.starts(talk).get(room, 0)
    return starts & span


def _running(starts: Mask, minutes: int) -> Mask:
    """Minutes at which a talk with these starts can run."""
    reach, done = starts, 1
    while done < minutes:
        step = min(done, minutes - done)
        reach |= reach << step
        done += step
    return reach


def _at_most(starts: Mask, minutes: int) -> int:
    """How many talks of this length fit one after the other into these starts."""
    count, free_from = 0, 0
    for start in minutes_of(starts):
        if start >= free_from:
            count, free_from = count + 1, start + minutes
    return count


def _named(grid: Grid, window: frozenset[Berth]) -> str:
    rooms = [room.name for room in grid.problem.rooms if room.id in {room for room, _ in window}]
    days = sorted({day for _, day in window})
    where = (
        say("into the rooms")
        if len(rooms) == len(grid.problem.rooms)
        else say("into %(rooms)s", rooms=_or(rooms))
    )
    if len(days) == len(grid.problem.days):
        return where
    return say("%(where)s on %(days)s", where=where, days=_or([moment(day, "day") for day in days]))


def _or(words: Sequence[str]) -> str:
    chosen = words[0]
    for word in words[1:]:
        chosen = say("%(this)s or %(that)s", this=chosen, that=word)
    return chosen


def _titles(talks: list[Talk]) -> str:
    few = ", ".join(f"“{talk.title}”" for talk in talks[:5])
    more = len(talks) - 5
    return few if more <= 0 else say("%(few)s and %(more)s more", few=few, more=more)
