"""A hand on the draft: it holds it, sees what others did meanwhile, moves sessions, remembers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.schedule import queries
from cfp.schedule.models import Placement, Schedule, Step, StepKind, StepState
from cfp.schedule.service.programme import changed_meanwhile, hold_draft, touch
from cfp.schedule.service.told import tell
from cfp.submissions.models import Talk


@dataclass(frozen=True)
class Stand:
    """Where a session stands, and whether it is held there."""

    room_id: int
    starts_at: datetime
    pinned: bool = False

    def written(self) -> list[Any]:
        return [self.room_id, self.starts_at.astimezone(UTC).isoformat(), self.pinned]


def read_stand(written: list[Any] | None) -> Stand | None:
    """A stand as a step remembers it."""
    if written is None:
        return None
    room_id, start, pinned = written
    return Stand(room_id, datetime.fromisoformat(start), pinned)


class Hand:
    """Holds the draft until the transaction ends.

    ``edit`` is the draft that the person saw; None asks for no check. What others changed since
    stands in ``meanwhile``: a change that touches none of it is made, any other refused.
    """

    def __init__(
        self, conference: Conference, *, by: Person | None, at: datetime, edit: int | None
    ) -> None:
        self.conference = conference
        self.by = by
        self.at = at
        self.draft: Schedule = hold_draft(conference)
        self.meanwhile: list[Step] = self._since(edit)
        self._placed = {placement.talk_id: placement for placement in self.draft.placements}

    def _since(self, edit: int | None) -> list[Step]:
        if edit is None or edit == self.draft.edit:
            return []
        if not 0 <= edit <= self.draft.edit:
            raise changed_meanwhile()
        return list(db.session.scalars(queries.steps_since(self.draft.id, edit)))

    def find(self, talk_id: int) -> Placement | None:
        return self._placed.get(talk_id)

    def get(self, talk_id: int) -> Placement:
        placement = self.find(talk_id)
        if placement is None:
            raise Refused(_("This session is not on the grid any more."))
        return placement

    def stand(self, talk_id: int) -> Stand | None:
        placement = self.find(talk_id)
        return _stand_of(placement) if placement else None

    def change(self, kind: StepKind, wanted: Mapping[Talk, Stand | None]) -> Step | None:
        """Put each of these sessions there, or (None) to the side; what stands so is no change.

        Returns what is remembered of it; None if nothing changed.
        """
        self.refuse_if_touched(wanted)
        changed = {talk: to for talk, to in wanted.items() if self.stand(talk.id) != to}
        if not changed:
            return None
        before = {talk: self.stand(talk.id) for talk in changed}
        for talk, to in changed.items():
            self._put(talk, to)
        touch(self.draft)
        step = Step(
            schedule_id=self.draft.id,
            edit=self.draft.edit,
            by=self.by,
            at=self.at,
            kind=kind,
            before=_written(before),
            after=_written(changed),
        )
        if kind in {StepKind.UNDID, StepKind.REDID}:
            step.state = StepState.PAST
        else:
            self._forget_undone()
        db.session.add(step)
        db.session.flush()
        return step

    def refuse_if_touched(self, wanted: Mapping[Talk, Stand | None]) -> None:
        """Refuse what touches a session, or needs a place, that somebody else changed meanwhile."""
        names = {str(talk.id) for talk in wanted}
        taken = [
            step
            for step in self.meanwhile
            if names & step.after.keys() or any(self._is_in_the_way(step, wanted))
        ]
        if taken:
            raise changed_meanwhile(tell(self.conference, taken))

    def _is_in_the_way(self, step: Step, wanted: Mapping[Talk, Stand | None]) -> Iterable[bool]:
        """For each session that the step put somewhere and each place wanted: do they collide?"""
        theirs = [self.find(int(name)) for name, there in step.after.items() if there]
        for talk, to in wanted.items():
            if to is None:
                continue
            end = to.starts_at + timedelta(minutes=talk.minutes)
            for other in theirs:
                if other is not None and other.room_id == to.room_id:
                    yield other.starts_at < end and to.starts_at < other.ends_at

    def _put(self, talk: Talk, to: Stand | None) -> None:
        placement = self.find(talk.id)
        if to is None:
            if placement is not None:
                self.draft.placements.remove(placement)
                del self._placed[talk.id]
            return
        room = next(room for room in self.conference.rooms if room.id == to.room_id)
        ends_at = to.starts_at + timedelta(minutes=talk.minutes)
        if placement is None:
            placement = Placement(
                talk=talk,
                talk_id=talk.id,
                room=room,
                room_id=room.id,
                starts_at=to.starts_at,
                ends_at=ends_at,
                pinned=to.pinned,
            )
            self.draft.placements.append(placement)
            self._placed[talk.id] = placement
            return
        placement.room, placement.room_id = room, room.id
        placement.starts_at, placement.ends_at = to.starts_at, ends_at
        placement.pinned = to.pinned

    def _forget_undone(self) -> None:
        """Who does something new cannot redo what they had taken back before."""
        if self.by is None:
            return
        undone = queries.steps_of(self.draft.id, self.by.id, StepState.UNDONE)
        for step in db.session.scalars(undone):
            step.state = StepState.PAST


def _stand_of(placement: Placement) -> Stand:
    return Stand(placement.room_id, placement.starts_at, placement.pinned)


def _written(stands: Mapping[Talk, Stand | None]) -> dict[str, Any]:
    return {str(talk.id): stand.written() if stand else None for talk, stand in stands.items()}
