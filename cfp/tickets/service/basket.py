"""A basket: what somebody chose, whether it can be sold so, and what it costs."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime

from flask_babel import gettext as _

from cfp.db import db
from cfp.errors import Refused
from cfp.tickets import pricing, queries
from cfp.tickets.models import Product, ProductKind, Voucher
from cfp.tickets.pricing import Priced, Short, Wish
from cfp.tickets.service.capacity import SoldOut
from cfp.tickets.service.shelf import Shelf, offer_of

MOST = 30  # tickets in one order


@dataclass(frozen=True)
class Chosen:
    """So many of one product, for one audience."""

    product_id: int
    number: int = 1
    audience_id: int | None = None


@dataclass(frozen=True)
class Basket:
    """What was chosen, in the order of the shop, and a voucher's word."""

    lines: tuple[Chosen, ...]
    voucher: str = ""

    @property
    def number(self) -> int:
        return sum(line.number for line in self.lines)

    @property
    def digest(self) -> str:
        """What this basket says, in 64 characters; two that differ have two."""
        said = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def check(basket: Basket, shelf: Shelf, voucher: Voucher | None, *, is_offer: bool) -> None:
    """Refuse what is not sold so. ``is_offer``: it is for those who waited, so no line before."""
    if not basket.number:
        raise Refused(_("Please choose at least one ticket."))
    if basket.number > MOST:
        raise Refused(_("At most %(n)s tickets go into one order.", n=MOST))
    fits = frozenset(product.id for product in voucher.products) if voucher else frozenset()
    for line in basket.lines:
        product = shelf.products.get(line.product_id)
        if product is None or not product.on_sale:
            raise Refused(_("Something you chose is not sold any more. Please look again."))
        if product.needs_voucher and product.id not in fits:
            raise Refused(_("“%(name)s” needs a voucher.", name=product.name), field="voucher")
        if line.audience_id is not None and line.audience_id not in shelf.audiences:
            raise Refused(_("Something you chose is not sold any more. Please look again."))
        if product.id in shelf.waited_for and not is_offer:
            raise SoldOut(product.name)


def priced(
    basket: Basket, shelf: Shelf, voucher: Voucher | None, at: datetime
) -> list[Priced] | Short:
    """The price of every unit at that moment."""
    wishes = [wish_of(line, shelf) for line in basket.lines if line.number]
    return pricing.quote(wishes, at, voucher.as_voucher() if voucher else None)


def wish_of(line: Chosen, shelf: Shelf) -> Wish:
    product, audience = shelf.products[line.product_id], shelf.audiences.get(line.audience_id or 0)
    return Wish(
        offer_of(product),
        line.number,
        line.audience_id,
        audience.name if audience else "",
        audience.percent if audience and product.for_audiences else 0,
    )


def hosts(units: list[Priced], shelf: Shelf) -> list[int | None]:
    """For each unit the place in the list of the ticket it belongs to; None for an admission.

    The n-th workshop goes to the n-th person who can have one. Refused when there are too few.
    """
    kinds = [shelf.products[unit.product] for unit in units]
    added = [product.id for product in kinds if product.kind is not ProductKind.ADMISSION]
    fitting = _fitting(added)
    seen, found = Counter[int](), list[int | None]()
    for product in kinds:
        if product.kind is ProductKind.ADMISSION:
            found.append(None)
            continue
        possible = [n for n, other in enumerate(kinds) if _takes(other, product, fitting)]
        if seen[product.id] >= len(possible):
            raise Refused(_("“%(name)s” goes with a ticket each.", name=product.name))
        found.append(possible[seen[product.id]])
        seen[product.id] += 1
    return found


def fits(host: Product, added: Product) -> bool:
    """Whether something can be added to a ticket of that product."""
    return _takes(host, added, _fitting([added.id]))


def _takes(host: Product, added: Product, fitting: dict[int, set[int]]) -> bool:
    if host.kind is not ProductKind.ADMISSION:
        return False
    return added.id not in fitting or host.id in fitting[added.id]


def _fitting(added: list[int]) -> dict[int, set[int]]:
    """To which products each can be added; those without a line can be added to any."""
    found: dict[int, set[int]] = {}
    if added:
        for row in db.session.scalars(queries.add_ons(added)):
            found.setdefault(row.added_id, set()).add(row.product_id)
    return found
