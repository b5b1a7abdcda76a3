"""Tables for spreadsheets, as CSV or XLSX, in which no cell can be taken for a formula.

The few parts that an XLSX needs are written here: a library for it costs a web worker 28 MB.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from xml.sax.saxutils import escape, quoteattr

CSV, XLSX = "csv", "xlsx"
KINDS = {CSV: "text/csv", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")  # OWASP, CSV injection
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_A_NAME = re.compile(r"[\[\]:*?/\\]")
FIRST_DAY = date(1899, 12, 30)  # day 0 of spreadsheets, as they count from March 1900 on
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PART = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
AMOUNT, DAY = 1, 2  # places in cellXfs
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{PART}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{PART}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{PART}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="3"><xf xfId="0"/>'
        '<xf xfId="0" numFmtId="2" applyNumberFormat="1"/>'  # 0.00
        '<xf xfId="0" numFmtId="14" applyNumberFormat="1"/></cellXfs>'  # a day
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
        f'Type="{DOCUMENT}/styles" Target="styles.xml"/></Relationships>'
    ),
}


@dataclass(frozen=True)
class Table:
    """Heads and rows; amounts are `Decimal`, days are days, numbers numbers, all else is text."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[object]]

    def written(self, ending: str) -> str | bytes:
        return as_csv(self) if ending == CSV else as_xlsx(self)


def as_csv(table: Table) -> str:
    """UTF-8 with a mark by which Excel knows it."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([defused(cell) for cell in table.head])
    lines.writerows([defused(cell) for cell in row] for row in table.rows)
    return "\ufeff" + out.getvalue()


def as_xlsx(table: Table) -> bytes:
    """One sheet (ECMA-376); numbers and days are what they are, everything else is text."""
    target = io.BytesIO()
    name = NOT_A_NAME.sub(" ", NOT_XML.sub("", table.name))[:31].strip("' ") or "1"
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>'
        f'<sheet name={quoteattr(name)} sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    lines = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in (table.head, *table.rows))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    parts = PARTS | {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, part in parts.items():
            archive.writestr(path, HEAD + part)
    return target.getvalue()


def defused(cell: object) -> str:
    """The cell as text that no spreadsheet reckons with; a number, also one below zero, is one.

    An apostrophe goes before whatever begins like a formula, and before one that is there already,
    so that ``typed`` gives back what stood there.
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def typed(cell: str) -> str:
    """What somebody typed, without the apostrophe that defused it."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def amount(cents: int) -> Decimal:
    """Cents as an amount with two places."""
    return Decimal(cents).scaleb(-2).quantize(Decimal("0.01"))


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, Decimal):
        return f'<c s="{AMOUNT}"><v>{value}</v></c>'
    if isinstance(value, int | float) and isfinite(value):
        return f"<c><v>{value}</v></c>"
    if isinstance(value, date) and not isinstance(value, datetime):
        return f'<c s="{DAY}"><v>{(value - FIRST_DAY).days}</v></c>'
    text = escape(NOT_XML.sub("", defused(value)))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if text else "<c/>"
