"""The grid, the versions of the schedule that fill it, and what was done to the draft."""

from datetime import datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp.codes import new_code
from cfp.conference.models import Conference, Room
from cfp.db import Model, enum_column
from cfp.jobs.models import JobRun
from cfp.people.models import Person
from cfp.submissions.models import Talk


class Opening(Model):
    """A stretch of time in which a room is open for talks.

    ``raster_minutes``: how far apart the starts are, from its own start on; null as everywhere.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("room.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    raster_minutes: Mapped[int | None]

    room: Mapped[Room] = relationship()

    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint("raster_minutes BETWEEN 5 AND 480", name="raster_range"),
    )


class BreakKind(Enum):
    """What a time without talks is for."""

    PAUSE = "pause"  # lunch, coffee, doors: visitors read of it
    PLENARY = "plenary"  # everybody is in one room: no talk in any other
    BUFFER = "buffer"  # kept free for what comes late; visitors see nothing of it


class Break(Model):
    """Time without talks, in one room or (``room_id`` null) in all.

    Of a plenary the room is the one where all are, and those without talks are the others.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room.id", ondelete="CASCADE"))
    kind: Mapped[BreakKind] = mapped_column(
        enum_column(BreakKind, "kind"), default=BreakKind.PAUSE, server_default="pause"
    )
    title: Mapped[str] = mapped_column(sa.String(80))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint("kind <> 'plenary' OR room_id IS NOT NULL", name="plenary_has_room"),
    )

    def shuts(self, room_id: int) -> bool:
        """Whether it leaves this room without talks."""
        if self.kind is BreakKind.PLENARY:
            return room_id != self.room_id
        return self.room_id in {None, room_id}


class ScheduleState(Enum):
    """One draft an edition, and any number of released versions."""

    DRAFT = "draft"
    RELEASED = "released"


class Schedule(Model):
    """One version of the schedule. A released one never changes."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    state: Mapped[ScheduleState] = mapped_column(
        enum_column(ScheduleState, "state"), default=ScheduleState.DRAFT
    )
    number: Mapped[int | None]
    version: Mapped[str | None] = mapped_column(sa.String(40))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )
    edit: Mapped[int] = mapped_column(default=1)  # rises with every edit of a draft
    released_content: Mapped[dict[str, Any]] = mapped_column(default=dict)  # frozen at release
    digest: Mapped[str | None] = mapped_column(sa.String(64))  # SHA-256 of what was released
    # What a session needs on stage, by its id: whether all hear it, equipment, expected heads.
    conditions: Mapped[dict[str, Any] | None]
    waivers: Mapped[list[Any] | None]  # pairs of a rule and a subject for whom it is set aside
    # How the rules are taken, and what they go by: levels, minutes between, tracks alike, blocks.
    rulebook: Mapped[dict[str, Any] | None]

    conference: Mapped[Conference] = relationship()
    released_by: Mapped[Person | None] = relationship()
    placements: Mapped[list["Placement"]] = relationship(
        back_populates="schedule", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": edit}  # noqa: RUF012  (SQLAlchemy's own idiom)
    __table_args__ = (
        sa.UniqueConstraint("conference_id", "number"),
        sa.UniqueConstraint("conference_id", "version"),
        sa.Index(
            "uq_schedule_one_draft",
            "conference_id",
            unique=True,
            sqlite_where=sa.text("state = 'draft'"),
            postgresql_where=sa.text("state = 'draft'"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR (number IS NOT NULL AND version IS NOT NULL"
            " AND released_at IS NOT NULL)",
            name="release_is_numbered",
        ),
    )


class Placement(Model):
    """A talk in a room at a time, in one schedule; a pinned one is not moved by the solver."""

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(
        sa.ForeignKey("schedule.id", ondelete="CASCADE"), index=True
    )
    talk_id: Mapped[int] = mapped_column(sa.ForeignKey("talk.id", ondelete="CASCADE"), index=True)
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("room.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    pinned: Mapped[bool] = mapped_column(default=False)

    schedule: Mapped[Schedule] = relationship(back_populates="placements")
    talk: Mapped[Talk] = relationship()
    room: Mapped[Room] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("schedule_id", "talk_id"),
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )


class StepKind(Enum):
    """What somebody did to the draft."""

    MOVED = "moved"
    TOOK_OFF = "took_off"
    SWAPPED = "swapped"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    PLANNED = "planned"
    UNDID = "undid"
    REDID = "redid"


class StepState(Enum):
    """Whether a step counts, was taken back and may be redone, or is history and no more."""

    DONE = "done"
    UNDONE = "undone"
    PAST = "past"


class Step(Model):
    """One thing that somebody did to the draft, with where all it touched stood before and after.

    ``before`` and ``after`` hold for each session, by its id, its room, start and whether it was
    pinned; null for one without a place.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(sa.ForeignKey("schedule.id", ondelete="CASCADE"))
    edit: Mapped[int]  # the draft's, once this was done
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    kind: Mapped[StepKind] = mapped_column(enum_column(StepKind, "kind"))
    state: Mapped[StepState] = mapped_column(
        enum_column(StepState, "state"), default=StepState.DONE
    )
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]

    by: Mapped[Person | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("schedule_id", "edit"),)


class Supposition(Enum):
    """What an alternative supposes."""

    SPEAKER_CANCELS = "speaker_cancels"
    ROOM_IS_LOST = "room_is_lost"
    SESSION_MOVES = "session_moves"
    ALSO_ACCEPTED = "also_accepted"


class AlternativeState(Enum):
    """An alternative is open until somebody adopts or drops it."""

    OPEN = "open"
    ADOPTED = "adopted"
    DROPPED = "dropped"


class Alternative(Model):
    """What if: something supposed about the draft, and the plan with the least change for it.

    ``supposed`` holds by kind: the person's id; the room's id and the day, or null for all; the
    session's id, room and start; the ids of proposals.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(160))
    kind: Mapped[Supposition] = mapped_column(enum_column(Supposition, "kind"))
    supposed: Mapped[dict[str, Any]]
    state: Mapped[AlternativeState] = mapped_column(
        enum_column(AlternativeState, "state"), default=AlternativeState.OPEN
    )
    run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("job_run.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]

    run: Mapped[JobRun | None] = relationship()
