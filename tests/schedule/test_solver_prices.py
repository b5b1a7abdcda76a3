"""The model's prices are those of the rule book, for whole plans and for parts of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from cfp.schedule.problem import Level, RuleBook, Setting
from cfp.schedule.rules import RULES, clashes, score
from cfp.schedule.rules.rule import TalkRule
from cfp.schedule.solver.grid import Grid
from cfp.schedule.solver.hard import keep_the_strict_rules
from cfp.schedule.solver.layout import Layout
from cfp.schedule.solver.model import Model
from cfp.schedule.solver.soft import charge_for_wishes
from tests.schedule.puzzles import RASTER, problems

LEVELS = (Level.FORBID, Level.WARN, Level.WISH, Level.OFF)
EVERYTHING_COUNTS = {
    rule.key: Setting(Level.WISH, 1 + number % 3, number % 4)
    for number, rule in enumerate(RULES)
    if not rule.physical
}


@st.composite
def plans(draw):
    """A problem with some levels changed, and positions that break no strict rule."""
    problem = draw(problems())
    changed = draw(
        st.dictionaries(st.sampled_from(list(EVERYTHING_COUNTS)), st.sampled_from(LEVELS))
    )
    base = draw(st.sampled_from([{}, EVERYTHING_COUNTS]))
    levels = {key: Setting(level, 2, 3) for key, level in changed.items()}
    problem = replace(problem, rules=RuleBook({**base, **levels}))
    grid = Grid(problem)
    layout = Layout(grid)
    for talk in draw(st.permutations(problem.talks)):
        starts = [
            (room, minute)
            for room, mask in layout.free_starts(talk)
            for minute in range(mask.bit_length())
            if mask >> minute & 1
        ]
        if starts:
            layout.put(talk.id, draw(st.sampled_from(starts)))
    return grid, layout.positions


def priced(grid, positions, free):
    """What the model charges for the free talks where the plan has them; None if it cannot be."""
    rest = {name: where for name, where in positions.items() if name not in free}
    model = Model(grid, Layout(grid, rest), free)
    keep_the_strict_rules(model)
    charges = charge_for_wishes(model)
    for name in free:
        model.cp.add(model.placed[name] == (name in positions))
        if name in positions:
            room, start = positions[name]
            model.cp.add(model.start[name] == start)
            model.cp.add_bool_or(at for (where, _), at in model.at[name].items() if where == room)
    totals = [cp_model.LinearExpr.sum(tier.terms) for tier in charges.all]
    model.cp.minimize(cp_model.LinearExpr.sum(totals))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL
    return tuple(solver.value(total) for total in totals)


def strict_clashes(grid, positions):
    found = clashes(grid.problem, grid.timetable(positions))
    return [clash for clash in found if clash.level is Level.FORBID]


@settings(max_examples=100, deadline=None)
@given(plans())
def test_a_whole_plan_costs_the_model_what_it_costs_the_rule_book(plan):
    grid, positions = plan
    charged = priced(grid, positions, list(grid.problem.talk))
    if strict_clashes(grid, positions):
        assert charged is None
    else:
        assert charged == score(grid.problem, grid.timetable(positions))


@settings(max_examples=120, deadline=None)
@given(plans(), st.data())
def test_moving_some_talks_changes_both_by_the_same(plan, data):
    grid, positions = plan
    names = list(grid.problem.talk)
    free = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    without = {name: where for name, where in positions.items() if name not in free}
    before, after = priced(grid, without, free), priced(grid, positions, free)
    if before is None or after is None or strict_clashes(grid, without):
        return
    book = [score(grid.problem, grid.timetable(plan)) for plan in (without, positions)]
    differences = [b - a for a, b in zip(*book, strict=True)]
    assert [b - a for a, b in zip(before, after, strict=True)] == differences


@settings(max_examples=80, deadline=None)
@given(plans())
def test_the_grid_offers_exactly_the_places_that_fit(plan):
    grid, _ = plan
    problem = grid.problem
    for talk in problem.talks:
        offered = {
            (room, minute)
            for room, mask in grid.starts(talk).items()
            for minute in range(mask.bit_length())
            if mask >> minute & 1
        }
        rules = [r for r in grid.strict if isinstance(r, TalkRule)]
        assert offered == {
            (opening.room, minute)
            for opening in problem.openings
            for minute in range(problem.minute(opening.start), problem.minute(opening.end), RASTER)
            if not any(
                clash.rule in {rule.key for rule in rules}
                for clash in clashes(problem, grid.timetable({talk.id: (opening.room, minute)}))
            )
        }
