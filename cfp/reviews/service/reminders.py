"""Who owes the committee a word: a list of what is due, and one mail a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from cfp import clock
from cfp.conference.letters import address
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.mail import service as mail
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews import queries as reviews
from cfp.reviews import weighing
from cfp.reviews.queries import committee as queries
from cfp.reviews.service import conflicts
from cfp.reviews.service.letters import written_for

BEFORE = (timedelta(days=7), timedelta(days=2))  # before the deadline, by itself


@dataclass(frozen=True)
class Due:
    """One reviewer with what they have not written, and where they are asked to say why."""

    person: Person
    unwritten: int
    splits: int
    reminded_at: datetime | None


def due_list(conference: Conference) -> list[Due]:
    """Everybody who owes something, by name; counted as their own desks count it."""
    known = conflicts.known_pairs(conference)
    found = db.session.execute(queries.unwritten(conference.id)).all()
    owing = [(who, key) for who, key in found if (who.id, key) not in known]
    unwritten = Counter(who.id for who, _key in owing)
    splits = _splits(conference)
    people = {who.id: who for who, _key in owing}
    others = splits.keys() - people.keys()
    people |= {one.id: one for one in db.session.scalars(reviews.people(others)) if others}
    last = dict(db.session.execute(queries.reminded(conference.id)).all())
    return [
        Due(who, unwritten[who.id], splits[who.id], last.get(who.id))
        for who in sorted(people.values(), key=lambda who: (who.name.casefold(), who.id))
    ]


def _splits(conference: Conference) -> Counter[int]:
    """On how many proposals that they judged and that split the committee nobody heard why."""
    given: dict[int, list[tuple[int, int]]] = defaultdict(list)
    undecided = reviews.scores(conference.id).where(reviews.needs_reviewers())
    for submission, person, score in db.session.execute(undecided):
        given[submission].append((person, score))
    argued = {(who, key) for who, key in db.session.execute(queries.argued(conference.id))}
    return Counter(
        person
        for submission, scores in given.items()
        if weighing.is_split([score for _person, score in scores])
        for person, _score in scores
        if (person, submission) not in argued
    )


def remind(conference: Conference, *, by: Person, at: datetime) -> int:
    """Write to everybody on the list now, at most once a day; returns how many letters went out."""
    if clock.is_past(conference.reviews_due_at, at):
        raise Refused(_("The time for reviews is over. Nobody is reminded any more."))
    day = clock.local(at, conference.timezone).date().isoformat()
    sent = sum(_write(conference, due, day, at) for due in due_list(conference))
    if not sent:
        raise Refused(_("Nobody owes anything, or all were reminded today already."))
    log("reminded reviewers", conference, by=by, at=at, conference_id=conference.id, letters=sent)
    return sent


def remind_before_deadlines(at: datetime) -> int:
    """What the worker does: a week and two days before the deadline, once each."""
    sent = 0
    due_soon = queries.editions_with_reviews_due(at, at + max(BEFORE))
    for conference in db.session.scalars(due_soon).all():
        left = (conference.reviews_due_at or at) - at
        mark = min(before for before in BEFORE if left <= before)
        for due in due_list(conference):
            if due.unwritten:
                sent += _write(conference, due, f"{mark.days} days before", at)
    return sent


def _write(conference: Conference, due: Due, occasion: str, at: datetime) -> bool:
    letter = mail.post(
        "reviews_due",
        due.person,
        at=at,
        key=f"reviews-due:{conference.id}:{due.person.id}:{occasion}",
        conference_id=conference.id,
        conference=conference,
        unwritten=due.unwritten,
        splits=due.splits,
        until=written_for(due.person, conference.reviews_due_at, conference),
        url=address("reviews.desk", conference=conference.slug),
    )
    return letter is not None
