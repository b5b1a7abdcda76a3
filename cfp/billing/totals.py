"""Adding up an invoice to the cent: lines, allowances over rates, tax, what is still to be paid.

EN 16931-1, annex on calculation (BR-CO-10 to BR-CO-17), with half a cent going up. A price that
includes the tax keeps its gross amount: the net is drawn out of the sum of a rate, the tax is the
rest, and what rounding leaves goes to the lines with the largest remainders.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

from cfp.billing.document import ZERO, Change, Document, Line
from cfp.errors import Refused
from cfp.sentences import say

CENT = Decimal("0.01")
Taxed = tuple[str, Decimal]  # category and rate
MOST = Decimal(10) ** 10  # more than any conference owes, and less than arithmetic forgets


@dataclass(frozen=True)
class ChangeTotal:
    """An allowance or charge in money; of the document: the part of one rate."""

    change: Change
    amount: Decimal
    base: Decimal
    taxed: Taxed


@dataclass(frozen=True)
class LineTotal:
    """A line without tax: price of ``line.base`` units, before and after its changes."""

    line: Line
    price: Decimal
    before: Decimal
    changes: tuple[ChangeTotal, ...]
    net: Decimal


@dataclass(frozen=True)
class RateTotal:
    category: str
    rate: Decimal
    basis: Decimal
    tax: Decimal


@dataclass(frozen=True)
class Totals:
    """Every sum of a document, in its currency."""

    lines: tuple[LineTotal, ...]
    changes: tuple[ChangeTotal, ...]
    rates: tuple[RateTotal, ...]
    line_sum: Decimal
    allowances: Decimal
    charges: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    prepaid: Decimal
    rounding: Decimal
    due: Decimal


@dataclass
class _Item:
    """An amount that ends up in one rate: a line, or the part of a document's change."""

    taxed: Taxed
    gross: bool
    exact: Decimal  # signed, with tax where gross
    net: Decimal = ZERO


def cents(value: Decimal) -> Decimal:
    """Rounded to the cent, a half going up (away from zero)."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def add_up(document: Document) -> Totals:
    """All sums of ``document``; :class:`Refused` where they cannot be had."""
    with localcontext() as context:
        context.prec = 60
        return _add_up(document)


def _add_up(document: Document) -> Totals:
    before = [cents(line.price * line.quantity / line.base) for line in document.lines]
    own = [
        [change_amount(change, amount) for change in line.changes]
        for line, amount in zip(document.lines, before, strict=True)
    ]
    items = [
        _Item(
            (line.category, line.rate),
            line.gross,
            amount + sum((c.sign * a for c, a in zip(line.changes, amounts, strict=True)), ZERO),
        )
        for line, amount, amounts in zip(document.lines, before, own, strict=True)
    ]
    parts = [part for change in document.changes for part in _parts(change, items)]
    everything = [*items, *(item for _, _, item in parts)]
    if any(abs(item.exact) >= MOST for item in everything):
        raise Refused(say("The amounts are too large to be an invoice."))
    rates = _rates(everything)
    lines = tuple(map(_line_total, document.lines, before, own, items))
    changes = tuple(
        ChangeTotal(change, change.sign * item.net, base, item.taxed)
        for change, base, item in parts
        if item.net
    )
    return _sums(document, lines, changes, rates)


def change_amount(change: Change, base: Decimal) -> Decimal:
    """What a change is worth on ``base``."""
    if change.percent is not None:
        return cents(base * change.percent / 100)
    return cents(change.amount or ZERO)


def _parts(change: Change, items: Sequence[_Item]) -> list[tuple[Change, Decimal, _Item]]:
    """A document's change, split over the rates in proportion to their lines."""
    sums: dict[tuple[Taxed, bool], Decimal] = defaultdict(lambda: ZERO)
    for item in items:
        if _concerns(change, item.taxed):
            sums[item.taxed, item.gross] += item.exact
    if change.rate is not None and not sums and change.amount is not None:
        sums[(change.category or "S", change.rate), bool(change.gross)] = ZERO
    if not sums:
        raise Refused(say("An allowance or charge names a rate that no line has."))
    whole = sum(sums.values(), ZERO)
    total = change_amount(change, whole)
    shares = _spread(total, list(sums.values()))
    all_gross = all(gross for _, gross in sums) if change.gross is None else change.gross
    found = []
    for ((taxed, gross), base), share in zip(sums.items(), shares, strict=True):
        is_gross = gross if change.percent is not None else all_gross
        net_base = net_of(base, taxed[1]) if gross else base
        found.append((change, net_base, _Item(taxed, is_gross, change.sign * share)))
    return found


