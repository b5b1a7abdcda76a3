"""Why a conference of blocks has no plan at all: counts that none gets round, in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cfp.schedule.csplib.instance import Instance


def shortage(instance: Instance) -> str | None:
    """The first count that cannot come out, if there is one."""
    return next(_shortages(instance), None)


def _shortages(instance: Instance) -> Iterator[str]:
    longest = max(session.slots for session in instance.sessions)
    for talk in instance.talks:
        if talk.slots > longest:
            needs = f"{talk.name} needs {_slots(talk.slots)}"
            yield f"{needs}; no session has more than {longest}."
    needed = sum(talk.slots for talk in instance.talks)
    there = len(instance.rooms) * sum(session.slots for session in instance.sessions)
    if needed > there:
        yield f"The talks need {_slots(needed)}; all sessions in all rooms have {there}."
    yield from _of_long_talks(instance)
    yield from _of_cells(instance, max(1, longest))


def _of_long_talks(instance: Instance) -> Iterator[str]:
    """Of a session of five slots two are lost to talks of three."""
    for least in sorted({talk.slots for talk in instance.talks} - {1}):
        long = sum(talk.slots >= least for talk in instance.talks)
        fit = len(instance.rooms) * sum(session.slots // least for session in instance.sessions)
        if long > fit:
            yield f"{long} talks need {_slots(least)} or more; there is room for {fit}."


def _of_cells(instance: Instance, longest: int) -> Iterator[str]:
    """Each track has cells of its own."""
    slots: dict[int, int] = defaultdict(int)
    for talk in instance.talks:
        slots[talk.track] += talk.slots
    needed = sum(-(-each // longest) for each in slots.values())
    there = len(instance.sessions) * len(instance.rooms)
    if needed > there:
        yield (
            f"The tracks need {needed} sessions in a room, since no two share one;"
            f" there are {there}."
        )


def _slots(number: int) -> str:
    return "1 slot" if number == 1 else f"{number} slots"
