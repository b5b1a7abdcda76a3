"""A plan that the solver found: put into the draft, offered, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.errors import Refused
from cfp.jobs.models import JobRun
from cfp.people.models import Person
from cfp.schedule import puzzle
from cfp.schedule.service.draft import adopt
from cfp.schedule.service.programme import read_programme

Result = dict[str, Any]


def adopt_result(
    conference: Conference,
    result: Result,
    *,
    by: Person | None,
    at: datetime,
    edit: int | None,
    back: bool = False,
) -> Result:
    """Put a found plan into the draft, or (``back``) what stood there before it.

    Returns the result as it is to be kept: whether the plan is in the draft, since which edit,
    and what stood there before.
    """
    if bool(result["adopted"]) != back:
        raise Refused(_("That has been done already."))
    before = puzzle.as_json(puzzle.timetable_of(read_programme(conference).placements))
    wanted = result["before"] if back else result["timetable"]
    draft = adopt(conference, puzzle.from_json(wanted), by=by, at=at, edit=edit)
    return result | {"adopted": not back, "before": before, "edit": draft.edit}


def adopt_run(
    conference: Conference,
    run: JobRun,
    *,
    by: Person,
    at: datetime,
    edit: int | None,
    back: bool = False,
) -> None:
    """The same for a run whose plan waits in its row."""
    if run.is_open or "timetable" not in run.result:
        raise Refused(_("There is no plan to adopt here."))
    run.result = adopt_result(conference, run.result, by=by, at=at, edit=edit, back=back)
