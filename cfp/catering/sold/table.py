"""A table of tickets: order time, product, tier, price, checked in or not; one line a ticket."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from cfp.catering.sold.sale import BrokenFile, Sale, Why, class_of
from cfp.catering.sold.text import decoded, opened, words

# Heads that mean a column, in the order in which they are looked for.
HEADS = {
    "date": ("order date", "date", "datum", "bestelldatum"),
    "time": ("order time", "ordered at", "datetime", "time", "ordered", "zeit", "bestellzeit"),
    "product": ("product", "item", "ticket type", "ticket", "produkt"),
    "tier": ("tier", "price tier", "variation", "variante", "preisstufe"),
    "price": ("price", "amount", "preis", "total"),
    "came": ("checked in", "check in", "came", "checkin", "eingecheckt", "attended"),
    "status": ("status", "order status"),
    "voucher": ("voucher", "voucher code", "gutschein"),
}
YES = {"1", "true", "yes", "y", "x", "ja", "checked in"}
NO = {"0", "false", "no", "n", "nein", "-", "not checked in"}
GONE = {"c", "e", "canceled", "cancelled", "expired", "storniert", "verfallen", "refunded"}
SHAPES = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y")
MOST_LINES = 100_000


def read_table(data: bytes, zone: str) -> list[Sale]:
    """Sales in the order of the file; times without an offset are the conference's own."""
    text, delimiter = opened(decoded(data))
    lines = csv.reader(text, delimiter=delimiter)
    try:
        rows = list(lines)
    except csv.Error:
        raise BrokenFile(Why.NO_TABLE, lines.line_num) from None
    if not rows:
        raise BrokenFile(Why.EMPTY)
    columns = _columns(rows[0])
    if not {"date", "time"} & columns.keys() or "price" not in columns:
        raise BrokenFile(Why.NO_COLUMNS)
    if len(rows) > MOST_LINES:
        raise BrokenFile(Why.TOO_LONG)
    found = [
        _sale({name: _cell(row, at) for name, at in columns.items()}, line, ZoneInfo(zone))
        for line, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]
    return [sale for sale in found if sale]


def _columns(head: list[str]) -> dict[str, int]:
    names = [" ".join(re.sub(r"[_\-]+", " ", name).casefold().split()) for name in head]
    return {
        column: names.index(found)
        for column, wanted in HEADS.items()
        if (found := next((name for name in wanted if name in names), None))
    }


def _cell(row: list[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _sale(cells: dict[str, str], line: int, zone: ZoneInfo) -> Sale | None:
    """None for what was cancelled or has expired."""
    if cells.get("status", "").casefold() in GONE:
        return None
    moment = " ".join(part for part in (cells.get("date"), cells.get("time")) if part)
    cents = _cents(cells["price"], line)
    product = words(cells.get("product", ""))
    return Sale(
        ordered_at=read_moment(moment, line, zone),
        kind=class_of(product, cents, by_voucher=bool(cells.get("voucher"))),
        cents=cents,
        product=product,
        tier=words(cells.get("tier", "")),
        came=_came(cells.get("came", "")),
    )


def read_moment(text: str, entry: int, zone: ZoneInfo) -> datetime:
    """An ISO moment or a German or British date with or without a time."""
    found = None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        for shape in SHAPES:
            try:
                found = datetime.strptime(text, shape)  # noqa: DTZ007  (its zone comes next)
                break
            except ValueError:
                continue
    if found is None or not 1990 <= found.year <= 2100:
        raise BrokenFile(Why.NO_TIME, entry, text)
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _cents(text: str, line: int) -> int:
    """12.50, 12,50, 1.234,50 EUR and 1,234.50 alike."""
    digits = re.sub(r"[^\d,.\-]", "", text)
    mark = max(digits.rfind(","), digits.rfind("."))
    if mark >= 0 and len(digits) - mark - 1 in {1, 2}:
        digits = re.sub(r"[,.]", "", digits[:mark]) + "." + digits[mark + 1 :]
    else:
        digits = re.sub(r"[,.]", "", digits)
    try:
        cents = int((Decimal(digits) * 100).to_integral_value()) if digits else 0
    except InvalidOperation:
        raise BrokenFile(Why.NO_PRICE, line, text) from None
    if not 0 <= cents <= 10_000_000:
        raise BrokenFile(Why.NO_PRICE, line, text)
    return cents


def _came(text: str) -> bool | None:
    """Yes, no, or a moment of check-in; an empty cell says nothing."""
    word = text.casefold()
    if not word:
        return None
    if word in NO:
        return False
    return word in YES or bool(re.match(r"\d{4}-\d\d-\d\d|\d\d\.\d\d\.", word)) or None
