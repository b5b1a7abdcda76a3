"""What organisers do with the catalogue; what is sold already is never changed by it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.tickets.models import (
    AddOn,
    Audience,
    PriceTier,
    Product,
    ProductKind,
    Quota,
    RefundRule,
    Voucher,
)
from cfp.tickets.service import capacity

LINKED = ("quotas", "products", "goes_with")
Thing = Product | Quota | Audience | Voucher | RefundRule


def add(
    kind: type[Thing],
    conference: Conference,
    values: dict[str, Any],
    *,
    by: Person,
    at: datetime,
) -> Thing:
    """A new one; a product comes to the end of the shop."""
    values = dict(values)
    linked = {name: values.pop(name, set()) for name in LINKED}
    if kind in {Product, Audience}:
        there = sa.select(sa.func.count()).select_from(kind)
        values["position"] = db.session.scalar(there.where(kind.conference_id == conference.id))
    thing = kind(conference_id=conference.id, **values)
    with _one_of_a_name():
        db.session.add(thing)
    _link(thing, linked)
    log("added", thing, by=by, at=at, name=_name(thing))
    return thing


def change(thing: Thing, values: dict[str, Any], *, by: Person, at: datetime) -> None:
    """Write new values; numbers of stock go the guarded way."""
    lock(thing)
    values = dict(values)
    linked = {name: values.pop(name, set()) for name in LINKED}
    if isinstance(thing, Quota):
        capacity.resize_quota(thing, values.pop("size"))
    if isinstance(thing, Voucher):
        capacity.resize_voucher(thing, values.pop("at_most"))
    changed = [name for name, value in values.items() if getattr(thing, name) != value]
    with _one_of_a_name():
        for name in changed:
            setattr(thing, name, values[name])
    _link(thing, linked)
    if changed:
        log("changed", thing, by=by, at=at, name=_name(thing), changed=changed)


def remove(thing: Thing | PriceTier, *, by: Person, at: datetime) -> None:
    """Take it away, unless something was sold of it."""
    name = _name(thing)
    log("removed", thing, by=by, at=at, name=name)
    try:
        with db.session.begin_nested():
            if isinstance(thing, Product):
                thing.quotas.clear()
                for tier in [*thing.tiers]:
                    db.session.delete(tier)
            db.session.delete(thing)
    except IntegrityError as needed:
        raise Refused(_("“%(name)s” has been sold or is used.", name=name)) from needed


def add_tier(product: Product, values: dict[str, Any], *, by: Person, at: datetime) -> PriceTier:
    """Another step at the end of the ladder."""
    _check_window(values)
    tier = PriceTier(product_id=product.id, taken=0, position=len(product.tiers), **values)
    product.tiers.append(tier)
    db.session.flush()
    log("added", tier, by=by, at=at, conference_id=product.conference_id, name=tier.name)
    return tier


def change_tier(tier: PriceTier, values: dict[str, Any], *, by: Person, at: datetime) -> None:
    """Change a step that has not ended. One that has ended stays ended: that is its promise."""
    lock(tier)
    if tier.over_at is not None or clock.is_past(tier.ends_at, at):
        raise Refused(_("“%(name)s” has ended and does not come back. Add a step.", name=tier.name))
    _check_window(values)
    values = dict(values)
    capacity.resize_tier(tier, values.pop("at_most"))
    changed = [name for name, value in values.items() if getattr(tier, name) != value]
    for name in changed:
        setattr(tier, name, values[name])
    db.session.flush()
    conference_id = tier.product.conference_id
    log("changed", tier, by=by, at=at, conference_id=conference_id, changed=changed)


def _check_window(values: dict[str, Any]) -> None:
    starts, ends = values["starts_at"], values["ends_at"]
    if starts is not None and ends is not None and ends <= starts:
        raise Refused(_("This cannot end before it begins."), field="ends_at")


def _link(thing: Thing, linked: dict[str, set[int]]) -> None:
    """Which stock a product takes from, and for which products a voucher is good."""
    if isinstance(thing, Product):
        wanted = _own(Quota, thing.conference_id, linked["quotas"])
        for quota in sorted({*wanted} ^ {*thing.quotas}, key=lambda quota: quota.id):
            link = capacity.join_quota if quota in wanted else capacity.leave_quota
            link(thing, quota)  # in the order in which buyers lock them
        hosts = _own(Product, thing.conference_id, linked["goes_with"])
        is_added = thing.kind is not ProductKind.ADMISSION
        db.session.execute(sa.delete(AddOn).where(AddOn.added_id == thing.id))
        for host in hosts if is_added else ():
            if host.kind is ProductKind.ADMISSION:
                db.session.add(AddOn(product_id=host.id, added_id=thing.id))
        db.session.flush()
    if isinstance(thing, Voucher):
        thing.products = _own(Product, thing.conference_id, linked["products"])
        db.session.flush()


def _own(kind: Any, conference_id: int, ids: set[int]) -> list[Any]:
    found = sa.select(kind).where(kind.conference_id == conference_id, kind.id.in_(ids))
    return [*db.session.scalars(found.order_by(kind.id))]


def _name(thing: Any) -> str:
    if isinstance(thing, Voucher):
        return thing.word
    return str(thing.until.date()) if isinstance(thing, RefundRule) else str(thing.name)


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """The database refuses a second one of the same name, even if two people add it at once."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as twice:
        raise Refused(_("There is one of this name already."), field="name") from twice
