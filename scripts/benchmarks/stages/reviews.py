"""The reviews: three for each proposal, none by somebody with a conflict, and their scores."""

from __future__ import annotations

import csv
from collections import Counter
from random import Random

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.jobs import service as jobs
from cfp.reviews import queries
from cfp.reviews.models import Assignment, AssignmentState
from cfp.reviews.service import assignments, conflicts
from cfp.reviews.service.reviews import Verdict, write
from cfp.reviews.tasks import ASSIGN

from .call import proposals_of, reviewers_of
from .job import Facts, Job, must, work

EACH = 3
BEST, WORST = 4.6, 1.4  # what an unbiased committee would think of the first and the last


def assign(job: Job) -> Facts:
    """The chair asks for a plan as the form offers it; the worker draws it up."""
    with transaction():
        conference, by, at = job.conference, job.organiser, clock.now()
        run = jobs.ask_once(ASSIGN, by=by, at=at, conference_id=conference.id, each=EACH)
    work(run.id)
    return _checked(job.conference, AssignmentState.DRAFT)


def publish(job: Job) -> Facts:
    """The draft goes to the reviewers, with a letter to each."""
    with transaction():
        assignments.publish(job.conference, by=job.organiser, at=clock.now())
    return _checked(job.conference, AssignmentState.PUBLISHED)


def score(job: Job) -> Facts:
    """Everybody writes what they owe, each review in a transaction of its own."""
    merit, lot = merits(job), job.lot("scores")
    severity = {p.id: lot.gauss(0, 0.5) for p in reviewers_of(job.conference).values()}
    owed = _assigned(job.conference, AssignmentState.PUBLISHED)
    given: Counter[int] = Counter()
    for one in owed:
        points = _points(merit[one.submission_id] + severity[one.person_id], lot)
        with transaction():
            write(one, Verdict(points, "Written for a measurement."), at=clock.now())
        given[points] += 1
    spread = " ".join(f"{points}:{given[points]}" for points in range(1, 6))
    return {"scores": given.total(), "of each": spread}


def merits(job: Job) -> dict[int, float]:
    """How good each proposal is: by the community's rank where the file has one, else by lot."""
    proposals = proposals_of(job.conference)
    ranks = _ranks(job)
    lot = job.lot("merit")
    if not ranks:
        return {one.id: lot.uniform(WORST, BEST) for one in proposals}
    step = (BEST - WORST) / (len(ranks) - 1)
    return {one.id: BEST - step * (ranks[one.source_key or ""] - 1) for one in proposals}


def _ranks(job: Job) -> dict[str, int]:
    """The community's vote, which an import does not read."""
    if job.path.suffix != ".csv":
        return {}
    with job.path.open(encoding="utf-8", newline="") as lines:
        return {row["tid"]: int(row["rank"]) for row in csv.DictReader(lines)}


def _points(opinion: float, lot: Random) -> int:
    return min(5, max(1, round(opinion + lot.gauss(0, 0.6))))


def _assigned(conference: Conference, state: AssignmentState) -> list[Assignment]:
    return list(db.session.scalars(queries.assignments(conference.id, state)))


def _checked(conference: Conference, state: AssignmentState) -> Facts:
    """Three for each, by three people, no conflict among them, loads within one of each other."""
    given = _assigned(conference, state)
    pairs = {(one.person_id, one.submission_id) for one in given}
    each = Counter(submission for _person, submission in pairs)
    loads = Counter(person for person, _submission in pairs)
    least = min(loads[person.id] for person in reviewers_of(conference).values())
    most = max(loads.values())
    barred = {conflict.pair for conflict in conflicts.of_edition(conference)}
    proposals = proposals_of(conference)
    must(all(each[one.id] == EACH for one in proposals), "not everything has three reviewers")
    must(not pairs & barred, "somebody with a conflict was assigned")
    must(most - least <= 1, f"loads lie between {least} and {most}")
    return {
        "assignments": len(pairs),
        "conflicts known": len(barred),
        "conflicts assigned": len(pairs & barred),
        "least load": least,
        "most load": most,
    }
