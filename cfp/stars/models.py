"""Lists of starred talks, with or without an account, and what was counted in them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp.db import Model
from cfp.submissions.models import Talk


class StarList(Model):
    """What one visitor wants to see: a person's, or that of a browser which holds its secret.

    Of a browser nothing else is known: no address, no device, no moment but the day.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    browser_hash: Mapped[str | None] = mapped_column(sa.String(64))
    feed_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    changed_on: Mapped[date]

    stars: Mapped[list["Star"]] = relationship(
        back_populates="list", cascade="all, delete-orphan", order_by="Star.talk_id"
    )

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "person_id"),
        sa.UniqueConstraint("conference_id", "browser_hash"),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (browser_hash IS NULL)", name="person_or_browser"
        ),
    )


class Star(Model):
    """One talk that a visitor wants to see."""

    list_id: Mapped[int] = mapped_column(
        sa.ForeignKey("star_list.id", ondelete="CASCADE"), primary_key=True
    )
    talk_id: Mapped[int] = mapped_column(
        sa.ForeignKey("talk.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    list: Mapped[StarList] = relationship(back_populates="stars")
    talk: Mapped[Talk] = relationship()


class Interest(Model):
    """What was counted in all lists of an edition: one row, made anew now and then."""

    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), primary_key=True
    )
    lists: Mapped[int]
    stars: Mapped[dict[str, Any]] = mapped_column(default=dict)  # talk's id -> how many
    pairs: Mapped[list[Any]] = mapped_column(default=list)  # see counting.as_json
    # Two talks and how many want both, be they few: for plans only, gone with the lists.
    together: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    counted_at: Mapped[datetime]
