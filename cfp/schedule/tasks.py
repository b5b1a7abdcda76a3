"""What the worker does for the programme: solve it, while somebody watches."""

from __future__ import annotations

import logging
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from flask import Flask, current_app

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.errors import Refused
from cfp.jobs.registry import Watch, job
from cfp.people.models import Person
from cfp.schedule import puzzle, queries, rules, service
from cfp.schedule.models import Alternative
from cfp.schedule.problem import Problem, Timetable
from cfp.schedule.service.alternatives import SUPPOSE
from cfp.schedule.service.held import around, held_against_rules
from cfp.schedule.supposed import PROPOSED, problem_if
from cfp.sentences import say, stored

if TYPE_CHECKING:
    from cfp.schedule.solver.best import Progress

SOLVE = "schedule.solve"
EXPLAIN = "schedule.explain"
STAYS = frozenset({"published-stays", "published-near"})  # told as moves, not as wishes
MOST_WISHES = 30
BEAT = 1.0  # seconds between two words about how far it is
log = logging.getLogger("callboard.schedule")


@job(SOLVE)
def solve(
    watch: Watch,
    *,
    conference_id: int,
    seconds: int,
    seed: int,
    only_rest: bool = False,
    asked_by: int | None = None,
) -> dict[str, Any]:
    """Plan all that is not pinned, and put the plan into the draft unless that was edited.

    The draft is read in one transaction and written in another; nobody waits for the thinking.
    A plan that cannot go into the draft waits in the result until somebody adopts it. With
    ``only_rest`` nothing moves that has a place already.
    """
    problem, edit = read(conference_id, hold_all=only_rest)
    result = think(watch, problem, seconds, seed) | {"edit": edit, "adopted": False}
    if watch.is_cancelled():
        return result  # who stopped it decides whether what was found is of use
    try:
        with transaction():
            return service.adopt_result(
                db.session.get_one(Conference, conference_id),
                result,
                by=db.session.get(Person, asked_by) if asked_by else None,
                at=clock.now(),
                edit=edit,
            )
    except Refused:
        return result


@job(SUPPOSE)
def suppose(
    watch: Watch, *, conference_id: int, alternative_id: int, seconds: int
) -> dict[str, Any]:
    """The plan with the least change under a supposition; nothing is put into the draft."""
    with transaction():
        conference = db.session.get_one(Conference, conference_id)
        alternative = db.session.get_one(Alternative, alternative_id)
        programme = service.read_programme(conference)
        asked = set(alternative.supposed.get("proposals", ()))
        found = db.session.scalars(queries.not_yet_accepted(conference_id)).unique()
        proposals = [submission for submission in found if submission.id in asked]
        problem = problem_if(programme, alternative, proposals)
        present = puzzle.problem_of(programme)
        before, edit = puzzle.timetable_of(programme.placements), programme.edit
    result = think(watch, problem, seconds, seed=1)
    after = puzzle.from_json(result["timetable"])
    new = [problem.talk[name] for name in problem.talk if name.startswith(PROPOSED)]
    return (
        result
        | {"edit": edit, "proposals": {talk.id: [talk.title, talk.minutes] for talk in new}}
        | wishes_of(present, before, problem, after)
    )


@job(EXPLAIN)
def explain(watch: Watch, *, conference_id: int, seconds: int) -> dict[str, Any]:
    """Why not everything fits: counts, the smallest contradiction, and the cheapest way out."""
    problem, edit = read(conference_id, hold_all=False)
    from cfp.schedule.solver.explain import explain as why  # noqa: PLC0415  (OR-Tools)

    with Beat(watch, seconds) as beat:
        found = why(problem, seconds=seconds, should_stop=beat.stop.is_set)
    return {
        "edit": edit,
        "checks": [stored(sentence) for sentence in found.checks],
        "contradiction": [stored(cause.sentence) for cause in found.contradiction],
        "repairs": [
            {
                "sentence": stored(repair.sentence),
                "rule": repair.cause.rule,
                "subject": repair.cause.subject,
            }
            for repair in found.repairs
        ],
        "cheapest": found.cheapest,
        "fits": found.everything_fits,
    }


def wishes_of(
    present: Problem, before: Timetable, problem: Problem, after: Timetable
) -> dict[str, Any]:
    """Which wishes the new plan meets and the present one does not, and the other way round."""
    unmet = {str(w.sentence): w for w in rules.unmet_wishes(present, before) if w.rule not in STAYS}
    left = {str(w.sentence): w for w in rules.unmet_wishes(problem, after) if w.rule not in STAYS}
    won, lost = unmet.keys() - left.keys(), left.keys() - unmet.keys()
    return {
        "won": [stored(unmet[name].sentence) for name in sorted(won)[:MOST_WISHES]],
        "lost": [stored(left[name].sentence) for name in sorted(lost)[:MOST_WISHES]],
        "count": [len(won), len(lost)],
    }


def read(conference_id: int, *, hold_all: bool) -> tuple[Problem, int]:
    """The puzzle, and the edit of the draft that it was made from."""
    with transaction():
        conference = db.session.get_one(Conference, conference_id)
        programme = service.read_programme(conference)
        return puzzle.problem_of(programme, hold_all=hold_all), programme.edit


def think(watch: Watch, problem: Problem, seconds: int, seed: int) -> dict[str, Any]:
    """The best plan in that time, and what has no place in it and why."""
    held = held_against_rules(problem)
    from cfp.schedule.solver.run import solve as run  # noqa: PLC0415  (OR-Tools: worker only)

    with Beat(watch, seconds) as beat:
        found = run(
            around(problem, held),
            seconds=seconds,
            seed=seed,
            on_progress=beat.hear,
            should_stop=beat.stop.is_set,
        )
    return {
        "placed": len(found.timetable) + len(held),
        "talks": len(problem.talks),
        "unplaced": [
            {"talk": name, "title": problem.talk[name].title, "reason": stored(reason)}
            for name, reason in found.unplaced
        ],
        "timetable": puzzle.as_json({**held, **found.timetable}),
        "optimal": found.optimal,
    }


def _by_tier(score: tuple[int, ...]) -> str:
    """The cost of each tier, the weightiest first, from the first that costs anything."""
    wishes = list(score[1:])
    while len(wishes) > 1 and not wishes[0]:
        wishes.pop(0)
    return " · ".join(map(str, wishes))


class Beat:
    """Tells the watch once a second how far the solver is, and the solver when to stop.

    In a thread of its own: the solver may be deep in one long step, and may speak from any of its
    own threads, which know no database.
    """

    def __init__(self, watch: Watch, seconds: int) -> None:
        self.watch = watch
        self.seconds = seconds
        self.stop = Event()
        self._over = Event()
        self._words = ""
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
        self._thread = Thread(target=self._run, args=(app,), daemon=True)

    def hear(self, progress: Progress) -> None:
        self._words = say(
            "%(n)s of %(all)s placed; missed wishes %(best)s, at least %(bound)s",
            n=progress.placed,
            all=progress.talks,
            best=_by_tier(progress.best),
            bound=_by_tier(progress.bound),
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self, app: Flask) -> None:
        begun = monotonic()
        with app.app_context():
            is_over = False
            while not is_over:
                is_over = self._over.wait(BEAT)  # and once more at the end, however soon it comes
                try:
                    self.watch.progress((monotonic() - begun) / self.seconds, self._words)
                    if self.watch.is_cancelled():
                        self.stop.set()
                except Exception:
                    log.exception("a word about the solver was lost")
