"""The draft through the eyes of the rule book: its clashes in words, and the best free places."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from cfp.display import said
from cfp.schedule import puzzle, rules
from cfp.schedule.problem import Level, Place, Problem
from cfp.schedule.puzzle import Programme
from cfp.schedule.rules import Clash
from cfp.schedule.service.spots import best_spots
from cfp.submissions.models import Talk


class Plan:
    """One look at the draft; nothing is asked of the database."""

    WARN = Level.WARN

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.problem = puzzle.problem_of(programme)
        self.timetable = puzzle.timetable_of(programme.placements)

    @cached_property
    def clashes(self) -> list[Clash]:
        """What is wrong, the gravest first."""
        return list(rules.clashes(self.problem, self.timetable))

    @cached_property
    def wishes(self) -> list[Clash]:
        """What could be nicer."""
        return list(rules.unmet_wishes(self.problem, self.timetable))

    @cached_property
    def _by_talk(self) -> dict[str, list[Clash]]:
        found: dict[str, list[Clash]] = {}
        for clash in self.clashes:
            for talk in clash.talks:
                found.setdefault(talk, []).append(clash)
        return found

    def clashes_of(self, talk: Talk) -> list[Clash]:
        return self._by_talk.get(str(talk.id), [])

    def wishes_of(self, talk: Talk) -> list[Clash]:
        return [wish for wish in self.wishes if wish.talks == (str(talk.id),)]

    @property
    def stopping(self) -> int:
        """How many clashes stop a release."""
        return sum(clash.level is not Level.WARN for clash in self.clashes)

    def tried(self, talk: Talk, place: Place) -> dict[str, Any]:
        """The talk there: what is wrong in words and how grave, and how many wishes more are met.

        One's own hand may move what is pinned.
        """
        name, problem = str(talk.id), self._let_go(talk)
        there = self.timetable.moved(name, place)
        clashes = [clash for clash in rules.clashes(problem, there) if name in clash.talks]
        return {
            "words": [said(clash.sentence) for clash in clashes],
            "stops": any(clash.level is not Level.WARN for clash in clashes),
            "wishes": self._gain(problem, name, place),
        }

    def spots(self, talk: Talk) -> list[tuple[Place, int]]:
        """The best free places, each with how many wishes more are met there than now."""
        name, problem = str(talk.id), self._let_go(talk)
        found = best_spots(problem, self.timetable, name)
        return [(place, self._gain(problem, name, place)) for place in found]

    def _let_go(self, talk: Talk) -> Problem:
        pins = tuple(pin for pin in self.problem.pins if pin.talk != str(talk.id))
        return replace(self.problem, pins=pins)

    def _gain(self, problem: Problem, name: str, place: Place) -> int:
        there = self.timetable.moved(name, place)
        return len(self.wishes) - sum(1 for _wish in rules.unmet_wishes(problem, there))
