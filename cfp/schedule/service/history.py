"""Take back what one did to the draft, and do it again; what others did since is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db, in_any_case
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.schedule import queries
from cfp.schedule.models import Schedule, Step, StepKind, StepState
from cfp.schedule.service.hand import Hand, Stand, read_stand
from cfp.schedule.service.programme import changed_meanwhile
from cfp.schedule.service.told import tell
from cfp.submissions.models import Talk


def undo(
    conference: Conference, *, by: Person, at: datetime, edit: int | None = None
) -> Step | None:
    """Put everything that one's last step touched back to where it stood before."""
    hand = Hand(conference, by=by, at=at, edit=edit)
    step = next_step(hand.draft, by, StepState.DONE)
    if step is None:
        raise Refused(_("There is nothing of yours to take back."))
    made = _go(hand, StepKind.UNDID, step, step.after, step.before)
    step.state = StepState.UNDONE
    return made


def redo(
    conference: Conference, *, by: Person, at: datetime, edit: int | None = None
) -> Step | None:
    """Do again what one took back last."""
    hand = Hand(conference, by=by, at=at, edit=edit)
    step = next_step(hand.draft, by, StepState.UNDONE)
    if step is None:
        raise Refused(_("There is nothing of yours to do again."))
    made = _go(hand, StepKind.REDID, step, step.before, step.after)
    step.state = StepState.DONE
    return made


def next_step(draft: Schedule | None, by: Person, state: StepState) -> Step | None:
    """What would be taken back (done) or done again (undone) next."""
    if draft is None or draft.id is None:
        return None
    found: Step | None = db.session.scalars(
        queries.steps_of(draft.id, by.id, state).limit(1)
    ).first()
    return found


def _go(
    hand: Hand, kind: StepKind, step: Step, start: Mapping[str, Any], to: Mapping[str, Any]
) -> Step | None:
    """From where the step's sessions must stand now to where they are to stand."""
    conference = hand.conference
    asked = queries.plain_talks(conference.id).where(Talk.id.in_([int(name) for name in to]))
    talks = {str(talk.id): talk for talk in db.session.scalars(asked)}
    rooms = {room.id for room in conference.rooms}
    wanted: dict[Talk, Stand | None] = {}
    for name in to.keys() & talks.keys():
        stand = read_stand(to[name])
        if hand.stand(int(name)) != read_stand(start[name]):
            _leave_to_history(step.id)
            later = list(db.session.scalars(queries.steps_since(hand.draft.id, step.edit)))
            raise changed_meanwhile(
                tell(conference, [one for one in later if name in one.after][-1:])
            )
        if stand is not None and stand.room_id not in rooms:
            raise Refused(_("That room is not there any more."))
        wanted[talks[name]] = stand
    made = hand.change(kind, wanted)
    action = "took back a change" if kind is StepKind.UNDID else "redid a change"
    log(action, hand.draft, by=hand.by, at=hand.at, step=step.edit)
    return made


def _leave_to_history(step_id: int) -> None:
    """What somebody else overtook is not asked for again: the next press goes on before it."""

    def let_go() -> None:
        db.session.get_one(Step, step_id).state = StepState.PAST

    in_any_case(let_go)
