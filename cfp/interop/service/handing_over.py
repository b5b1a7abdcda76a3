"""An organiser hands a file over, reads what would happen, and has it done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.interop import queries, reading
from cfp.interop.imported import MOST_BYTES, BrokenFile, Imported
from cfp.interop.models import ImportFile
from cfp.interop.service.importing import Kind, import_file
from cfp.interop.service.report import Report
from cfp.jobs import service as jobs
from cfp.people.models import Person
from cfp.sentences import say, stored
from cfp.uploads import Sent, clean_name

TAKE_IN = "interop.take_in"
KEPT = timedelta(days=1)  # the bytes of a file that nobody said yes to
MOST_SHOWN = 300  # lines of each sort in a report


def hand_over(
    conference: Conference, sent: Sent, *, programme: bool, by: Person, at: datetime
) -> ImportFile:
    """Keep the file and ask what it would do; :class:`Refused` for what no reader knows."""
    if len(sent.data) > MOST_BYTES:
        raise Refused(_("Please send a file of at most %(n)s MB.", n=MOST_BYTES // 10**6), "file")
    try:
        reading.guess_format(sent.name, sent.data)
    except BrokenFile as broken:
        raise Refused(broken.in_full, "file") from broken
    ending = sent.name.rpartition(".")[2][:8] or "txt"
    made = ImportFile(
        conference_id=conference.id,
        name=clean_name(sent.name, "".join(c for c in ending if c.isalnum())),
        data=sent.data,
        programme=programme,
        sent_at=at,
        sent_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    made.trial = _ask(made, conference, by, at, trial=True)
    db.session.flush()
    return made


def take_in(file: ImportFile, conference: Conference, *, by: Person, at: datetime) -> None:
    """Do what was shown; pressed twice it happens once."""
    lock(file)
    if file.run is not None and (file.run.is_open or not file.waits):
        return
    if not file.waits:
        raise Refused(_("This file was forgotten after a day. Please send it again."))
    file.run = _ask(file, conference, by, at, trial=False)
    db.session.flush()


def _ask(file: ImportFile, conference: Conference, by: Person, at: datetime, *, trial: bool) -> Any:
    more = {"file_id": file.id, "person_id": by.id, "trial": trial}
    return jobs.ask(TAKE_IN, by=by, at=at, conference_id=conference.id, **more)


def work_on(file: ImportFile, conference: Conference, by: Person, at: datetime) -> Report:
    """Bring the edition to what the file says, inside the caller's transaction."""
    imported = _read(file, conference)
    kind = Kind.PROGRAMME if file.programme else Kind.PROPOSALS
    _, report = import_file(imported, conference, kind, slug=conference.slug, by=by, at=at)
    return report


def _read(file: ImportFile, conference: Conference) -> Imported:
    try:
        return reading.read(file.name, file.data or b"", zone=conference.timezone)
    except BrokenFile as broken:
        raise Refused(broken.in_full) from broken


def as_result(report: Report) -> dict[str, Any]:
    """A report as a run keeps it: counts of everything, the first lines of each sort."""
    sorts = ("new", "changed", "unchanged", "cancelled", "repairs", "refused")
    counts = {sort: len(getattr(report, sort)) for sort in sorts}
    lines = {sort: list(getattr(report, sort))[:MOST_SHOWN] for sort in sorts}
    refused = "%(where)s: %(sentence)s"  # the same in every language
    lines["refused"] = [say(refused, where=where, sentence=why) for where, why in lines["refused"]]
    lines = {sort: [stored(line) for line in shown] for sort, shown in lines.items()}
    return {"counts": counts, "lines": lines}


def forget_old(at: datetime) -> None:
    db.session.execute(queries.older_than(at - KEPT))
