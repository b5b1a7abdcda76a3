"""What can be said before solving: counts that no plan can get round."""

from __future__ import annotations

from collections.abc import Iterator

from cfp.schedule.problem import Talk
from cfp.schedule.rules.people import most_talks_a_day
from cfp.schedule.solver.grid import Grid, Mask, minutes_of, span_mask
from cfp.schedule.solver.model import Berth
from cfp.schedule.solver.reasons import why_unplaced


def necessary_checks(grid: Grid) -> list[str]:
    """Sentences about why not everything can be placed; none does not mean that it can."""
    homeless = [talk for talk in grid.problem.talks if not grid.starts(talk)]
    alone = [f"“{talk.title}”: {why_unplaced(grid, {}, talk.id)}" for talk in homeless]
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
            has = f"{len(talks)} talks of {needed} minutes in all"
            yield f"{who} has {has}, but only {free.bit_count()} minutes to give."
        most = most_talks_a_day(grid.problem, person)
        days = sum(bool(starts & mask) for mask in grid.day_masks.values())
        if most is not None and grid.strictly("talks-per-day") and len(talks) > most * days:
            yield f"{who} has {len(talks)} talks, at most {most} a day, on {days} days."


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
            place = _named(grid, window)
            limit = f"{there} minutes" if needed > there else f"place for {most}"
            yield (
                f"{len(talks)} talks of {needed} minutes in all fit only {place}, "
                f"where there is {limit}: {_titles(talks)}."
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
    in_rooms = "into the rooms" if len(rooms) == len(grid.problem.rooms) else f"into {_or(rooms)}"
    if len(days) == len(grid.problem.days):
        return in_rooms
    return f"{in_rooms} on {_or([f'{day:%A}' for day in days])}"


def _or(words: list[str]) -> str:
    return " or ".join(words)


def _titles(talks: list[Talk]) -> str:
    few = ", ".join(f"“{talk.title}”" for talk in talks[:5])
    return few if len(talks) <= 5 else f"{few} and {len(talks) - 5} more"
