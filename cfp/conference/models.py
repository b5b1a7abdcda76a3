"""One edition of the conference and what it is made of."""

from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.access import TEAM, Role
from cfp.db import Model, enum_column
from cfp.people.models import Person


class Publicity(Enum):
    """Who sees an edition: its team only, or everybody."""

    DRAFT = "draft"
    PUBLIC = "public"


class Conference(Model):
    """One edition. Deadlines are UTC moments; the form writes them in the edition's zone."""

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    tagline: Mapped[str] = mapped_column(sa.String(200), default="")
    about: Mapped[str] = mapped_column(sa.Text, default="")
    venue: Mapped[str] = mapped_column(sa.String(200), default="")
    city: Mapped[str] = mapped_column(sa.String(80), default="")
    timezone: Mapped[str] = mapped_column(sa.String(60), default="Europe/Berlin")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    publicity: Mapped[Publicity] = mapped_column(
        enum_column(Publicity, "publicity"), default=Publicity.DRAFT
    )
    accent: Mapped[int] = mapped_column(default=255)  # hue in degrees, a multiple of 15
    organisers_need_factor: Mapped[bool] = mapped_column(default=False)  # a code of the phone
    raster_minutes: Mapped[int] = mapped_column(default=5)
    walk_minutes: Mapped[int] = mapped_column(default=0)

    call_text: Mapped[str] = mapped_column(sa.Text, default="")
    call_opens_at: Mapped[datetime | None]
    call_closes_at: Mapped[datetime | None]
    reviews_due_at: Mapped[datetime | None]
    confirm_by: Mapped[datetime | None]
    blind: Mapped[bool] = mapped_column(default=True)
    reviews_each: Mapped[int] = mapped_column(default=3)
    talks_wanted: Mapped[int | None]
    takes_wishes: Mapped[bool] = mapped_column(default=False)  # visitors say what to hear
    # Whoever waits takes a place that becomes free without anybody's press.
    moves_up: Mapped[bool] = mapped_column(default=True, server_default=sa.false())
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    rooms: Mapped[list["Room"]] = relationship(order_by="Room.position, Room.id")
    tracks: Mapped[list["Track"]] = relationship(order_by="Track.position, Track.id")
    formats: Mapped[list["Format"]] = relationship(order_by="Format.position, Format.id")

    __table_args__ = (
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        sa.CheckConstraint("call_closes_at > call_opens_at", name="call_closes_after_opening"),
        sa.CheckConstraint("reviews_each BETWEEN 1 AND 9", name="reviews_each_range"),
        sa.CheckConstraint("raster_minutes IN (5, 10, 15, 20, 30, 60)", name="raster_known"),
    )

    @property
    def days(self) -> list[date]:
        """Its days, first to last."""
        return [
            self.starts_on + timedelta(days=n)
            for n in range((self.ends_on - self.starts_on).days + 1)
        ]

    def call_is_open(self, at: datetime) -> bool:
        """Whether anybody may hand in a proposal at that moment; the last second counts."""
        return self.takes_proposals(None, at)

    def takes_proposals(self, track_id: int | None, at: datetime) -> bool:
        """Whether the call is open for a track; without one, for any of them."""
        if self.call_opens_at is None or at < self.call_opens_at:
            return False
        return not clock.is_past(self.call_ends(track_id), at)

    def call_ends(self, track_id: int | None) -> datetime | None:
        """When the call ends for a track, or for the last of them; None where no end is set."""
        if self.call_closes_at is None:
            return None
        own = {track.id: track.call_closes_at for track in self.tracks if track.call_closes_at}
        if track_id is not None:
            return own.get(track_id, self.call_closes_at)
        return max([self.call_closes_at, *own.values()])


class Room(Model):
    """A place where talks happen."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    guid: Mapped[str | None] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(80))
    capacity: Mapped[int | None]
    equipment: Mapped[list[Any]] = mapped_column(default=list)
    records: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "name"),
        sa.CheckConstraint("capacity > 0", name="capacity_positive"),
    )


class Track(Model):
    """A thematic stream. Its colour is one of the twelve of the design, never the only sign."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(80))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    colour: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    talks_least: Mapped[int | None]
    talks_most: Mapped[int | None]
    call_closes_at: Mapped[datetime | None]  # where it differs from the edition's

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "name"),
        sa.CheckConstraint("colour BETWEEN 1 AND 12", name="colour_known"),
        sa.CheckConstraint("talks_most >= talks_least", name="talks_most_not_below_least"),
    )


class FormatKind(Enum):
    """How a format comes about."""

    SESSION = "session"  # proposed, judged, put into the schedule
    OFFER = "offer"  # "I take twenty people to my favourite bar": has no room
    KEYNOTE = "keynote"  # by invitation only


class Format(Model):
    """A kind of session with its minutes: lecture, workshop, panel ..."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(80))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    minutes: Mapped[int]
    kind: Mapped[FormatKind] = mapped_column(
        enum_column(FormatKind, "format_kind"), default=FormatKind.SESSION
    )
    position: Mapped[int] = mapped_column(default=0)
    talks_wanted: Mapped[int | None]

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "name"),
        sa.CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes_range"),
    )


class Membership(Model):
    """A role that a person has in one edition; nowhere else."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role] = mapped_column(enum_column(Role, "role"))
    track_id: Mapped[int | None] = mapped_column(sa.ForeignKey("track.id", ondelete="CASCADE"))

    conference: Mapped[Conference] = relationship()
    person: Mapped[Person] = relationship()
    track: Mapped[Track | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "person_id", "role"),
        sa.CheckConstraint(
            "role IN ({})".format(", ".join(f"'{role.value}'" for role in sorted(TEAM, key=str))),
            name="role_of_the_team",
        ),
    )
