"""Put a message in the outbox, and hand each over once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from cfp.db import db, transaction
from cfp.errors import Refused
from cfp.mail import bounces, queries
from cfp.mail.delivery import Delivery, Then, Undeliverable
from cfp.mail.models import Attachment, Message, MessageState

DELIVERY = "deliver mail"  # what the worker calls it
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 6


class Addressee(Protocol):
    """Whoever gets mail: a person, as far as the outbox is concerned."""

    @property
    def id(self) -> Any: ...

    @property
    def email(self) -> Any: ...

    @property
    def name(self) -> Any: ...

    @property
    def language(self) -> Any: ...


@dataclass(frozen=True)
class Correspondent:
    """Whoever gets mail at an address that need not belong to an account."""

    email: str
    name: str
    language: str
    id: None = None


def post(
    kind: str,
    to: Addressee,
    *,
    at: datetime,
    conference_id: int | None = None,
    key: str | None = None,
    **context: Any,
) -> Message | None:
    """Write the message ``templates/mail/{kind}.txt`` to ``to`` into the outbox.

    The template's first line is the subject. A ``key`` that was used before posts nothing and
    returns None: that is how a letter is never sent twice.
    """
    if not to.email or (key and _was_posted(key)):
        return None
    with force_locale(to.language):
        text = render_template(f"mail/{kind}.txt", person=to, **context)
    subject, _newline, body = text.strip().partition("\n")
    return post_text(kind, to, subject, body.strip(), at=at, conference_id=conference_id, key=key)


def post_text(
    kind: str,
    to: Addressee,
    subject: str,
    body: str,
    *,
    at: datetime,
    conference_id: int | None = None,
    key: str | None = None,
) -> Message | None:
    """Write a finished text into the outbox; a person without an address gets nothing."""
    if not to.email or (key and _was_posted(key)):
        return None
    message = Message(
        kind=kind,
        person_id=to.id,
        to=to.email,
        subject=" ".join(subject.split())[:250],
        body=body,
        key=key,
        conference_id=conference_id,
        created_at=at,
        due_at=at,
    )
    db.session.add(message)
    db.session.flush()
    return message


def attach(message: Message, name: str, media_type: str, data: bytes) -> None:
    """Send a file along; what it is called is ours to say and holds nobody's words."""
    db.session.add(
        Attachment(message_id=message.id, name=name[:120], media_type=media_type, data=data)
    )
    db.session.flush()


def _was_posted(key: str) -> bool:
    return db.session.scalar(sa.select(Message.id).where(Message.key == key)) is not None


def is_due(at: datetime) -> bool:
    """Whether anything waits to be handed over."""
    return db.session.scalar(queries.due(at).with_only_columns(Message.id).limit(1)) is not None


def deliver_due(delivery: Delivery, at: datetime, most: int = 100) -> int:
    """Hand over what is due; returns how many were sent. Safe to run in several workers.

    Each message is claimed in a transaction of its own before the outside world hears of it. A
    worker that dies in between leaves it ``sending``; it then becomes ``unclear`` and a person
    decides, because a mail that may have left must not leave twice.
    """
    give_up_abandoned(at)
    with transaction():
        ids = db.session.scalars(queries.due(at).with_only_columns(Message.id).limit(most)).all()
    return sum(_deliver(message_id, delivery, at) for message_id in ids)


def give_up_abandoned(at: datetime) -> None:
    with transaction():
        for message in db.session.scalars(queries.abandoned(at)):
            message.state = MessageState.UNCLEAR
            message.error = "The worker stopped while handing this over."


def _deliver(message_id: int, delivery: Delivery, at: datetime) -> bool:
    if not _claim(message_id, at):
        return False
    message = db.session.get_one(Message, message_id)
    error = None
    try:
        delivery.send(message)
    except Undeliverable as failure:
        error = failure
    with transaction():
        _report(db.session.get_one(Message, message_id), error, at)
    return error is None


def _claim(message_id: int, at: datetime) -> bool:
    """Take the message for this worker; False when another was faster."""
    with transaction():
        taken = db.session.execute(
            sa.update(Message)
            .where(Message.id == message_id, Message.state == MessageState.WAITING)
            .values(
                state=MessageState.SENDING,
                lease_until=at + LEASE,
                attempts=Message.attempts + 1,
            )
        )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _report(message: Message, error: Undeliverable | None, at: datetime) -> None:
    message.lease_until = None
    if error is None:
        message.state, message.sent_at, message.error = MessageState.SENT, at, ""
        return
    message.error = str(error)[:300]
    if error.then is Then.ASK:
        message.state = MessageState.UNCLEAR
    elif error.then is Then.NEVER or message.attempts >= MOST_ATTEMPTS:
        message.state = MessageState.FAILED
    else:
        message.state = MessageState.WAITING
        message.due_at = at + timedelta(minutes=2**message.attempts)


def take_bounce(raw: bytes, at: datetime) -> Message | None:
    """Mark the letter that a mail server sent back; None where it is none of ours.

    Anybody can write such a report, so it has to name both the number of a letter that left and
    the address to which it went; all it can do is put a mark beside it.
    """
    found = bounces.read(raw)
    message = db.session.get(Message, found.number) if found else None
    if found is None or message is None or message.to.lower() != found.recipient:
        return None
    if not has_left(message):
        return None
    mark_bounced(message, found.reason, at)
    return message


def has_left(message: Message) -> bool:
    return message.state in {MessageState.SENT, MessageState.UNCLEAR}


def mark_bounced(message: Message, reason: str, at: datetime) -> None:
    """It came back: a mail server said so, or somebody to whom its report went."""
    if not has_left(message):
        raise Refused(_("This message has not left."))
    message.bounced_at, message.bounce = message.bounced_at or at, reason or None
    db.session.flush()


def unmark_bounced(message: Message) -> None:
    """It did arrive: the report was wrong, or the mark was."""
    message.bounced_at = message.bounce = None
    db.session.flush()


def send_again(message: Message, at: datetime) -> None:
    """Somebody looked at an unclear or failed message and wants it sent."""
    is_stuck = message.state in {MessageState.UNCLEAR, MessageState.FAILED}
    if not is_stuck and message.bounced_at is None:
        raise Refused(_("This message is not stuck; it needs no second sending."))
    message.state, message.due_at, message.attempts = MessageState.WAITING, at, 0
    message.bounced_at = message.bounce = None
