"""A talk that somebody wishes for, and the visitors who would like to hear it as well."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import Model, enum_column
from cfp.invited.models import Invitation


class WishState(Enum):
    """A stranger's words show once somebody of the team has read them."""

    WAITING = "waiting"
    SHOWN = "shown"
    REMOVED = "removed"


class WishedTalk(Model):
    """What to hear and why; who could tell of it is for the organisers' eyes alone."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(sa.String(120))
    why: Mapped[str] = mapped_column(sa.Text, default="")
    speaker: Mapped[str] = mapped_column(sa.String(200), default="")
    state: Mapped[WishState] = mapped_column(
        enum_column(WishState, "wish_state"), default=WishState.WAITING
    )
    forgotten: Mapped[int] = mapped_column(default=0)  # supporters of whom only the number is left
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    invitation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("invitation.id", ondelete="SET NULL")
    )

    conference: Mapped[Conference] = relationship()
    invitation: Mapped[Invitation | None] = relationship()

    __table_args__ = (sa.CheckConstraint("length(title) > 0", name="has_title"),)


class Support(Model):
    """One visitor's support of one wish: a person's, or that of a browser that holds a secret.

    Of a browser nothing else is known: no address, no device, no moment.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    wish_id: Mapped[int] = mapped_column(sa.ForeignKey("wished_talk.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    browser_hash: Mapped[str | None] = mapped_column(sa.String(64))

    __table_args__ = (
        sa.UniqueConstraint("wish_id", "person_id"),
        sa.UniqueConstraint("wish_id", "browser_hash"),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (browser_hash IS NULL)", name="person_or_browser"
        ),
    )
