"""The outbox: a letter is written with what gave rise to it, and leaves once."""

import socket
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from cfp import clock
from cfp.db import db as database
from cfp.db import transaction
from cfp.errors import Refused
from cfp.jobs import lookout
from cfp.jobs.service import look
from cfp.mail import service
from cfp.mail.delivery import FileDelivery, SmtpDelivery, Then, Undeliverable
from cfp.mail.models import Message, MessageState
from tests.make import make_person


class Recorder:
    """A way out that remembers what left, and may fail first."""

    def __init__(self, *failures):
        self.sent = []
        self.failures = list(failures)

    def send(self, message):
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message.id)


def posted(now, **values):
    with transaction():
        return service.post_text("test", make_person(), "Hello", "How are you?", at=now, **values)


def state():
    database.session.expire_all()
    return database.session.scalars(sa.select(Message)).one().state


@pytest.fixture
def folder(house, monkeypatch, tmp_path):
    """Where the worker's mail goes in this test."""
    settings = replace(house.config["SETTINGS"], mail_url=f"file://{tmp_path}")
    monkeypatch.setitem(house.config, "SETTINGS", settings)
    return tmp_path


def is_there_within(seconds, folder):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if list(folder.glob("*.eml")):
            return True
        time.sleep(0.05)
    return False


def test_a_message_leaves_within_seconds_and_waits_for_no_sweep(house, folder):
    with lookout.lookout(house):
        posted(clock.now())
        database.session.remove()
        assert is_there_within(5, folder)
    assert state() is MessageState.SENT


def test_the_lookout_writes_nothing_while_nothing_is_due(house, folder, now):
    posted(clock.now() + timedelta(minutes=1))  # as after a try that failed
    written = []

    def note(connection):
        written.append(connection)

    sa.event.listen(database.engine, "commit", note)
    try:
        look(clock.now())
    finally:
        sa.event.remove(database.engine, "commit", note)
    assert written == []
    assert state() is MessageState.WAITING


def test_the_lookout_goes_on_after_a_failure(house, folder, monkeypatch):
    failures = [OSError("away")]

    def once_away(at):
        if failures:
            raise failures.pop()
        look(at)

    monkeypatch.setattr(lookout, "SECONDS_AFTER_FAILURE", 0.1)
    monkeypatch.setattr(lookout.service, "look", once_away)
    posted(clock.now())
    database.session.remove()
    with lookout.lookout(house):
        assert is_there_within(5, folder)
    assert failures == []


def test_a_message_is_sent_once(db, now):
    posted(now)
    way = Recorder()
    assert service.deliver_due(way, now) == 1
    assert service.deliver_due(way, now) == 0
    assert len(way.sent) == 1
    assert state() is MessageState.SENT


def test_a_key_posts_once(db, now):
    person = make_person()
    first = service.post_text("test", person, "A", "a", at=now, key="letter:1")
    second = service.post_text("test", person, "A", "a", at=now, key="letter:1")
    assert first is not None
    assert second is None


def test_a_person_without_address_gets_nothing(db, now):
    assert service.post_text("test", make_person(email=None), "A", "a", at=now) is None


def test_a_passing_failure_is_tried_again_later(db, now):
    posted(now)
    way = Recorder(Undeliverable("451 busy", Then.LATER))
    service.deliver_due(way, now)
    assert service.deliver_due(way, now) == 0
    assert service.deliver_due(way, now + timedelta(minutes=3)) == 1


def test_a_refused_address_is_not_tried_again(db, now):
    posted(now)
    way = Recorder(Undeliverable("550 no such mailbox", Then.NEVER))
    service.deliver_due(way, now)
    assert service.deliver_due(way, now + timedelta(days=1)) == 0
    assert state() is MessageState.FAILED


def test_a_worker_that_dies_while_sending_leaves_the_choice_to_a_person(db, now):
    class Death(Exception):  # noqa: N818
        pass

    posted(now)
    with pytest.raises(Death):
        service.deliver_due(Recorder(Death()), now)
    way = Recorder()
    assert service.deliver_due(way, now + timedelta(minutes=6)) == 0
    assert state() is MessageState.UNCLEAR
    with transaction():
        service.send_again(database.session.scalars(sa.select(Message)).one(), now)
    assert service.deliver_due(way, now) == 1


def test_a_message_that_is_not_stuck_is_not_sent_again(db, now):
    message = posted(now)
    with pytest.raises(Refused):
        service.send_again(message, now)


def test_two_workers_send_each_message_once(house, now):
    for _ in range(10):
        posted(now)
    database.session.remove()
    way = Recorder()

    def work():
        with house.app_context():
            service.deliver_due(way, now)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(way.sent) == sorted(set(way.sent))
    assert len(way.sent) == 10


def test_a_file_is_written_in_development(db, now, tmp_path):
    posted(now)
    service.deliver_due(FileDelivery(tmp_path, "Callboard <c@example.org>"), now)
    text = next(tmp_path.glob("*.eml")).read_text()
    assert "Subject: Hello" in text
    assert "How are you?" in text


class Refuser:
    """A mail server that knows nobody called ``gone``."""

    def __init__(self):
        self.received = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address.startswith("gone"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.received.append(envelope.content.decode())
        return "250 OK"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def test_a_mail_server_gets_the_message_or_says_why_not(db, now):
    with transaction():
        here = make_person(email="here@example.org")
        gone = make_person(email="gone@example.org")
        for person in (here, gone):
            service.post_text("test", person, "Grüße", "Schöne Worte", at=now)
    handler = Refuser()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        way = SmtpDelivery(f"smtp://127.0.0.1:{server.port}", "Callboard <c@example.org>")
        assert service.deliver_due(way, now) == 1
    finally:
        server.stop()
    assert len(handler.received) == 1
    database.session.expire_all()
    states = {m.to: m.state for m in database.session.scalars(sa.select(Message))}
    assert states["gone@example.org"] is MessageState.FAILED


def test_no_mail_server_means_later(db, now):
    posted(now)
    service.deliver_due(SmtpDelivery("smtp://127.0.0.1:9", "c@example.org"), now)
    assert state() is MessageState.WAITING


def test_a_subject_with_line_ends_injects_no_header(db, now):
    with transaction():
        person = make_person()
        service.post_text("test", person, "Hi\r\nBcc: all@example.org", "text", at=now)
    message = database.session.scalars(sa.select(Message)).one()
    assert message.subject == "Hi Bcc: all@example.org"
