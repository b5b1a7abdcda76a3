"""The draft through the eyes of the rule book: its clashes in words, and the best free places."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from cfp.display import said
from cfp.schedule import puzzle, rules
from cfp.schedule.problem import Level, Place
from cfp.schedule.puzzle import Programme
from cfp.schedule.rules import Clash
from cfp.schedule.rules.trial import Trial
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
        trial = Trial(self.problem, self.timetable, str(talk.id))
        there, now = trial.at(place), trial.at(self.timetable.get(str(talk.id)))
        return {
            "words": [said(found.sentence) for _level, found in there.clashes],
            "stops": there.stops,
            "wishes": now.unmet - there.unmet,
        }

    def spots(self, talk: Talk) -> list[tuple[Place, int]]:
        """The best free places, each with how many wishes more are met there than now."""
        return best_spots(self.problem, self.timetable, str(talk.id))
