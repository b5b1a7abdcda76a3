"""Which of the formats a file has, by what stands in it rather than by its name."""

from __future__ import annotations

import re
from collections.abc import Callable

from cfp.interop import pretalx, proposals_csv, schedule_json, schedule_xml
from cfp.interop.imported import BrokenFile, Imported

_READERS: dict[str, Callable[..., Imported]] = {
    "schedule.xml": schedule_xml.read,
    "schedule.json": schedule_json.read,
    "pretalx": pretalx.read,
    "csv": proposals_csv.read,
}
_FOREIGN = {
    b"PK\x03\x04": "This is a spreadsheet or an archive; save the table as CSV first.",
    b"\xd0\xcf\x11\xe0": "This is an old spreadsheet; save the table as CSV first.",
    b"%PDF": "This is a PDF.",
    b"BEGIN:VCALENDAR": "This is a calendar; it does not hold what a programme needs.",
}
_TEXTUAL = (".csv", ".tsv", ".txt")


def guess_format(filename: str, data: bytes) -> str:
    """``schedule.xml``, ``schedule.json``, ``pretalx`` or ``csv``; anything else is broken."""
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, sentence in _FOREIGN.items():
        if start.startswith(mark):
            raise BrokenFile(sentence)
    if start.startswith(b"<") or filename.lower().endswith(".xml"):
        return "schedule.xml"
    if start[:1] in {b"{", b"["} or filename.lower().endswith(".json"):
        return "schedule.json" if re.search(rb'"schedule"\s*:\s*\{', start) else "pretalx"
    if filename.lower().endswith(_TEXTUAL) or re.search(rb"[,;\t]", start.partition(b"\n")[0]):
        return "csv"
    raise BrokenFile("The file is neither XML nor JSON nor CSV.")


def read(filename: str, data: bytes, *, zone: str = "UTC") -> Imported:
    """The file in whichever format it has; ``zone`` is assumed where it names none."""
    return _READERS[guess_format(filename, data)](data, zone=zone)
