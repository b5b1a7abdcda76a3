"""Whichever of the two a file is: a table, or an export of orders."""

from __future__ import annotations

from cfp.catering.sold.pretix import read_pretix
from cfp.catering.sold.sale import BrokenFile, Sale, Why
from cfp.catering.sold.table import read_table

FOREIGN = {
    b"PK\x03\x04": Why.SPREADSHEET,
    b"\xd0\xcf\x11\xe0": Why.SPREADSHEET,
    b"%PDF": Why.PDF,
}


def read_sales(data: bytes, zone: str) -> list[Sale]:
    """At least one sale, or BrokenFile."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:8]
    for mark, why in FOREIGN.items():
        if start.startswith(mark):
            raise BrokenFile(why)
    read = read_pretix if start[:1] in {b"{", b"["} else read_table
    found = read(data, zone)
    if not found:
        raise BrokenFile(Why.NOTHING_SOLD)
    return found
