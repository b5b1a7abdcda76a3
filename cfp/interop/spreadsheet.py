"""Reading proposals from a spreadsheet (XLSX): its first sheet is a table like any CSV."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from typing import Any

from cfp.interop import proposals_csv
from cfp.interop.imported import BrokenFile, Imported, within_size
from cfp.sentences import say

MOST_UNPACKED = 100_000_000  # bytes; a table of proposals is a hundredth of it
MOST_ROWS, MOST_CELLS = 20_000, 200


def read(data: bytes, *, zone: str = "UTC") -> Imported:
    """One talk a row. Raises BrokenFile where it is no spreadsheet, or too large a one."""
    rows = _rows(within_size(data))
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return proposals_csv.read(out.getvalue().encode(), zone=zone)


def _rows(data: bytes) -> list[list[str]]:
    import openpyxl  # noqa: PLC0415  (heavy; defusedxml guards what it parses)

    _check_size(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        some = sheet.iter_rows(values_only=True, max_col=MOST_CELLS, max_row=MOST_ROWS + 1)
        found = [[_words(cell) for cell in cells] for cells in some]
        book.close()
    except Exception as error:  # whatever a broken archive makes of a library
        raise BrokenFile(say("The spreadsheet cannot be read; save the table as CSV.")) from error
    if len(found) > MOST_ROWS:
        raise BrokenFile(say("The sheet has more than %(n)s rows.", n=MOST_ROWS))
    return found


def _check_size(data: bytes) -> None:
    """Refuse an archive that unpacks to more than any table."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise BrokenFile(say("The spreadsheet cannot be read; save the table as CSV.")) from error
    if len(entries) > 1000 or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise BrokenFile(say("The spreadsheet holds too much."))
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise BrokenFile(say("This is a spreadsheet or an archive; save the table as CSV first."))


def _words(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, datetime) else str(cell)
