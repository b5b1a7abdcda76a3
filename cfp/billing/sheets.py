"""Tables for spreadsheets: amounts as figures, and no cell that could be taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """UTF-8 with a mark by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def cell(value: object) -> str:
    """An amount keeps its sign; any other text that begins like a formula is defused (OWASP)."""
    text = "" if value is None else str(value)
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return text
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def amount(cents: int) -> str:
    return f"{Decimal(cents).scaleb(-2):.2f}"
