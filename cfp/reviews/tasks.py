"""What the worker does for reviews: draw up the plan of assignments, remind who owes."""

from __future__ import annotations

from typing import Any

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.jobs.registry import Watch, every_minute, job
from cfp.reviews.service import assignments, reminders, waitlist
from cfp.sentences import stored

ASSIGN = "reviews.assign"


@job(ASSIGN)
def assign(watch: Watch, *, conference_id: int, **asked: Any) -> dict[str, Any]:
    """The best plan becomes the draft. Begun again after a crash it makes the same draft."""
    from cfp.reviews.assignment import (  # noqa: PLC0415  (OR-Tools: worker only)
        Wishes,
        assign,
        assign_at_random,
    )

    wanted = assignments.Asked(**asked)
    watch.progress(0.1, "Reading proposals, wishes and conflicts")
    with transaction():
        problem = assignments.problem_of(db.session.get_one(Conference, conference_id), wanted)
    watch.progress(0.3, "Looking for the best plan")
    wishes = Wishes(wanted.balance / 100, wanted.wishes / 100, 1 - wanted.wishes / 100)
    if wanted.plain:
        plan = assign_at_random(problem, seed=wanted.seed)
    else:
        plan = assign(problem, wishes, seed=wanted.seed)
    watch.progress(0.9, "Writing the draft")
    with transaction():
        conference = db.session.get_one(Conference, conference_id)
        number = assignments.keep_draft(conference, plan, at=clock.now())
    return {
        "reviews": number,
        "released": len(plan.released),
        "loads": {str(person): load for person, load in plan.loads.items()},
        "shortfalls": [
            {
                "submission": short.submission,
                "missing": short.missing,
                "reason": stored(short.reason),
            }
            for short in plan.shortfalls
        ],
        "asked": asked,
    }


@every_minute("let the waiting list move up")
def move_up() -> int:
    """A place that came back goes to whoever is next, where the edition says so."""
    with transaction():
        return waitlist.move_up_everywhere(clock.now())


@every_minute("remind reviewers")
def remind() -> int:
    """A week and two days before reviews are due; safe to run as often as one likes."""
    with transaction():
        return reminders.remind_before_deadlines(clock.now())
