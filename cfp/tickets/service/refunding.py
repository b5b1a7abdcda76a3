"""Money that goes back by bank: one file for many buyers, and every order settled with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from stdnum import iban as ibans

from cfp import clock
from cfp.billing.models import Method
from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets import queries
from cfp.tickets.models import Order, RefundFile, Shop
from cfp.tickets.queries import refunds
from cfp.tickets.service import payments
from cfp.tickets.service.locking import lock
from cfp.tickets.transfers import Batch, Transfer, as_xml


@dataclass(frozen=True)
class Owed:
    """An order, what its buyer gets back, and the account from which it was paid, if known."""

    order: Order
    cents: int
    iban: str = ""
    name: str = ""


def owed(person: Person, conference: Conference) -> list[Owed]:
    """To whom money is to be given back, in three statements."""
    found = db.session.scalars(refunds.owed(person, conference)).unique().all()
    numbers = [order.receivable_id for order in found if order.receivable_id is not None]
    known = {
        number: (iban, name) for number, iban, name in db.session.execute(refunds.accounts(numbers))
    }
    return [
        Owed(order, -order.receivable.balance.cents, *known.get(order.receivable_id, ("", "")))
        for order in found
        if order.receivable is not None and order.receivable_id is not None
    ]


def make_file(
    conference: Conference,
    wanted: Sequence[Owed],
    said: Mapping[str, str],
    *,
    at: datetime,
    by: Person,
) -> RefundFile:
    """A file for the bank over these orders; each is settled by it, and its buyer told.

    ``said`` are the accounts by the code of the order. What somebody else gave back in the meantime
    is left out.
    """
    shop = db.session.scalar(queries.shop_of(conference))
    if shop is None or not shop.iban:
        raise Refused(_("The sale has no account from which money could be sent."))
    code, transfers = new_code(), []
    for one in sorted(wanted, key=lambda one: one.order.id):
        iban, order = _account(one, said), lock(one.order)
        cents = -order.receivable.balance.cents if order.receivable else 0
        if cents > 0:
            source = f"file:{code}:{order.code}"
            payments.give_back(order, cents, Method.TRANSFER, source=source, at=at, by=by)
            transfers.append(_transfer(one, iban, cents, conference))
    if not transfers:
        raise Refused(_("Please choose at least one order of which money is to be given back."))
    return _kept(conference, shop, code, transfers, at=at, by=by)


def _account(one: Owed, said: Mapping[str, str]) -> str:
    number = said.get(one.order.code, one.iban)
    if not ibans.is_valid(number):
        raise Refused(
            _(
                "The account for order %(code)s is missing or has a typing error.",
                code=one.order.code,
            )
        )
    return ibans.compact(number)


def _transfer(one: Owed, iban: str, cents: int, conference: Conference) -> Transfer:
    order = one.order
    name = one.name if one.name and iban == one.iban else order.company or order.name
    text = f"{conference.name}, {order.code}"
    return Transfer(name, iban, cents, order.code, text)  # not the reference: that is for payments


def _kept(
    conference: Conference,
    shop: Shop,
    code: str,
    transfers: Sequence[Transfer],
    *,
    at: datetime,
    by: Person,
) -> RefundFile:
    on = clock.local(at, conference.timezone).date()
    iban = ibans.compact(shop.iban)
    batch = Batch(code, at, on, shop.account_holder, iban, shop.bic, transfers)
    file = RefundFile(
        code=code,
        conference_id=conference.id,
        made_at=at,
        by=by,
        number=len(transfers),
        cents=batch.cents,
        data=as_xml(batch),
    )
    db.session.add(file)
    db.session.flush()
    log("refund file", file, by=by, at=at, number=file.number, cents=file.cents)
    return file


def get_file(conference: Conference, code: str) -> RefundFile | None:
    """A file by its code, with what is in it."""
    found = refunds.files(conference).where(RefundFile.code == code)
    return db.session.scalar(found.options(sa.orm.undefer(RefundFile.data)))
