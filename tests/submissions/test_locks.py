"""Whoever changes a proposal holds it, with whatever else of it was loaded for the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa

from cfp.db import db as database
from cfp.db import transaction
from cfp.people.models import Person
from cfp.submissions import queries, service
from cfp.submissions.models import Outcome, Submission, SubmissionState
from tests.make import make_conference, make_submission

CHANGES: dict[str, Callable[[Submission, Person, datetime], object]] = {
    "decide": lambda one, by, at: service.decide(one, Outcome.WAITLIST, by=by, at=at),
    "change": lambda one, by, at: service.change(
        one, service.content_of(one), seen=one.version, by=by, at=at
    ),
    "withdraw": lambda one, by, at: service.withdraw(one, by=by, at=at),
}


@pytest.fixture
def opened(db):
    """A proposal as its page has loaded it: nobody has decided about it, it has no track."""
    submission = make_submission(make_conference(), track_id=None)
    with transaction():
        pass
    code = submission.code
    database.session.expunge_all()
    select = sa.select(Submission).where(Submission.code == code)
    return database.session.scalars(select.options(*queries.with_all())).one()


@pytest.mark.parametrize("change", CHANGES)
def test_an_opened_proposal_is_held_though_half_of_it_is_not_there_yet(opened, now, change):
    CHANGES[change](opened, opened.speakers[0].person, now)


def test_what_is_held_is_read_anew(opened, now):
    with database.engine.connect() as elsewhere, elsewhere.begin():
        elsewhere.execute(sa.update(Submission).values(state=SubmissionState.WITHDRAWN))
    database.session.rollback()
    service.withdraw(opened, by=opened.speakers[0].person, at=now)
    assert opened.state is SubmissionState.WITHDRAWN
