"""A mail that came back marks the letter it names, and nothing else can."""

from email.message import EmailMessage

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.db import transaction
from cfp.mail import bounces, service
from cfp.mail.delivery import as_email
from cfp.mail.models import Message, MessageState
from tests.make import make_conference, make_member

FROM = "Here <here@callboard.example>"


def report(message, recipient=None, action="failed", status="5.1.1", number=None):
    """What a mail server sends back (RFC 3464)."""
    sent = as_email(message, FROM).as_string()
    if number is not None:
        sent = sent.replace(f".{message.id}@", f".{number}@")
    told = (
        f"Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; "
        f"{recipient or message.to}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such user here\r\n"
    )
    parts = [
        "Content-Type: text/plain\r\n\r\nIt could not be delivered.",
        f"Content-Type: message/delivery-status\r\n\r\n{told}",
        f"Content-Type: message/rfc822\r\n\r\n{sent}",
    ]
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/report; boundary="x"\r\n\r\n'
    return (head + "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--\r\n").encode()


def letter(state=MessageState.SENT):
    message = Message(
        kind="accepted", to="eve@example.org", subject="Yes", body="Come.", state=state
    )
    database.session.add(message)
    database.session.flush()
    return message


def test_a_letter_that_came_back_is_marked_with_the_servers_words(db, now):
    message = letter()
    assert service.take_bounce(report(message), now) is message
    assert (message.bounced_at, message.bounce) == (now, "5.1.1 550 5.1.1 No such user here")


@pytest.mark.parametrize(
    "other",
    [
        {"recipient": "somebody@example.org"},
        {"number": 99},
        {"action": "delayed", "status": "4.4.1"},
        {"status": "2.0.0"},
    ],
)
def test_what_is_not_about_a_letter_of_ours_that_failed_marks_nothing(db, now, other):
    message = letter()
    assert service.take_bounce(report(message, **other), now) is None
    assert message.bounced_at is None


def test_a_letter_that_never_left_cannot_come_back(db, now):
    assert service.take_bounce(report(letter(MessageState.WAITING)), now) is None


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00", b"Subject: I am away\r\n\r\nUntil Monday.", b"x" * 2_000_001]
)
def test_anything_else_is_no_report(raw):
    assert bounces.read(raw) is None


def test_a_letter_that_came_back_may_be_sent_anew_by_a_person(db, now):
    message = letter()
    service.take_bounce(report(message), now)
    service.send_again(message, now)
    assert (message.state, message.bounced_at) == (MessageState.WAITING, None)


def test_an_organiser_marks_by_hand_what_came_back_to_their_own_mailbox(client, house, db):
    edition = make_conference(slug="here")
    message, waits = letter(), letter(MessageState.WAITING)
    message.conference_id = waits.conference_id = edition.id
    message.to = "mila.sommer@example.org"
    visitor = client(make_member(edition, Role.ORGANISER))
    assert "mila.sommer" in visitor.get("/here/team/mail/?q=SOMMER").text
    assert "Nothing like that" in visitor.get("/here/team/mail/?q=winter").text
    place = f"/here/team/mail/{message.id}/"
    visitor.post(f"{place}came-back", {"reason": "x" * 400}, status=422)
    visitor.post(f"{place}came-back", {"reason": "No such user"})
    assert "No such user" in visitor.get(place).text
    assert "mila.sommer" in visitor.get("/here/team/mail/?state=came-back").text
    for _press in range(2):
        visitor.post(f"{place}arrived")
    database.session.refresh(message)
    assert (message.bounced_at, message.bounce) == (None, None)
    visitor.post(f"/here/team/mail/{waits.id}/came-back", status=409)


def test_the_command_takes_what_the_mail_server_pipes(house):
    with transaction():
        raw = report(letter())
    run = house.test_cli_runner().invoke
    told = run(args=["mail", "bounce"], input=raw)
    assert (told.exit_code, "came back: 5.1.1" in told.output) == (0, True)
    told = run(args=["mail", "bounce"], input=b"Subject: I am away\r\n\r\n")
    assert (told.exit_code, "no report" in told.output) == (1, True)


def test_the_report_is_built_as_mail_programs_read_it():
    built = EmailMessage()
    built["Message-ID"] = "<17.42.3@example.org>"
    assert bounces.OURS.fullmatch(str(built["Message-ID"]))[1] == "3"
