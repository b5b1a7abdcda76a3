"""The transaction belongs to the request: kept when it succeeded, gone when it did not."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from cfp.db import after_commit, release, transaction
from cfp.db import db as database
from cfp.people.models import Attempt, LinkPurpose, Person
from cfp.people.service import mail_link
from tests.make import make_person
from tests.visitor import rows


def test_a_transaction_keeps_all(db):
    with transaction():
        make_person()
    assert rows(Person) == 1


def test_a_transaction_that_breaks_keeps_nothing(db):
    with pytest.raises(RuntimeError), transaction():
        make_person()
        raise RuntimeError
    assert rows(Person) == 0


def test_what_waits_for_the_commit_is_forgotten_when_it_fails(db):
    called = []
    with pytest.raises(RuntimeError), transaction():
        after_commit(lambda: called.append(1))
        raise RuntimeError
    with transaction():
        after_commit(lambda: called.append(2))
    assert called == [2]


def test_a_moment_comes_back_aware_and_in_utc(db):
    at = datetime(2027, 3, 28, 3, 30, tzinfo=timezone(timedelta(hours=2)))
    with transaction():
        person = make_person(created_at=at)
    database.session.expire_all()
    found = database.session.get_one(Person, person.id).created_at
    assert found == at
    assert found.tzinfo is UTC


def test_a_naive_moment_is_a_programming_error(db):
    with pytest.raises(sa.exc.StatementError, match="time zone"):
        make_person(created_at=datetime(2027, 1, 1))  # noqa: DTZ001


def test_an_enum_is_stored_by_value(db):
    mail_link(make_person(), LinkPurpose.SIGN_IN, datetime.now(UTC))
    assert (
        database.session.execute(sa.text("SELECT purpose FROM mailed_link")).scalar() == "sign_in"
    )


def test_release_refuses_to_lose_what_was_written(db):
    database.session.add(Person(name="Mila"))
    with pytest.raises(RuntimeError, match="lose"):
        release()


def test_twenty_writers_at_once_lose_nothing(house):
    """Each adds to what it read: with a lock around reading and writing none overwrites another."""

    def one_more() -> None:
        with house.app_context(), transaction():
            lock = sa.select(Attempt).with_for_update()
            counter = database.session.scalars(lock).one()
            counter.key = str(int(counter.key) + 1)

    with transaction():
        database.session.add(Attempt(key="0"))
    database.session.remove()
    threads = [threading.Thread(target=one_more) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.session.scalar(sa.select(Attempt.key)) == "20"


def test_what_was_flushed_before_a_transaction_is_kept_by_it(db):
    make_person()
    with transaction():
        make_person()
    database.session.rollback()
    assert rows(Person) == 2


def test_a_reader_that_turns_writer_begins_anew(house):
    """On SQLite a read snapshot cannot become a writer once somebody else has written."""
    assert rows(Person) == 0

    def somebody_else() -> None:
        with house.app_context(), transaction():
            make_person()

    thread = threading.Thread(target=somebody_else)
    thread.start()
    thread.join()
    with transaction():
        make_person()
    assert rows(Person) == 2
