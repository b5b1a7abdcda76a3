"""Building the XML: an element that would be empty is left out, as the standard wants it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from lxml import etree

NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}


def element(
    name: str, *content: str | etree._Element | Iterable[etree._Element | None] | None, **given: str
) -> etree._Element | None:
    """An element of ``ram:`` (or of the prefix given), or nothing if nothing is in it."""
    prefix, _, local = name.rpartition(":")
    made = etree.Element(f"{{{NAMESPACES[prefix or 'ram']}}}{local}", given, NAMESPACES)
    for part in content:
        if isinstance(part, str):
            made.text = part or None
        elif isinstance(part, etree._Element):  # noqa: SLF001  (lxml has no public name for it)
            made.append(part)
        elif part is not None:
            made.extend(child for child in part if child is not None)
    is_empty = made.text is None and len(made) == 0
    return None if is_empty else made


def amount(name: str, value: Decimal, **attributes: str) -> etree._Element | None:
    return element(name, f"{value:.2f}", **attributes)


def number(value: Decimal) -> str:
    """Exact, without an exponent, with no more digits than it has."""
    text = f"{value.normalize():f}"
    return "0" if text == "-0" else text


def day(name: str, on: date | None, inner: str = "udt:DateTimeString") -> etree._Element | None:
    return element(name, element(inner, f"{on:%Y%m%d}", format="102")) if on else None
