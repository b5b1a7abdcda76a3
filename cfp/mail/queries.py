"""Questions about the outbox, as selects."""

from datetime import datetime

import sqlalchemy as sa

from cfp.mail.models import Message, MessageState, Wording


def due(at: datetime) -> sa.Select[Message]:
    """What may be handed over now, oldest first."""
    return (
        sa.select(Message)
        .where(Message.state == MessageState.WAITING, Message.due_at <= at)
        .order_by(Message.due_at, Message.id)
    )


def abandoned(at: datetime) -> sa.Select[Message]:
    """What a worker took and never reported back."""
    return sa.select(Message).where(
        Message.state == MessageState.SENDING, Message.lease_until <= at
    )


def of_conference(conference_id: int) -> sa.Select[Message]:
    return (
        sa.select(Message).where(Message.conference_id == conference_id).order_by(Message.id.desc())
    )


def came_back(conference_id: int) -> sa.Select[Message]:
    """What left and was sent back, the latest first."""
    return (
        sa.select(Message)
        .where(Message.conference_id == conference_id, Message.bounced_at.is_not(None))
        .order_by(Message.bounced_at.desc(), Message.id.desc())
    )


def matching(select: sa.Select[Message], q: str) -> sa.Select[Message]:
    """Those of them whose address or subject holds each of the words."""
    for word in q.split()[:8]:
        inside = (
            column.icontains(word, autoescape=True) for column in (Message.to, Message.subject)
        )
        select = select.where(sa.or_(*inside))
    return select


def wordings(conference_id: int) -> sa.Select[Wording]:
    return sa.select(Wording).where(Wording.conference_id == conference_id)


def wording(conference_id: int, kind: str, language: str) -> sa.Select[Wording]:
    return wordings(conference_id).where(Wording.kind == kind, Wording.language == language)


def newest() -> sa.Select[Message]:
    return sa.select(Message).order_by(Message.id.desc())


def counts(conference_id: int) -> sa.Select[MessageState, int]:
    """How many messages of an edition are in which state."""
    return (
        sa.select(Message.state, sa.func.count())
        .where(Message.conference_id == conference_id)
        .group_by(Message.state)
    )
