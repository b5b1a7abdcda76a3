"""Two organisers press at once, two workers deliver, and any of them dies between two statements.

Run as a program: it forks real processes, replaces those who died until all is told and has left,
and prints one line of JSON with every letter that left twice, or never.
"""

from __future__ import annotations

import collections
import json
import os
import random
import signal
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.errors import Refused
from cfp.mail import service as mail
from cfp.mail.models import Message, MessageState
from cfp.people.models import Person
from cfp.sqlite import Busy
from cfp.submissions import letters, queries
from cfp.submissions.models import Outcome
from tests.conftest import NOW
from tests.databases import make_app
from tests.make import make_conference, make_decision, make_person, make_submission

LETTERS = 12
DEATHS = 0.01  # before any one statement
FATAL = 3


class Outside:
    """The world beyond: a file to which every letter that leaves adds a line.

    One worker dies after the third letter, which left before anybody wrote that down.
    """

    def __init__(self, book: Path, *, is_deadly: bool) -> None:
        self.book, self.is_deadly = book, is_deadly

    def send(self, message: Message) -> None:
        with self.book.open("a") as lines:
            lines.write(f"{message.to}\n")
        if self.is_deadly and self.book.read_bytes().count(b"\n") == FATAL:
            os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, guard: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder), url.replace("FOLDER", folder))
        with app.app_context():
            db.engine.dispose()
        finish(fork(app, build))
        book, lot = Path(folder) / "book", random.Random(guard)  # noqa: S311  (a game)
        book.touch()
        killed = race(app, [press, press, deliver, deliver], book, lot, guard)
        with app.test_request_context():
            mail.give_up_abandoned(NOW + timedelta(hours=1))
            told = complaints(collections.Counter(book.read_text().split()))
        sys.stdout.write(json.dumps({"killed": killed, "complaints": told}) + "\n")


def race(app: Flask, players: list, book: Path, lot: random.Random, guard: str) -> int:
    """Whoever is killed is replaced; returns how many were."""
    killed, running = 0, {}

    def start(play) -> None:
        seed = lot.random()
        running[fork(app, lambda: play(book, random.Random(seed), guard))] = play  # noqa: S311

    for play in players:
        start(play)
    while running:
        pid, status = os.wait()
        play = running.pop(pid)
        if os.WIFSIGNALED(status):
            killed += 1
            start(play)
        elif status:
            raise RuntimeError(f"{play.__name__} ended with {status}")
    return killed


def press(_book: Path, lot: random.Random, guard: str) -> None:
    """One organiser: send all letters, again and again until there is nothing to send."""
    deaths = DEATHS if guard == "guarded" else 0
    die_sometimes(lot, deaths)
    while True:
        try:
            with transaction():
                conference, by = db.session.scalars(sa.select(Conference)).one(), a_chair()
                due = db.session.scalars(queries.letters_due(conference)).all()
                if not due:
                    return
                if guard == "guarded":
                    letters.send_letters(
                        conference, Outcome.REJECT, expected=len(due), by=by, at=NOW
                    )
                    continue
                found = [(d.submission.speakers[0].person_id, d.id) for d in due]
            time.sleep(0.5)  # meanwhile the other looks, too
            careless(found)
        except (Refused, DBAPIError, Busy):
            db.session.remove()


def careless(found: list[tuple[int, int]]) -> None:
    """Control: what was due when one looked is sent, whatever happened since."""
    with transaction():
        for person_id, _decision in found:
            person = db.session.get_one(Person, person_id)
            mail.post_text("declined", person, "No", "Sorry.", at=NOW)
        db.session.execute(sa.text("UPDATE decision SET told_at = :at"), {"at": NOW})


def a_chair() -> Person:
    return db.session.scalars(sa.select(Person).where(Person.name == "The chair").limit(1)).one()


def deliver(book: Path, lot: random.Random, guard: str) -> None:
    """One worker: hand over what is due until every speaker has been written to."""
    deaths = DEATHS if guard == "guarded" else 0
    die_sometimes(lot, deaths)
    if guard != "guarded":
        mail._claim = lambda *_who: True
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            mail.deliver_due(Outside(book, is_deadly=guard == "guarded"), NOW)
            waiting = sa.select(Message.id).where(Message.state == MessageState.WAITING)
            with transaction():
                posted = db.session.scalar(sa.select(sa.func.count(Message.id))) or 0
                if posted >= LETTERS and db.session.scalar(waiting.limit(1)) is None:
                    return
        except (DBAPIError, Busy):
            db.session.remove()
        time.sleep(0.02)
    raise RuntimeError("the letters never left")


def complaints(left: collections.Counter[str]) -> list[str]:
    """Every speaker has one letter; it left once, or a person is asked whether it left."""
    posted = collections.Counter(db.session.scalars(sa.select(Message.to)))
    found = [f"{to} was posted {n} times" for to, n in posted.items() if n != 1]
    found += [f"{to} got {n} letters" for to, n in left.items() if n > 1]
    if len(posted) != LETTERS:
        found.append(f"{len(posted)} of {LETTERS} were written to")
    for to, state in db.session.execute(sa.select(Message.to, Message.state)).all():
        if state is MessageState.SENT and not left[to]:
            found.append(f"{to} is called sent and never left")
        if state not in {MessageState.SENT, MessageState.UNCLEAR}:
            found.append(f"{to} is {state.value}")
    return found


def build() -> None:
    """So many proposals, all declined, nobody told."""
    with transaction():
        conference, chair = make_conference(), make_person("The chair")
        for number in range(LETTERS):
            speaker = make_person(email=f"speaker{number}@example.org")
            submission = make_submission(conference, speakers=[speaker])
            make_decision(submission, Outcome.REJECT, by=chair)


def fork(app: Flask, work) -> int:
    pid = os.fork()
    if not pid:
        try:
            with app.test_request_context():
                work()
                db.session.remove()
        except BaseException:  # noqa: BLE001  (told, and the race is lost)
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    return pid


def finish(pid: int) -> None:
    if os.waitpid(pid, 0)[1]:
        raise RuntimeError("it could not be built")


def die_sometimes(lot: random.Random, chance: float) -> None:
    """Before any statement, and before any commit, the process may be gone."""

    def perhaps(*_about) -> None:
        if lot.random() < chance:
            os.kill(os.getpid(), signal.SIGKILL)

    if chance:
        event.listen(db.engine, "before_cursor_execute", perhaps)
        event.listen(db.engine, "commit", perhaps)


if __name__ == "__main__":
    main(*sys.argv[1:])
