"""What every plan keeps: one function a rule, about free talks among themselves.

What a free talk owes to the fixed ones is in its domain already (see `Layout.free_starts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise

from ortools.sat.python.cp_model import IntervalVar, IntVar, LinearExpr

from cfp.schedule.problem import Talk
from cfp.schedule.rules.parts import next_starts
from cfp.schedule.rules.people import most_talks_a_day
from cfp.schedule.solver.blocks import a_block_holds_one_track
from cfp.schedule.solver.grid import minutes_of
from cfp.schedule.solver.model import Berth, Model

Holds = Callable[[str, Berth], IntVar]  # true where a talk is there and a rule counts


def keep_the_strict_rules(model: Model) -> None:
    """Everything that has a form of its own here; other strict rules are wishes at price nought."""
    strictly = model.grid.strictly
    if strictly("one-talk-per-room"):
        a_room_holds_one_talk_at_a_time(model)
    if strictly("speaker-once"):
        a_speaker_is_in_one_place_at_a_time(model)
    if strictly("talks-per-day"):
        nobody_has_more_talks_a_day_than_agreed(model)
    if strictly("one-track-a-block"):
        a_block_holds_one_track(model)
    some_talks_do_not_run_in_parallel(model)
    some_talks_come_in_order(model)
    for before, after in model.grid.pairs.consecutive:
        if before.id in model.talks and after.id in model.talks:
            a_part_follows_the_other(model, before, after)


def a_room_holds_one_talk_at_a_time(model: Model) -> None:
    for room in model.grid.problem.rooms:
        gap = model.grid.gap(room.id)
        for group in berths_of(model, room.id):
            if gap:
                model.cp.add_no_overlap(with_minutes_after(model, group, gap))
                continue
            here = [interval for berth in group for interval in model.berths[berth].values()]
            if room.parallel == 1:
                model.cp.add_no_overlap(here)
            elif here:
                spots = model.layout.in_room[room.id].values()
                fixed = [
                    model.cp.new_fixed_size_interval_var(s.start, s.talk.minutes, s.talk.id)
                    for s in spots
                ]
                demands = [1] * len(here + fixed)
                model.cp.add_cumulative(here + fixed, demands, room.parallel)


def berths_of(model: Model, room: str) -> list[list[Berth]]:
    """The room's days: each by itself, or all together where talks run from one into the next."""
    berths = [berth for berth in model.berths if berth[0] == room]
    return [[berth] for berth in berths] if _days_are_apart(model, room) else [berths]


def with_minutes_after(
    model: Model, berths: Iterable[Berth], gap: int, *, where: Holds | None = None
) -> list[IntervalVar]:
    """Each free talk there with so many minutes after it; `where` says for which of them."""
    found = []
    for berth in berths:
        for name in model.berths[berth]:
            here = where(name, berth) if where else model.at[name][berth]
            minutes = model.talks[name].minutes + gap
            found.append(
                model.cp.new_optional_fixed_size_interval_var(
                    model.start[name], minutes, here, f"{name} at {berth} and after"
                )
            )
    return found


def _days_are_apart(model: Model, room: str) -> bool:
    """Whether no talk can run from one day of the room into the next."""
    days = sorted((first, last) for _, first, last in model.grid.days[room])
    return all(before[1] < after[0] for before, after in pairwise(days))


def people_with_several_talks(model: Model) -> Iterator[tuple[str, list[Talk]]]:
    """Those who have more than one of the free talks."""
    for person, talks in model.grid.problem.talks_of.items():
        free = [talk for talk in talks if talk.id in model.talks]
        if len(free) > 1:
            yield person, free


def a_speaker_is_in_one_place_at_a_time(model: Model) -> None:
    for _, talks in people_with_several_talks(model):
        model.cp.add_no_overlap([model.whole[talk.id] for talk in talks])
        if model.grid.problem.walk_minutes or model.grid.problem.walks:
            keep_apart(model, talks)


def keep_apart(model: Model, talks: Iterable[Talk], *when: IntVar) -> None:
    """Of any two talks one is over, and the way to the other walked, when that begins."""
    problem = model.grid.problem
    walks = problem.walk_minutes or problem.walks
    for a, b in combinations(talks, 2):
        ways = [
            _time_to_walk(model, *pair) if walks else model.before(pair[0].id, pair[1].id)
            for pair in ((a, b), (b, a))
        ]
        both = (model.placed[a.id], model.placed[b.id])
        model.cp.add_bool_or(ways).only_enforce_if(*both, *when)


def _time_to_walk(model: Model, a: Talk, b: Talk) -> IntVar:
    """If true, b begins late enough for somebody who comes from a."""
    problem, literal = model.grid.problem, model.cp.new_bool_var(f"walk from {a.id} to {b.id}")
    into = {room: model.in_room(b.id, room) for room in problem.room}
    for room in problem.room:
        leave = model.in_room(a.id, room)
        if leave is not None:
            ways = [
                problem.walking(room, other) * enter
                for other, enter in into.items()
                if enter is not None
            ]
            late = model.start[b.id] >= model.end(a.id) + LinearExpr.sum(ways)
            model.cp.add(late).only_enforce_if(literal, leave)
    return literal


def nobody_has_more_talks_a_day_than_agreed(model: Model) -> None:
    problem = model.grid.problem
    for person, talks in people_with_several_talks(model):
        most = most_talks_a_day(problem, person)
        if most is None or model.grid.waived("talks-per-day", person):
            continue
        for day in problem.days:
            there = [model.on_day(talk.id, day) for talk in talks]
            fixed = model.fixed_on(day, problem.talks_of[person])
            count = LinearExpr.sum([at for at in there if at is not None])
            model.cp.add(count <= most - len(fixed))


def some_talks_do_not_run_in_parallel(model: Model) -> None:
    apart = model.grid.pairs.apart
    for a in model.talks:
        for b in apart[a] & model.talks.keys():
            if a < b:
                model.cp.add_no_overlap([model.whole[a], model.whole[b]])


def some_talks_come_in_order(model: Model) -> None:
    ordered = model.grid.pairs.ordered
    for a, b in sorted({pair for name in model.talks for pair in ordered[name]}):
        if a in model.talks and b in model.talks:
            in_order = model.cp.add(model.end(a) <= model.start[b])
            in_order.only_enforce_if(model.placed[a], model.placed[b])


def a_part_follows_the_other(model: Model, a: Talk, b: Talk, *unless: IntVar) -> None:
    """Same room, and one of its next possible starts; one literal for each length of wait."""
    both = [model.placed[a.id], model.placed[b.id], *(~literal for literal in unless)]
    for berth, here in model.at[a.id].items():
        waits: dict[int, list[int]] = {}
        for start in minutes_of(model.starts[a.id][berth]):
            for after in next_starts(model.grid.problem, b, berth[0], start + a.minutes):
                waits.setdefault(after - start, []).append(start)
        follow = model.at[b.id].get(berth)
        ways = []
        for wait, starts in waits.items():
            if follow is None:
                break
            way = model.cp.new_bool_var(f"{b.id} {wait} minutes after {a.id} at {berth}")
            model.cp.add(model.start[b.id] == model.start[a.id] + wait).only_enforce_if(way)
            domain = model.domain(starts)
            model.cp.add_linear_expression_in_domain(model.start[a.id], domain).only_enforce_if(way)
            model.cp.add_implication(way, follow)
            ways.append(way)
        model.cp.add_bool_or(ways).only_enforce_if(here, *both)
