"""What the worker does for the kitchen: look ahead, and put orders on paper."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import render_template
from flask_babel import force_locale

from cfp import clock
from cfp.catering import admissions, queries
from cfp.catering.models import OrderSheet
from cfp.catering.service import looking, ordering
from cfp.catering.service.setting_up import find_kitchen
from cfp.catering.words import diet_name, on_day
from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.jobs.registry import Watch, every_minute, job

LOOK, PAPER = "catering.look", "catering.paper"


@job(LOOK)
def look(watch: Watch, *, conference_id: int) -> dict[str, Any]:
    """Look ahead again, because something has changed."""
    del watch
    with transaction():
        conference = db.session.get_one(Conference, conference_id)
        kitchen = find_kitchen(conference)
        if kitchen is None:
            return {}
        snapshot = looking.look_ahead(conference, kitchen, clock.now(), again=True)
        return {"snapshot": snapshot.id}


@every_minute("catering.daily")
def daily() -> int:
    """A snapshot for each kitchen that has none of today; one transaction each."""
    at, made = clock.now(), 0
    with transaction():
        waiting = [
            kitchen.conference_id
            for kitchen in db.session.scalars(queries.kitchens_without_a_look(at.date()))
        ]
    for conference_id in waiting:
        with transaction():
            conference = db.session.get_one(Conference, conference_id)
            kitchen = find_kitchen(conference)
            on = clock.local(at, conference.timezone).date()
            if kitchen is not None and looking.is_due(conference, on):
                made += looking.look_ahead(conference, kitchen, at).made_at == at
    return made


@job(PAPER)
def paper(watch: Watch, *, conference_id: int, sheet: str) -> dict[str, Any]:
    """The PDF of an order; a page that is there already is not made again."""
    del watch
    with transaction():
        found = db.session.scalars(
            queries.sheets(conference_id).where(OrderSheet.code == sheet)
        ).one()
        html = None if found.pdf else page_of(found)
    if html is None:
        return {}
    from cfp.paper import to_pdf  # noqa: PLC0415  (WeasyPrint is loaded by the worker only)

    pdf = to_pdf(html)
    with transaction():
        db.session.execute(sa.update(OrderSheet).where(OrderSheet.code == sheet).values(pdf=pdf))
    return {"bytes": len(pdf)}


def page_of(sheet: OrderSheet) -> str:
    """The order as a page for paper, in the language in which it was made."""
    earlier = queries.sheets_of(sheet.caterer_id).where(OrderSheet.number < sheet.number)
    before = db.session.scalar(earlier.limit(1))
    conference = db.session.get_one(Conference, sheet.conference_id)
    with force_locale(sheet.language):
        return render_template(
            "catering/paper.html",
            sheet=sheet,
            conference=conference,
            made_on=clock.local(sheet.made_at, conference.timezone).date().isoformat(),
            diet_name=diet_name,
            on_day=on_day,
            margins=[ordering.margin(sheet.caterer, line["order"]) for line in sheet.lines],
            allergies=db.session.execute(admissions.allergies(conference.id)).all(),
            changes=ordering.differences(before, sheet) if before else [],
            before=before,
        )
