"""The lines of a description, and what is taken off or put on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from cfp.billing import vat
from cfp.billing.described import values
from cfp.billing.described.fields import Fields
from cfp.billing.document import Change, Line, Period
from cfp.errors import Refused

CATEGORIES = {
    **dict.fromkeys(("s", "standard", "taxed", "standard_rate"), "S"),
    **dict.fromkeys(("z", "zero", "zero_rated", "zero_rate"), "Z"),
    **dict.fromkeys(("e", "exempt", "small_business", "exemption"), "E"),
    **dict.fromkeys(("ae", "reverse_charge", "reverse"), "AE"),
    **dict.fromkeys(("k", "intra_community", "intra_community_supply"), "K"),
    **dict.fromkeys(("g", "export", "export_outside_the_eu"), "G"),
    **dict.fromkeys(("o", "outside", "not_taxable", "outside_scope", "not_subject"), "O"),
}
SUPPLIES = {supply.value.replace("-", "_"): supply for supply in vat.Supply}
Decide = Callable[[vat.Supply, Decimal], vat.Treatment]
RATE = ("rate", "vat_rate", "tax_rate", "vat_percent", "tax_percent", "vat")
CATEGORY = ("category", "vat_category", "tax_category", "tax_code", "vat_code")
NET = ("unit_price", "price", "net_price", "unit_price_net", "price_net", "net_unit_price")
GROSS = ("unit_price_gross", "gross_price", "price_gross", "gross_unit_price")
NOTHING = Decimal(0)


def line(given: Fields, *, gross: bool | None, small: bool, decide: Decide) -> Line:
    """One line; ``gross`` is what the whole document says about its prices."""
    price, with_tax = _price(given, gross=gross)
    category, rate = _taxed(given, small=small, decide=decide)
    unit = given.text("unit", "unit_code", "uom")
    code = values.unit(unit)
    if code is None:
        given.fault(f"“{unit}” is no unit; write piece, hour, day ... or a code as C62", "unit")
    quantity = given.number("quantity", "qty", "count")
    found = Line(
        name=given.text("name", "description", "title", "item", "text"),
        details=given.text("details", "long_description", "detail", "note"),
        article=given.text("article", "article_number", "sku", "item_number"),
        quantity=Decimal(1) if quantity is None else quantity,
        unit=code or "C62",
        price=price,
        base=given.number("base", "base_quantity", "price_base", "per") or Decimal(1),
        gross=with_tax,
        category=category,
        rate=rate,
        changes=changes(given, of_line=True),
        period=period(given),
    )
    if not found.name:
        given.fault("is missing", "description")
    if found.base <= 0:
        given.fault("must be more than 0", "base")
    given.close()
    return found


def _price(given: Fields, *, gross: bool | None) -> tuple[Decimal, bool]:
    """The price of one and whether the tax is in it."""
    for name in NET:
        if isinstance(given.given.get(name), dict):
            inner = given.object(name)
            if inner is not None:
                inner.given = {f"unit_price_{key}": each for key, each in inner.given.items()}
                given.merge(inner)
    said = given.flag("gross", "price_includes_tax", "includes_vat", "prices_include_tax")
    if given.has(*GROSS):
        if given.has(*NET):
            given.fault("give the price without the tax or with it, not both", "unit_price")
            given.take(*NET)
        return _positive(given, *GROSS), True
    if not given.has(*NET):
        given.take(*NET, *GROSS)
        given.fault("is missing", "unit_price")
        return NOTHING, False
    net_by_name = given.has("net_price", "unit_price_net", "price_net", "net_unit_price")
    price = _positive(given, *NET)
    return price, bool(gross if said is None else said) and not net_by_name


def _positive(given: Fields, *names: str) -> Decimal:
    """A price; the standard knows none below zero (BR-27)."""
    price = given.number(*names) or NOTHING
    if price < 0:
        given.fault("must be at least 0; what is taken back has a negative quantity", names[0])
    return price


def _rate(given: Fields) -> Decimal | None:
    """A rate in percent; ``0.19`` is meant as 19, or is it? Nobody should have to guess."""
    rate = given.percent(*RATE)
    if rate is not None and 0 < rate < 1:
        given.fault(f"is in percent; {rate.normalize():f} is less than one. Write 19", RATE[0])
    return rate


def _taxed(given: Fields, *, small: bool, decide: Decide) -> tuple[str, Decimal]:
    """Category and rate: as said, or decided by what is sold; of one, the other follows."""
    inner = given.object("tax", "vat") if isinstance(given.given.get("vat"), dict) else None
    given.merge(inner or given.object("tax"))
    category = given.chosen(CATEGORIES, *CATEGORY)
    rate = _rate(given)
    supply = given.chosen(SUPPLIES, "supply", "sold", "what")
    if supply is not None and category is None:
        try:
            decided = decide(supply, Decimal(19) if rate is None else rate)
        except Refused as refused:
            given.fault(refused.sentence.rstrip("."))
            return "S", Decimal(19)
        return decided.category, decided.rate
    if category is None and rate is None and small:
        return "E", NOTHING
    if category is None:
        if not rate:
            given.fault("say the rate and the category of the tax", "rate")
            return "S", Decimal(19)
        return ("E", NOTHING) if small and not rate else ("S", rate)
    if rate is None and category == "S":
        given.fault("is missing", "rate")
    return category, rate or NOTHING


def changes(given: Fields, *, of_line: bool) -> tuple[Change, ...]:
    """Allowances and charges; under ``discount`` a number is an amount and ``"10 %"`` a share."""
    allowed = ("allowances", "discounts", "allowance", "discount", "reductions")
    charged = ("charges", "surcharges", "charge", "surcharge")
    for name in (*allowed, *charged):
        if isinstance(given.given.get(name), str | int | Decimal):
            text = str(given.given[name])
            key = "percent" if text.strip().endswith("%") else "amount"
            given.given[name] = {key: text}
    found = (
        *given.each(lambda one: _change(one, is_charge=False, of_line=of_line), *allowed),
        *given.each(lambda one: _change(one, is_charge=True, of_line=of_line), *charged),
    )
    share = given.percent("discount_percent", "allowance_percent")
    return (*found, Change(percent=share)) if share else found


def _change(given: Fields, *, is_charge: bool, of_line: bool) -> Change:
    amount = given.number("amount", "value", least=NOTHING)
    percent = given.percent("percent", "percentage", "share")
    if (amount is None) == (percent is None):
        given.fault("needs an amount or a percentage, and only one of them")
    found = Change(
        amount=None if percent is not None else amount or NOTHING,
        percent=percent,
        reason=given.text("reason", "description", "name", "text"),
        is_charge=is_charge,
    )
    if not of_line:
        category = given.chosen(CATEGORIES, *CATEGORY)
        rate = _rate(given)
        if rate is None and category not in {None, "S"}:
            rate = NOTHING
        gross = given.flag("gross", "price_includes_tax", "includes_vat")
        found = replace(found, category=category, rate=rate, gross=gross)
    given.close()
    return found


def period(given: Fields, *more: str) -> Period | None:
    """From when to when something was supplied."""
    inner = given.object("period", "billing_period", "service_period", *more)
    if inner is None:
        return None
    first = inner.day("from", "start", "first", "begin", "start_date")
    last = inner.day("to", "end", "last", "until", "end_date")
    inner.close()
    if first is None or last is None:
        inner.fault("needs its first and its last day")
        return None
    return Period(first, last)
