"""pretix' export of orders (JSON, and the list of orders of its API): positions become sales."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from cfp.catering.sold.sale import BrokenFile, Sale, Why, class_of
from cfp.catering.sold.table import read_moment
from cfp.catering.sold.text import words

SOLD = {"p", "n", "paid", "pending"}


def read_pretix(data: bytes, zone: str) -> list[Sale]:
    """Sales of paid and pending orders; admission only, what is added to a ticket is not one."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # also numbers of more digits than are read
        raise BrokenFile(Why.NO_JSON) from None
    event = found.get("event", found) if isinstance(found, dict) else {"orders": found}
    if isinstance(event, dict) and "results" in event:
        event = {"orders": event["results"]}
    orders = event.get("orders") if isinstance(event, dict) else None
    if not isinstance(orders, list):
        raise BrokenFile(Why.NO_ORDERS)
    items = _items(event.get("items"))
    return [sale for n, order in enumerate(orders, 1) for sale in _sales(order, n, items, zone)]


def _things(listed: Any) -> list[dict[str, Any]]:
    """What stands in a list of things, whatever else an odd export has there."""
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _items(listed: Any) -> dict[str, dict[str, Any]]:
    return {str(item.get("id")): item for item in _things(listed)}


def _sales(order: Any, n: int, items: dict[str, dict[str, Any]], zone: str) -> Iterator[Sale]:
    if not isinstance(order, dict) or str(order.get("status", "p")).casefold() not in SOLD:
        return
    if order.get("testmode"):
        return
    at = read_moment(str(order.get("datetime", "")), n, ZoneInfo(zone))
    for position in _things(order.get("positions")):
        if position.get("canceled") or position.get("addon_to"):
            continue
        item = items.get(str(position.get("item")), {})
        if item.get("admission") is False:
            continue
        product = _words(item.get("name"), str(position.get("item", "")))
        cents = _cents(position.get("price"), n)
        checkins = position.get("checkins")
        yield Sale(
            ordered_at=at,
            kind=class_of(product, cents, by_voucher=bool(position.get("voucher"))),
            cents=cents,
            product=words(product),
            tier=words(_variation(item, position.get("variation"))),
            came=bool(checkins) if isinstance(checkins, list) else None,
        )


def _variation(item: dict[str, Any], variation: Any) -> str:
    if variation is None:
        return ""
    found = _items(item.get("variations")).get(str(variation), {})
    return _words(found.get("value") or found.get("name"), str(variation))


def _words(name: Any, otherwise: str) -> str:
    """A name in one language, or in several."""
    if isinstance(name, dict):
        name = name.get("en") or next(iter(name.values()), "")
    return str(name) if name else otherwise


def _cents(price: Any, n: int) -> int:
    try:
        cents = round(float(price) * 100)
    except (TypeError, ValueError, OverflowError):
        raise BrokenFile(Why.NO_PRICE, n, str(price)) from None
    if not 0 <= cents <= 10_000_000:
        raise BrokenFile(Why.NO_PRICE, n, str(price))
    return cents
