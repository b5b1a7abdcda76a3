"""A model in which every rule that organisers could give up has a literal of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ortools.sat.python.cp_model import IntVar, LinearExpr

from cfp.schedule.problem import Level, Problem, Setting
from cfp.schedule.rules import book
from cfp.schedule.rules.people import most_talks_a_day
from cfp.schedule.rules.rule import OrderRule, PairRule, Rule, TalkRule, pair_subject
from cfp.schedule.solver.blocks import KEY as BLOCK
from cfp.schedule.solver.blocks import shared_blocks
from cfp.schedule.solver.causes import ONCE, PRICES, Cause, can_be_given_up, talks_to_place
from cfp.schedule.solver.grid import Grid, minutes_of
from cfp.schedule.solver.hard import (
    a_part_follows_the_other,
    berths_of,
    keep_apart,
    keep_the_strict_rules,
    people_with_several_talks,
    with_minutes_after,
)
from cfp.schedule.solver.layout import Layout
from cfp.schedule.solver.model import Berth, Model
from cfp.schedule.solver.reasons import closed_by
from cfp.schedule.solver.soft import WISHES, charge_for_wishes


class Suspects:
    """The strict puzzle; `literal[cause]` true means that the cause holds."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        lenient = Grid(_without_what_can_be_given_up(grid.problem))
        self.model = Model(lenient, Layout(lenient), grid.problem.talk)
        self.literal: dict[Cause, IntVar] = {
            cause: self.model.placed[cause.subject] for cause in talks_to_place(grid.problem)
        }
        keep_the_strict_rules(self.model)
        charge_for_wishes(self.model, wishes=False)
        for rule in filter(can_be_given_up, grid.strict):
            if isinstance(rule, TalkRule):
                self._suspect_places(rule)
            elif isinstance(rule, PairRule):
                self._suspect_pairs(rule)
            elif rule.key not in PRICES:
                self._suspect_a_whole_rule(rule)
        self._suspect_people_in_two_places()
        self._suspect_changing_rooms()
        self._suspect_blocks()
        self._suspect_full_days()
        self._suspect_parts()

    def _holds(self, key: str, subject: str) -> IntVar:
        """The literal of a rule for a subject, made when it is first needed."""
        cause = Cause(key, subject)
        if cause not in self.literal:
            self.literal[cause] = self.model.cp.new_bool_var(f"{key} holds for {subject}")
        return self.literal[cause]

    def _suspect_places(self, rule: TalkRule) -> None:
        for talk in self.model.talks.values():
            for subject in self.grid.subjects(rule, talk):
                for (room, day), starts in self.model.starts[talk.id].items():
                    closed = closed_by(self.grid, rule, talk, subject, room, starts)
                    if closed:
                        at, start = self.model.at[talk.id][room, day], self.model.start[talk.id]
                        open_ = self.model.domain(minutes_of(starts & ~closed))
                        there = self.model.cp.add_linear_expression_in_domain(start, open_)
                        there.only_enforce_if(at, self._holds(rule.key, subject))

    def _suspect_pairs(self, rule: PairRule) -> None:
        model = self.model
        for a, b, _ in rule.pairs(self.grid.problem):
            subject = pair_subject(a.id, b.id)
            if not self.grid.waived(rule.key, subject):
                both = (model.placed[a.id], model.placed[b.id])
                ways = [model.before(a.id, b.id)]
                ways += [] if isinstance(rule, OrderRule) else [model.before(b.id, a.id)]
                model.cp.add_bool_or(ways).only_enforce_if(*both, self._holds(rule.key, subject))

    def _suspect_a_whole_rule(self, rule: Rule) -> None:
        """A wish that these organisers take strictly."""
        for amount, most in WISHES[rule.key](self.model) if rule.key in WISHES else ():
            self.model.cp.add(amount <= most * (1 - self._holds(rule.key, "")))

    def _suspect_people_in_two_places(self) -> None:
        if not self.grid.strictly(ONCE):
            return
        for person, talks in people_with_several_talks(self.model):
            keep_apart(self.model, talks, self._holds(ONCE, person))

    def _suspect_changing_rooms(self) -> None:
        for room in self.model.grid.problem.rooms:
            gap = self.grid.gap(room.id)
            if not gap:
                continue
            holds = self._holds("changeover", room.id)

            def where(name: str, berth: Berth, holds: IntVar = holds) -> IntVar:
                both = self.model.cp.new_bool_var(f"{name} at {berth} and {holds}")
                self.model.cp.add_bool_or(both, ~holds, ~self.model.at[name][berth])
                return both

            for group in berths_of(self.model, room.id):
                after = with_minutes_after(self.model, group, gap, where=where)
                self.model.cp.add_no_overlap(after)

    def _suspect_blocks(self) -> None:
        for shared in shared_blocks(self.model) if self.grid.strictly(BLOCK) else ():
            if not self.grid.waived(BLOCK, shared.name):
                one = self.model.cp.add(LinearExpr.sum(list(shared.free.values())) <= 1)
                one.only_enforce_if(self._holds(BLOCK, shared.name))

    def _suspect_full_days(self) -> None:
        problem, key = self.grid.problem, "talks-per-day"
        for person, talks in problem.talks_of.items() if self.grid.strictly(key) else ():
            most = most_talks_a_day(problem, person)
            if most is not None and len(talks) > most and not self.grid.waived(key, person):
                for day in problem.days:
                    there = [self.model.on_day(talk.id, day) for talk in talks]
                    count = LinearExpr.sum([at for at in there if at is not None])
                    few = self.model.cp.add(count <= most)
                    few.only_enforce_if(self._holds(key, person))

    def _suspect_parts(self) -> None:
        for a, b in self.grid.pairs.consecutive:
            holds = self._holds("parts-consecutive", pair_subject(a.id, b.id))
            given_up = self.model.cp.new_bool_var("given up")
            self.model.cp.add(given_up + holds == 1)
            a_part_follows_the_other(self.model, a, b, given_up)


def _without_what_can_be_given_up(problem: Problem) -> Problem:
    keys = {rule.key for rule in book.rules_at(problem, book.STRICT) if can_be_given_up(rule)}
    off = dict.fromkeys(keys | PRICES.keys() | {ONCE}, Setting(Level.OFF))
    rules = replace(problem.rules, settings={**problem.rules.settings, **off})
    return replace(problem, rules=rules)


def leave_out(problem: Problem, talks: Iterable[str]) -> Problem:
    """The problem without these talks, and without what is said about them."""
    gone = set(talks)

    def stays(*names: str) -> bool:
        return not gone.intersection(names)

    return replace(
        problem,
        talks=tuple(talk for talk in problem.talks if stays(talk.id)),
        pins=tuple(pin for pin in problem.pins if stays(pin.talk)),
        wishes=tuple(wish for wish in problem.wishes if stays(wish.talk)),
        demand=tuple(pair for pair in problem.demand if stays(pair.a, pair.b)),
    )
