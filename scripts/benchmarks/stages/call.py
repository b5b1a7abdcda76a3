"""The call: a file becomes proposals, and 31 reviewers say what they want to read."""

from __future__ import annotations

import csv
from dataclasses import fields, replace

import sqlalchemy as sa
from flask import current_app

from cfp import clock
from cfp.access import Role
from cfp.conference import queries as conferences
from cfp.conference.models import Conference, Publicity
from cfp.conference.service import editions, team
from cfp.db import db, transaction
from cfp.people.models import Person
from cfp.reviews.models import BidValue
from cfp.reviews.service import conflicts, wishes
from cfp.submissions.models import Speaker, Submission

from .job import Facts, Job, must

REVIEWERS = 31
CONFLICT = "conflict"


def import_proposals(job: Job) -> Facts:
    """``flask conference import FILE --into SLUG --as proposals``."""
    slug = job.source.slug
    command = ["conference", "import", str(job.path), "--into", slug, "--as", "proposals"]
    done = current_app.test_cli_runner().invoke(args=command)
    must(done.exit_code == 0, done.output)
    with transaction():
        _open_to_all(job)
    proposals = proposals_of(job.conference)
    speakers = {speaker.person_id for one in proposals for speaker in one.speakers}
    return {"proposals": len(proposals), "speakers": len(speakers)}


def form_committee(job: Job) -> Facts:
    """Appoint the reviewers; where the bids are known, each enters theirs."""
    with transaction():
        for number in range(1, REVIEWERS + 1):
            email = f"r{number}@example.org"
            team.appoint(job.conference, email, Role.REVIEWER, by=job.organiser, at=clock.now())
    facts: Facts = {"reviewers": len(reviewers_of(job.conference))}
    return facts | (_enter_bids(job) if job.source.bids else {})


def proposals_of(conference: Conference) -> list[Submission]:
    """In the order of the file."""
    select = sa.select(Submission).where(Submission.conference_id == conference.id)
    return list(db.session.scalars(select.order_by(Submission.id)))


def reviewers_of(conference: Conference) -> dict[str, Person]:
    """r1 ... r31 by that name."""
    found = db.session.scalars(conferences.people_with(conference, Role.REVIEWER))
    return {(person.email or "").partition("@")[0]: person for person in found}


def _open_to_all(job: Job) -> None:
    """Show the edition to everybody, and give speakers addresses: real files have lost them."""
    conference, at = job.conference, clock.now()
    names = [field.name for field in fields(editions.Basics)]
    basics = editions.Basics(**{name: getattr(conference, name) for name in names})
    public = replace(basics, name=job.source.name, publicity=Publicity.PUBLIC)
    editions.describe(conference, public, by=job.organiser, at=at)
    speakers = sa.select(Speaker.person_id)
    for person in db.session.scalars(sa.select(Person).where(Person.id.in_(speakers))):
        person.email = f"speaker{person.id}@example.org"


def _enter_bids(job: Job) -> Facts:
    """Each reviewer in a transaction of their own; ``conflict`` is declared, not wished."""
    path = job.data / "bids" / job.source.bids
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    reviewers = reviewers_of(job.conference)
    proposals = {f"p{n}": one for n, one in enumerate(proposals_of(job.conference), 1)}
    for row in rows:
        person, at = reviewers[row.pop("reviewer")], clock.now()
        with transaction():
            for name, word in row.items():
                if word == CONFLICT:
                    conflicts.declare(proposals[name], person, "As in the file.", by=person, at=at)
                elif word:
                    wishes.wish(person, proposals[name], BidValue(word), at=at)
    words = [word for row in rows for word in row.values()]
    declared = words.count(CONFLICT)
    return {"bids": len(words) - declared, "declared conflicts": declared}
