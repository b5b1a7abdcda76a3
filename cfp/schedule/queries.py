"""Questions about the grid, the draft and the released versions, as selects."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from cfp.conference.models import Conference, Format, FormatKind, Membership, Room
from cfp.people.models import Person
from cfp.schedule.models import (
    Alternative,
    AlternativeState,
    Break,
    Opening,
    Placement,
    Schedule,
    ScheduleState,
    Step,
    StepState,
)
from cfp.stars.models import Interest
from cfp.submissions.models import (
    Availability,
    Speaker,
    Submission,
    SubmissionState,
    Talk,
    TalkState,
)


def releases(conference_id: int) -> sa.Select[Schedule]:
    """All released versions, newest first."""
    return (
        sa.select(Schedule)
        .where(Schedule.conference_id == conference_id, Schedule.state == ScheduleState.RELEASED)
        .order_by(Schedule.number.desc())
    )


def current_release(conference_id: int) -> sa.Select[Schedule]:
    """The version that is announced: the newest released one."""
    return releases(conference_id).limit(1)


def current_release_and_interest(conference_id: int) -> sa.Select[Schedule, Interest]:
    """What is announced, and what visitors said of it; one row, either of them may be missing."""
    newest = current_release(conference_id).with_only_columns(Schedule.id).scalar_subquery()
    return (
        sa.select(Schedule, Interest)
        .select_from(Conference)
        .outerjoin(Schedule, Schedule.id == newest)
        .outerjoin(Interest, Interest.conference_id == Conference.id)
        .where(Conference.id == conference_id)
    )


def release_by_version(conference_id: int, version: str) -> sa.Select[Schedule]:
    return releases(conference_id).where(Schedule.version == version)


def draft(conference_id: int) -> sa.Select[Schedule]:
    """The one version that is being worked on."""
    return sa.select(Schedule).where(
        Schedule.conference_id == conference_id, Schedule.state == ScheduleState.DRAFT
    )


def draft_edit(conference_id: int) -> sa.Select[int]:
    return sa.select(Schedule.edit).where(
        Schedule.conference_id == conference_id, Schedule.state == ScheduleState.DRAFT
    )


def draft_and_placements(
    conference_id: int, person_id: int | None = None
) -> sa.Select[Schedule, bool, bool, Placement]:
    """The draft with each of its placements; one row without a placement when it is empty.

    Between them stands whether that person has steps to take back, and to do again.
    """
    return (
        draft(conference_id)
        .add_columns(
            _has_steps(person_id, StepState.DONE),
            _has_steps(person_id, StepState.UNDONE),
            Placement,
        )
        .outerjoin(Placement, Placement.schedule_id == Schedule.id)
        .order_by(Placement.starts_at, Placement.id)
    )


def _has_steps(person_id: int | None, state: StepState) -> sa.Exists:
    mine = sa.and_(Step.by_id == person_id, Step.state == state)
    return sa.exists().where(Step.schedule_id == Schedule.id, mine)


def talks(conference_id: int) -> sa.Select[Talk]:
    """What is to be placed: all talks but the cancelled, with everything a programme prints."""
    return (
        sa.select(Talk)
        .join(Talk.submission)
        .outerjoin(Submission.speakers)
        .outerjoin(Speaker.person)
        .options(
            contains_eager(Talk.submission)
            .contains_eager(Submission.speakers)
            .contains_eager(Speaker.person),
            joinedload(Talk.format),
            joinedload(Talk.track),
        )
        .where(to_be_placed(conference_id))
        .order_by(Talk.title, Talk.id, Speaker.position, Speaker.id)
    )


def plain_talks(conference_id: int) -> sa.Select[Talk]:
    """The same talks, and no more than that."""
    return sa.select(Talk).where(to_be_placed(conference_id))


def to_be_placed(conference_id: int) -> sa.ColumnElement[bool]:
    """Talks that take place in a room; an offer ("I take twenty people out") has none."""
    outside = sa.select(Format.id).where(Format.kind == FormatKind.OFFER)
    return sa.and_(
        Talk.conference_id == conference_id,
        Talk.state != TalkState.CANCELLED,
        Talk.format_id.not_in(outside),
    )


def codes_of(talk_ids: list[int]) -> sa.Select[str]:
    return sa.select(Talk.code).where(Talk.id.in_(talk_ids)).order_by(Talk.id)


def rooms_and_openings(conference_id: int) -> sa.Select[Room, Opening]:
    """Every room with each stretch in which it is open, in the order of the programme."""
    return (
        sa.select(Room, Opening)
        .outerjoin(Opening, Opening.room_id == Room.id)
        .where(Room.conference_id == conference_id)
        .order_by(Room.position, Room.id, Opening.starts_at)
    )


def openings_of(room_ids: list[int]) -> sa.Select[Opening]:
    return sa.select(Opening).where(Opening.room_id.in_(room_ids))


def breaks(conference_id: int) -> sa.Select[Break]:
    return (
        sa.select(Break)
        .where(Break.conference_id == conference_id)
        .order_by(Break.starts_at, Break.id)
    )


def availability(conference_id: int) -> sa.Select[Availability]:
    """When speakers cannot, or would rather not, be on stage."""
    return sa.select(Availability).where(Availability.conference_id == conference_id)


def people(ids: set[int]) -> sa.Select[Person]:
    return sa.select(Person).where(Person.id.in_(ids)).order_by(Person.id)


def team(conference_id: int) -> sa.Select[Person]:
    """Everybody with a role in the edition."""
    mine = sa.select(Membership.person_id).where(Membership.conference_id == conference_id)
    return sa.select(Person).where(Person.id.in_(mine)).order_by(Person.id)


def with_placements(select: sa.Select[Schedule]) -> sa.Select[Schedule]:
    return select.options(selectinload(Schedule.placements))


def steps_since(schedule_id: int, edit: int) -> sa.Select[Step]:
    """What was done to a draft after it had that edit, oldest first."""
    return (
        sa.select(Step)
        .options(joinedload(Step.by))
        .where(Step.schedule_id == schedule_id, Step.edit > edit)
        .order_by(Step.edit)
    )


def steps_of(schedule_id: int, person_id: int, state: StepState) -> sa.Select[Step]:
    """What one person did to a draft, in that state; what comes next is first.

    Done steps are taken back from the last on, undone ones redone from the first on.
    """
    by_edit = Step.edit.desc() if state is StepState.DONE else Step.edit
    return (
        sa.select(Step)
        .where(Step.schedule_id == schedule_id, Step.by_id == person_id, Step.state == state)
        .order_by(by_edit)
    )


def alternatives(conference_id: int) -> sa.Select[Alternative]:
    """What is supposed and neither adopted nor dropped yet, oldest first."""
    return (
        sa.select(Alternative)
        .options(joinedload(Alternative.run))
        .where(
            Alternative.conference_id == conference_id,
            Alternative.state == AlternativeState.OPEN,
        )
        .order_by(Alternative.id)
    )


def not_yet_accepted(conference_id: int) -> sa.Select[Submission]:
    """Proposals that are no talk: what could be accepted, too."""
    return (
        sa.select(Submission)
        .outerjoin(Submission.talk)
        .options(
            joinedload(Submission.format),
            joinedload(Submission.track),
            joinedload(Submission.decision),
            joinedload(Submission.speakers).joinedload(Speaker.person),
        )
        .where(
            Submission.conference_id == conference_id,
            Submission.state == SubmissionState.SUBMITTED,
            Talk.id.is_(None),
        )
        .order_by(Submission.title, Submission.id)
    )
