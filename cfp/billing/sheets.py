"""Tables for spreadsheets: amounts as figures, and no cell that could be taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no workbook may hold these


@dataclass(frozen=True)
class Table:
    """Heads and rows; amounts are `Decimal`, days are days, all else is text."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """UTF-8 with a mark by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def as_xlsx(table: Table) -> bytes:
    """A workbook of one sheet; texts are texts, whatever they begin with."""
    import openpyxl  # noqa: PLC0415  (heavy, and seldom asked for)
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(table.name[:31])
    sheet.append(list(table.head))
    for row in table.rows:
        cells = []
        for value in row:
            made = WriteOnlyCell(sheet, value=None)
            if isinstance(value, Decimal):
                made.value, made.number_format = value, "0.00"
            elif isinstance(value, date | int | float):
                made.value = value
            else:
                made.value = FORBIDDEN.sub("", cell(value))
                made.data_type = "s"
            cells.append(made)
        sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def cell(value: object) -> str:
    """An amount keeps its sign; any other text that begins like a formula is defused (OWASP)."""
    text = "" if value is None else str(value)
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return text
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def amount(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2).quantize(Decimal("0.01"))
