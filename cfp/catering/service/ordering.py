"""Orders to caterers: numbered versions, what changed between them, and what came of the meals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from cfp.catering import queries
from cfp.catering.models import Caterer, ForecastSnapshot, Kitchen, Meal, MealReport, OrderSheet
from cfp.catering.portions import appetite
from cfp.catering.portions.order import band
from cfp.catering.service.setting_up import factor_of
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log


@dataclass(frozen=True)
class Difference:
    """A meal, or one diet of it, in two versions; none where it is not in one of them."""

    meal: str
    on: str
    diet: str
    before: int | None
    after: int | None


def order(
    conference: Conference,
    caterer: Caterer,
    snapshot: ForecastSnapshot | None,
    note: str,
    *,
    by: Person,
    at: datetime,
    language: str = "en",
) -> OrderSheet:
    """The next version for this caterer, from the last look ahead."""
    codes = {meal.code for meal in caterer.meals}
    lines = [
        line for line in (snapshot.result["meals"] if snapshot else []) if line["code"] in codes
    ]
    if not lines:
        raise Refused(_("No meal of this caterer is in the forecast yet. Look ahead first."))
    last = db.session.scalar(queries.sheets_of(caterer.id).limit(1))
    if last is not None and last.lines == lines and last.note == note:
        raise Refused(_("Nothing has changed since version %(n)d.", n=last.number))
    sheet = OrderSheet(
        conference_id=conference.id,
        caterer=caterer,
        number=last.number + 1 if last else 1,
        made_at=at,
        made_by=by,
        language=language,
        note=note,
        lines=lines,
    )
    db.session.add(sheet)
    db.session.flush()
    log("ordered", sheet, by=by, at=at, caterer=caterer.name, version=sheet.number)
    return sheet


def margin(caterer: Caterer, portions: int) -> tuple[int, int]:
    """The fewest portions that are billed, and the most that are served."""
    by = band(caterer.tolerance, portions) if caterer.in_percent else caterer.tolerance
    return max(0, portions - by), portions + by


def differences(before: OrderSheet | None, after: OrderSheet) -> list[Difference]:
    """What changed, meal by meal: the sum first (diet ""), then each diet."""
    old, new = _numbers(before.lines if before else []), _numbers(after.lines)
    keys = list(dict.fromkeys([*new, *old]))
    return [
        Difference(name, on, diet, old.get((name, on, diet)), new.get((name, on, diet)))
        for name, on, diet in keys
        if old.get((name, on, diet)) != new.get((name, on, diet))
    ]


def _numbers(lines: Sequence[dict[str, Any]]) -> dict[tuple[str, str, str], int]:
    found = {}
    for line in lines:
        found[line["name"], line["on"], ""] = line["order"]
        for diet, count in line["diets"].items():
            found[line["name"], line["on"], diet] = count
    return found


def report(
    meal: Meal, kitchen: Kitchen | None, values: dict[str, Any], *, by: Person, at: datetime
) -> MealReport:
    """What became of a meal; it moves the appetite that the next orders count with.

    Said again it replaces what was said, and the appetite moves by the difference.
    """
    if values["left_percent"] and values["missing_percent"]:
        raise Refused(_("Food was left, or it ran out: not both."), "missing_percent")
    found = db.session.scalar(queries.reports(meal.conference_id).where(Meal.id == meal.id))
    before = (found.left_percent, found.missing_percent) if found else (0, 0)
    found = found or MealReport(meal=meal)
    for name, value in values.items():
        setattr(found, name, value)
    found.reported_by_id, found.reported_at = by.id, at
    db.session.add(found)
    if kitchen is not None:
        left = (values["left_percent"] - before[0]) / 100
        missing = (values["missing_percent"] - before[1]) / 100
        if left or missing:
            moved = appetite.after_meal(factor_of(kitchen), missing=missing, left=left)
            kitchen.appetite = round(moved * 1000)
    db.session.flush()
    log("reported", meal, by=by, at=at, heads=found.heads)
    return found
