"""Read everything the programme is made of, and hold the draft while somebody changes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.forms import clean_line
from cfp.people.models import Person
from cfp.schedule import queries
from cfp.schedule.decided import decided
from cfp.schedule.models import Schedule
from cfp.schedule.puzzle import Programme
from cfp.submissions.models import Talk


def read_programme(conference: Conference, person: Person | None = None) -> Programme:
    """Rooms, hours, talks, people's times, the draft and the last release, in six statements."""
    rows = db.session.execute(queries.rooms_and_openings(conference.id)).all()
    talks = list(db.session.scalars(queries.talks(conference.id)).unique())
    whose = person.id if person else None
    found = db.session.execute(queries.draft_and_placements(conference.id, whose)).all()
    last, interest = db.session.execute(queries.current_release_and_interest(conference.id)).one()
    known = {talk.id for talk in talks}
    draft = found[0][0] if found else None
    chairs = decided(draft).people()
    return Programme(
        conference=conference,
        rooms=list(dict.fromkeys(room for room, _opening in rows)),
        openings=[opening for _room, opening in rows if opening],
        breaks=list(db.session.scalars(queries.breaks(conference.id))),
        talks=talks,
        availability=list(db.session.scalars(queries.availability(conference.id))),
        # What was cancelled gives its place free at once.
        placements=[row[3] for row in found if row[3] and row[3].talk_id in known],
        draft=draft,
        may_undo=bool(found and found[0][1]),
        may_redo=bool(found and found[0][2]),
        last=last,
        interest=interest,
        chairs={p.id: p for p in db.session.scalars(queries.people(chairs))} if chairs else {},
    )


def find_talks(conference: Conference, codes: Iterable[str]) -> dict[str, Talk]:
    """Those of these talks that exist and are not cancelled, by their codes, in that order."""
    wanted = list(dict.fromkeys(clean_line(code) for code in codes))
    asked = queries.plain_talks(conference.id).where(Talk.code.in_(wanted))
    found = {talk.code: talk for talk in db.session.scalars(asked)}
    return {code: found[code] for code in wanted if code in found}


def read_edit(conference: Conference) -> int:
    """How often the draft was edited; 0 if there is none yet."""
    return db.session.scalar(queries.draft_edit(conference.id)) or 0


def hold_draft(conference: Conference, edit: int | None = None) -> Schedule:
    """The draft, locked until this transaction ends; refused when ``edit`` is not its newest.

    ``edit`` is what the person saw (0: there was no draft yet); None asks for no such check.
    """
    held = queries.with_placements(queries.draft(conference.id)).with_for_update()
    draft = db.session.scalar(held.execution_options(populate_existing=True))
    if edit is not None and edit != (draft.edit if draft else 0):
        raise changed_meanwhile()
    if draft is not None:
        return draft
    try:
        with db.session.begin_nested():
            draft = Schedule(conference_id=conference.id, placements=[])
            db.session.add(draft)
    except IntegrityError:  # somebody else made it in this very moment
        return hold_draft(conference, edit)
    return draft


def changed_meanwhile(told: Sequence[str] = ()) -> Refused:
    """Nothing was changed, since somebody else was faster; ``told`` says what they did."""
    if told:
        return Refused(_("Nothing was changed now: %(what)s", what=" ".join(told)))
    return Refused(
        _(
            "Somebody changed the draft since you opened it, so nothing was changed now. "
            "Please look at it as it stands and try again."
        )
    )


def touch(draft: Schedule) -> None:
    """Raise the draft's edit, so that whoever saw it before is told."""
    flag_modified(draft, "note")  # any column will do: the row has to be written
    db.session.flush()