def _concerns(change: Change, taxed: Taxed) -> bool:
    category, rate = taxed
    return change.rate in {None, rate} and change.category in {None, category}


def _spread(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Shares of ``total`` in cents that add up to it (largest remainder, the earlier first)."""
    whole = sum(weights, ZERO)
    if len(weights) == 1:
        return [total]
    if whole <= 0 or min(weights) < 0:
        raise Refused(
            say(
                "An allowance or charge cannot be split over lines that add up to nothing. "
                "Name its rate."
            )
        )
    return _whole_cents([total * weight / whole for weight in weights], total)


def _whole_cents(exact: Sequence[Decimal], total: Decimal) -> list[Decimal]:
    """``exact`` in cents, none off by a cent or more, adding up to ``total``."""
    found = [value.quantize(CENT, rounding=ROUND_FLOOR) for value in exact]
    missing = int((total - sum(found, ZERO)) / CENT)
    order = sorted(range(len(exact)), key=lambda i: (found[i] - exact[i], i))
    for i in order[:missing]:
        found[i] += CENT
    return found


def net_of(gross: Decimal, rate: Decimal) -> Decimal:
    return cents(gross * 100 / (100 + rate))


def _rates(items: Sequence[_Item]) -> tuple[RateTotal, ...]:
    """Net and tax of each rate; every item learns its own net amount."""
    groups: dict[Taxed, list[_Item]] = defaultdict(list)
    for item in items:
        groups[item.taxed].append(item)
    found = []
    for (category, rate), group in groups.items():
        with_tax = [item for item in group if item.gross]
        gross = sum((item.exact for item in with_tax), ZERO)
        inside = net_of(gross, rate)
        nets = _whole_cents([item.exact * 100 / (100 + rate) for item in with_tax], inside)
        for item, net in zip(with_tax, nets, strict=True):
            item.net = net
        for item in group:
            item.net = item.net if item.gross else item.exact
        outside = sum((item.exact for item in group if not item.gross), ZERO)
        tax = gross - inside + cents(outside * rate / 100)
        found.append(RateTotal(category, rate, inside + outside, tax))
    return tuple(sorted(found, key=lambda r: (-r.rate, r.category)))


def _line_total(line: Line, before: Decimal, own: Sequence[Decimal], item: _Item) -> LineTotal:
    if not line.gross:
        base, price, amounts = before, line.price, list(own)
    else:
        amounts = [net_of(amount, line.rate) for amount in own]
        signed = sum((c.sign * a for c, a in zip(line.changes, amounts, strict=True)), ZERO)
        base = item.net - signed
        price = _net_price(line, base)
    changes = tuple(
        ChangeTotal(change, amount, base, item.taxed)
        for change, amount in zip(line.changes, amounts, strict=True)
    )
    return LineTotal(line, price, base, changes, item.net)


def _net_price(line: Line, net: Decimal) -> Decimal:
    """The shortest price without tax, from two decimals on, that gives exactly ``net``."""
    if not line.quantity:
        return net_of(line.price, line.rate)
    for exact in (line.price * 100 / (100 + line.rate), net * line.base / line.quantity):
        for places in range(2, 13):
            price = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
            if cents(price * line.quantity / line.base) == net:
                return price
    raise Refused(
        say("“%(name)s”: too large a quantity for a price that includes the tax.", name=line.name)
    )


def _sums(
    document: Document,
    lines: tuple[LineTotal, ...],
    changes: tuple[ChangeTotal, ...],
    rates: tuple[RateTotal, ...],
) -> Totals:
    line_sum = sum((line.net for line in lines), ZERO)
    allowances = sum((c.amount for c in changes if not c.change.is_charge), ZERO)
    charges = sum((c.amount for c in changes if c.change.is_charge), ZERO)
    net, tax = line_sum - allowances + charges, sum((rate.tax for rate in rates), ZERO)
    prepaid, rounding = cents(document.prepaid), cents(document.rounding)
    return Totals(
        lines,
        changes,
        rates,
        cents(line_sum),
        cents(allowances),
        cents(charges),
        cents(net),
        cents(tax),
        cents(net + tax),
        prepaid,
        rounding,
        cents(net + tax - prepaid + rounding),
    )
