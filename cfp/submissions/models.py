"""What somebody proposed, who speaks, what was decided, and what is announced."""

import uuid
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code, short_code
from cfp.conference.models import Conference, Format, Track
from cfp.db import Model, enum_column
from cfp.people.models import Person


class SubmissionState(Enum):
    """Where a proposal stands with its speakers; what the committee said is its Decision."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class Level(Enum):
    """Whom a talk is for."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Submission(Model):
    """What somebody proposed. Its text is frozen at the decision; the programme prints the Talk."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=short_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    source_key: Mapped[str | None] = mapped_column(sa.String(120))  # its id where it came from
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    abstract: Mapped[str] = mapped_column(sa.Text, default="")
    format_id: Mapped[int | None] = mapped_column(sa.ForeignKey("format.id"))
    track_id: Mapped[int | None] = mapped_column(sa.ForeignKey("track.id"))
    level: Mapped[Level | None] = mapped_column(enum_column(Level, "level"))
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    recording_consent: Mapped[bool] = mapped_column(default=True)
    travel_support: Mapped[bool] = mapped_column(default=False)
    travel_sponsor: Mapped[bool] = mapped_column(default=False)  # the employer pays, and says so
    people_most: Mapped[int | None]  # whom an offer takes along
    state: Mapped[SubmissionState] = mapped_column(
        enum_column(SubmissionState, "state"), default=SubmissionState.DRAFT
    )
    version: Mapped[int] = mapped_column(default=1)
    saved_by: Mapped[str | None] = mapped_column(sa.String(40))  # the last save of a script
    created_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime | None]

    conference: Mapped[Conference] = relationship()
    format: Mapped[Format | None] = relationship()
    track: Mapped[Track | None] = relationship()
    speakers: Mapped[list["Speaker"]] = relationship(
        back_populates="submission",
        order_by="Speaker.position, Speaker.id",
        cascade="all, delete-orphan",
    )
    decision: Mapped["Decision | None"] = relationship(back_populates="submission")
    talk: Mapped["Talk | None"] = relationship(
        back_populates="submission",
        primaryjoin="and_(Talk.submission_id == Submission.id, Talk.part == 1)",
    )
    later_parts: Mapped[list["Talk"]] = relationship(
        primaryjoin="and_(Talk.submission_id == Submission.id, Talk.part > 1)",
        order_by="Talk.part",
        viewonly=True,
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy's own idiom)
    __table_args__ = (
        sa.UniqueConstraint("conference_id", "source_key"),
        sa.Index(None, "conference_id", "state"),
        sa.Index(None, "conference_id", "track_id"),
        sa.CheckConstraint(
            "state = 'draft' OR (length(title) > 0 AND format_id IS NOT NULL)", name="complete"
        ),
        sa.CheckConstraint("people_most BETWEEN 1 AND 500", name="people_most_range"),
    )


class Speaker(Model):
    """A person on a submission: in which order, and whether they said yes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]

    submission: Mapped[Submission] = relationship(back_populates="speakers")
    person: Mapped[Person] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("submission_id", "person_id"),
        sa.CheckConstraint("confirmed_at IS NULL OR declined_at IS NULL", name="one_answer"),
    )


class UnsentEdit(Model):
    """What a speaker typed over a handed-in proposal and did not hand in: theirs alone."""

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    seen: Mapped[int]  # the version of the proposal that it is typed over
    typed: Mapped[dict[str, Any]]  # field of the form -> values, as they stand in it
    saved_by: Mapped[str] = mapped_column(sa.String(40))  # the last save, for other tabs to notice
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("submission_id", "person_id"),)


class Degree(Enum):
    """How far somebody can be there; a time that nobody named is a yes."""

    IF_NEED_BE = "if_need_be"
    NO = "no"


class Availability(Model):
    """A stretch of the conference in which a speaker cannot, or would rather not, be on stage."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    degree: Mapped[Degree] = mapped_column(enum_column(Degree, "degree"))

    __table_args__ = (sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),)


class Outcome(Enum):
    """What the committee decided."""

    ACCEPT = "accept"
    WAITLIST = "waitlist"
    REJECT = "reject"


class Decision(Model):
    """Accept, waitlist or reject: by whom, when, why, and whether the speakers were told."""

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id", ondelete="CASCADE"), unique=True
    )
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome, "outcome"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))  # none without a judge
    at: Mapped[datetime] = mapped_column(default=clock.now)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    told_at: Mapped[datetime | None]
    told_outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome, "told_outcome"))

    submission: Mapped[Submission] = relationship(back_populates="decision")
    by: Mapped[Person] = relationship()


class TalkState(Enum):
    """Accepted talks wait for their speakers; a cancelled talk stays visible as cancelled."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Talk(Model):
    """What is announced. Its speakers are those of its submission.

    One that is given in several parts has a row for each; the first stands for all of them.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=short_code)
    guid: Mapped[str] = mapped_column(sa.String(36), default=lambda: str(uuid.uuid4()))
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id", ondelete="CASCADE"))
    part: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(sa.String(200))
    subtitle: Mapped[str] = mapped_column(sa.String(200), default="")
    abstract: Mapped[str] = mapped_column(sa.Text, default="")
    format_id: Mapped[int] = mapped_column(sa.ForeignKey("format.id"))
    track_id: Mapped[int | None] = mapped_column(sa.ForeignKey("track.id"))
    minutes: Mapped[int]
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    recording_consent: Mapped[bool] = mapped_column(default=True)
    state: Mapped[TalkState] = mapped_column(
        enum_column(TalkState, "state"), default=TalkState.UNCONFIRMED
    )

    submission: Mapped[Submission] = relationship(back_populates="talk")
    format: Mapped[Format] = relationship()
    track: Mapped[Track | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "guid"),
        sa.UniqueConstraint("submission_id", "part"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_range"),
    )


class RequestState(Enum):
    """What became of a wish."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ChangeRequest(Model):
    """What a speaker would like to be different after the yes: title, length, speakers."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    submission_id: Mapped[int] = mapped_column(
        sa.ForeignKey("submission.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    wanted: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[RequestState] = mapped_column(
        enum_column(RequestState, "request_state"), default=RequestState.OPEN
    )
    answered_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")

    submission: Mapped[Submission] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])


class Stay(Model):
    """How a speaker comes to an edition, where they sleep, what they need for it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id", ondelete="CASCADE"))
    comes_from: Mapped[str] = mapped_column(sa.String(120), default="")
    needs_travel: Mapped[bool] = mapped_column(default=False)
    travel_cost: Mapped[int | None]  # in whole euros, as the speaker thinks
    needs_hotel: Mapped[bool] = mapped_column(default=False)
    arrives_on: Mapped[date | None]
    leaves_on: Mapped[date | None]
    wishes: Mapped[str] = mapped_column(sa.Text, default="")

    person: Mapped[Person] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "person_id"),
        sa.CheckConstraint("leaves_on > arrives_on", name="leaves_after_arriving"),
    )
