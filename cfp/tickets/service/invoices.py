"""The invoice over an order: on the buyer's demand, and put right whenever the order changes.

There is one at a time. When what an order costs has changed since, the one that was issued is
taken back by a document of its own, and another one is asked for over what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from flask_babel import force_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.billing import queries as billing_queries
from cfp.billing import service as billing
from cfp.billing.document import Document, Line, Means, Party
from cfp.billing.models import Draft, Invoice, InvoiceKind, Method, Seller
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets.models import SOLD, Order, OrderState
from cfp.tickets.queries import invoices as queries
from cfp.tickets.service.checkout import Buyer
from cfp.tickets.service.locking import lock

MEANS = {Method.CARD: Means.ONLINE, Method.CASH: Means.CASH}
INVOICED = SOLD | {OrderState.CANCELLED}
ADDRESS = ("company", "street", "postcode", "city", "country", "vat_id", "buyer_reference")


@dataclass(frozen=True)
class Paper:
    """Everything that was asked for over an order, in its order."""

    drafts: Sequence[Draft]

    @property
    def asked(self) -> list[Draft]:
        """The invoices among it."""
        return [draft for draft in self.drafts if draft.kind is InvoiceKind.INVOICE]

    @property
    def last(self) -> Draft | None:
        return self.asked[-1] if self.asked else None

    @property
    def is_being_made(self) -> bool:
        return self.last is not None and self.last.invoice is None and not self.last.error

    @property
    def issued(self) -> list[Invoice]:
        """What can be fetched: invoices, and what took them back."""
        return [draft.invoice for draft in self.drafts if draft.invoice is not None]

    @property
    def standing(self) -> Invoice | None:
        """The invoice that holds: issued, and not taken back nor about to be."""
        gone = {draft.cancels for draft in self.drafts}
        held = [one for one in self.issued if one.kind is InvoiceKind.INVOICE]
        return next((one for one in held if one.code not in gone), None)


def paper_of(order: Order) -> Paper:
    if order.receivable_id is None:
        return Paper([])
    return Paper(db.session.scalars(queries.drafts_of(order)).all())


def can_be_asked(order: Order) -> bool:
    """Whether there is anything to invoice, and somebody who does."""
    worth = any(t.cents for t in order.live) or any(t.kept_cents for t in order.tickets)
    owes = order.receivable_id is not None and worth and order.state in INVOICED
    return owes and _seller(order) is not None


def _seller(order: Order) -> Seller | None:
    return db.session.scalar(billing_queries.seller(order.conference_id))


def ask(order: Order, buyer: Buyer | None, *, at: datetime, by: Person | None = None) -> None:
    """Ask for the invoice, or for another one when the address or the order has changed.

    The same once more asks for nothing. Everything that the law wants is checked now, so that
    what is missing is said to whoever asks.
    """
    order = lock(order)
    if order.receivable is None or not _lines(order):
        raise Refused(_("There is nothing to invoice here."))
    if buyer is not None:
        for name in ("name", *ADDRESS):
            setattr(order, name, getattr(buyer, name))
        order.receivable.payer = order.company or order.name
    paper = paper_of(order)
    if paper.is_being_made:
        raise Refused(_("The invoice is being made this very moment. Look again in a minute."))
    if paper.last is not None and paper.last.invoice is None:
        db.session.delete(paper.last)  # it could not be issued; the next one is complete
        db.session.flush()
        paper = paper_of(order)
    if paper.standing is None or _differs(paper.standing.document, _wanted(order)):
        _take_back(order, paper, at=at, by=by)
        _ask_over(order, paper, at=at, by=by)


def put_right(order: Order, *, at: datetime, by: Person | None = None) -> bool:
    """Take back what was issued when the order has changed since; ask again over what is left.

    A change is not refused because its invoice would lack something, an address above 250 EUR for
    example: then there is none until the buyer asks for it, and says what is missing.
    """
    paper = paper_of(order)
    if paper.standing is None or paper.is_being_made:
        return False
    if _lines(order) and not _differs(paper.standing.document, _wanted(order)):
        return False
    _take_back(order, paper, at=at, by=by)
    try:
        with db.session.begin_nested():
            _ask_over(order, paper, at=at, by=by)
    except Refused as lacking:
        log("no new invoice", order, by=by, at=at, why=lacking.sentence)
    return True


def put_right_due(at: datetime) -> int:
    """Every order whose invoice says another sum than its tickets cost, one at a time."""
    found = db.session.scalars(queries.wrongly_invoiced()).all()
    return sum(put_right(lock(db.session.get_one(Order, one)), at=at) for one in found)


def _take_back(order: Order, paper: Paper, *, at: datetime, by: Person | None) -> None:
    if paper.standing is not None:
        with force_locale(order.language):
            why = _("The order has changed.") if _lines(order) else _("The order is cancelled.")
        billing.ask_cancellation(paper.standing, at, why=why, by=by)
        log("invoice taken back", order, by=by, at=at, number=paper.standing.number)


def _ask_over(order: Order, paper: Paper, *, at: datetime, by: Person | None) -> None:
    if order.receivable is not None and _lines(order):
        number = len(paper.asked)
        source = f"order:{order.code}" + (f":{number + 1}" if number else "")
        billing.ask_invoice(order.receivable, _wanted(order), at, by=by, source=source)
        log("invoice asked for", order, by=by, at=at)


def _wanted(order: Order) -> billing.Wanted:
    lines = _lines(order)
    gross = sum(int(line.price * line.quantity * 100) for line in lines)
    received = order.receivable.received.cents if order.receivable else 0
    wanted = billing.Wanted(
        buyer=_party(order),
        lines=lines,
        language=order.language,
        means=MEANS.get(order.method or Method.TRANSFER, Means.SEPA_TRANSFER),
        prepaid_cents=max(0, min(received, gross)) if order.state is not OrderState.PLACED else 0,
    )
    references = replace(wanted.references, buyer=order.buyer_reference, sales_order=order.code)
    due_on = clock.local(order.due_at, order.conference.timezone).date() if order.due_at else None
    return replace(wanted, references=references, due_on=due_on)


def _lines(order: Order) -> tuple[Line, ...]:
    """What is live at its price with the tax in it, and what is kept of what was cancelled."""
    if order.state not in INVOICED:
        return ()
    seller = _seller(order)
    is_small = seller is not None and seller.small_business
    counted: dict[tuple[str, int, int], list[str]] = {}
    with force_locale(order.language):
        for ticket in order.live:
            what = ticket.product.name + (f" · {ticket.audience.name}" if ticket.audience else "")
            key = (f"{order.conference.name}: {what}", ticket.cents, ticket.tax_rate)
            counted.setdefault(key, []).append(ticket.name)
        for ticket in order.tickets:
            if ticket not in order.live and ticket.kept_cents:
                what = _("%(name)s, kept after cancelling", name=ticket.product.name)
                counted.setdefault((what, ticket.kept_cents, ticket.tax_rate), []).append("")
    found = [(key, names) for key, names in counted.items() if key[1]]
    return tuple(_line(*key, names, is_small=is_small) for key, names in found)


def _line(name: str, cents: int, rate: int, people: list[str], *, is_small: bool) -> Line:
    """A small business (UStG sec. 19) shows no tax, whatever the shop's rate is."""
    return Line(
        name=name,
        quantity=Decimal(len(people)),
        price=Decimal(cents).scaleb(-2),
        rate=Decimal(0 if is_small else rate).scaleb(-2),
        category="E" if is_small else "S" if rate else "Z",
        gross=True,
        details=", ".join(filter(None, people))[:300],
    )


def _party(order: Order) -> Party:
    return Party(
        name=order.company or order.name,
        contact=order.name if order.company else "",
        street=order.street,
        postcode=order.postcode,
        city=order.city,
        country=order.country or "DE",
        vat_id=order.vat_id,
        email=order.email,
        business=bool(order.company or order.vat_id),
    )


def _differs(document: Document, wanted: billing.Wanted) -> bool:
    """Whether an invoice says something else now; that it was paid meanwhile is nothing else."""
    issued = (document.buyer, document.lines, document.references)
    return issued != (wanted.buyer, tuple(wanted.lines), wanted.references)
