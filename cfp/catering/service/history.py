"""The past comes in: files of sales of earlier editions, read again as often as one likes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.catering import queries
from cfp.catering.models import PastEdition, PastSale
from cfp.catering.sold import BrokenFile, Sale
from cfp.catering.sold.reading import read_sales
from cfp.catering.sold.sale import Why
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log

LONGEST = timedelta(days=3 * 366)  # between a sale and the doors


def read(data: bytes, conference: Conference) -> list[Sale]:
    """The sales in a file, or a refusal that says why there are none."""
    try:
        return read_sales(data, conference.timezone)
    except BrokenFile as broken:
        raise Refused(sentence_of(broken), "file") from broken


def keep(
    conference: Conference,
    edition: PastEdition | None,
    values: dict[str, object],
    sales: list[Sale],
    *,
    by: Person,
    at: datetime,
) -> PastEdition:
    """Keep an edition and its sales; a file for the same first day replaces what was there."""
    starts_on = values["starts_on"]
    assert isinstance(starts_on, date)  # noqa: S101  (the form's own field)
    if starts_on > conference.starts_on:
        raise Refused(_("An edition after this one tells nothing about it."), "starts_on")
    _same_time(sales, starts_on)
    edition = edition or db.session.scalar(
        queries.past_editions(conference.id).where(PastEdition.starts_on == starts_on)
    )
    edition = edition or PastEdition(conference_id=conference.id)
    for name, value in values.items():
        setattr(edition, name, value)
    edition.imported_at, edition.imported_by = at, by
    db.session.add(edition)
    db.session.flush()
    if sales:
        db.session.execute(sa.delete(PastSale).where(PastSale.edition_id == edition.id))
        db.session.execute(sa.insert(PastSale), [_row(edition.id, sale) for sale in sales])
    log("imported", edition, by=by, at=at, name=edition.name, tickets=len(sales))
    return edition


def remove(edition: PastEdition, *, by: Person, at: datetime) -> None:
    log("removed", edition, by=by, at=at, name=edition.name)
    db.session.execute(sa.delete(PastSale).where(PastSale.edition_id == edition.id))
    db.session.delete(edition)
    db.session.flush()


def _row(edition_id: int, sale: Sale) -> dict[str, object]:
    return {
        "edition_id": edition_id,
        "ordered_at": sale.ordered_at,
        "kind": sale.kind,
        "product": sale.product,
        "tier": sale.tier,
        "cents": sale.cents,
        "came": sale.came,
    }


def _same_time(sales: list[Sale], starts_on: date) -> None:
    """Sales of another year are another edition's."""
    if not sales:
        return
    first, last = (f(sale.ordered_at.date() for sale in sales) for f in (min, max))
    if first > starts_on + timedelta(days=30) or last < starts_on - LONGEST:
        raise Refused(
            _("These tickets were sold at another time than before this first day."), "starts_on"
        )


def sentence_of(broken: BrokenFile) -> str:
    """Why a file was not read, in the reader's language."""
    n, given = broken.entry, broken.given
    sentences: dict[Why, str] = {
        Why.SPREADSHEET: _("This is a spreadsheet or an archive; save the table as CSV first."),
        Why.PDF: _("This is a PDF. A table as CSV is needed."),
        Why.EMPTY: _("The file is empty."),
        Why.NO_COLUMNS: _(
            "A line needs an order time and a price; the first line names the columns."
        ),
        Why.NO_TABLE: _("Line %(n)d: this is no table; a quotation mark is left open.", n=n),
        Why.TOO_LONG: _("The file has more than 100,000 lines."),
        Why.NO_JSON: _("The file begins like JSON and is none."),
        Why.NO_ORDERS: _("The file holds no orders."),
        Why.NOTHING_SOLD: _("No ticket in this file was sold."),
        Why.NO_TIME: _("Entry %(n)d: “%(given)s” is no order time.", n=n, given=given),
        Why.NO_PRICE: _("Entry %(n)d: “%(given)s” is no price of a ticket.", n=n, given=given),
    }
    return sentences[broken.why]
