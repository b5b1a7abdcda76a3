"""Which of the formats a file has, by what stands in it rather than by its name."""

from __future__ import annotations

import re
from collections.abc import Callable

from cfp.interop import (
    hotcrp,
    hotcrp_csv,
    papercall,
    pretalx,
    proposals_csv,
    schedule_json,
    schedule_xml,
    sessionize,
    spreadsheet,
)
from cfp.interop.imported import BrokenFile, Imported
from cfp.sentences import say

_READERS: dict[str, Callable[..., Imported]] = {
    "schedule.xml": schedule_xml.read,
    "schedule.json": schedule_json.read,
    "pretalx": pretalx.read,
    "sessionize": sessionize.read,
    "papercall": papercall.read,
    "hotcrp": hotcrp.read,
    "hotcrp.csv": hotcrp_csv.read,
    "xlsx": spreadsheet.read,
    "csv": proposals_csv.read,
}
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": say("This is an old spreadsheet; save the table as CSV first."),
    b"%PDF": say("This is a PDF."),
    b"BEGIN:VCALENDAR": say("This is a calendar; it does not hold what a programme needs."),
}
_LOOK = 65_536  # bytes in which a JSON file shows whose it is
_JSON = {
    "schedule.json": rb'"schedule"\s*:\s*\{',
    "sessionize": rb'"(?:isServiceSession|categoryItems)"\s*:',
    "papercall": rb'"talk"\s*:\s*\{',
    "hotcrp": rb'"pid"\s*:\s*\d',
}
_TEXTUAL = (".csv", ".tsv", ".txt")


def guess_format(filename: str, data: bytes) -> str:
    """The key of its reader; what no reader knows is broken."""
    data = _in_utf8(data)
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise BrokenFile(say("The file is empty."))
    for mark, sentence in _FOREIGN.items():
        if start.startswith(mark):
            raise BrokenFile(sentence)
    if start.startswith(b"<") or filename.lower().endswith(".xml"):
        return "schedule.xml"
    if start[:1] in {b"{", b"["} or filename.lower().endswith(".json"):
        return next(
            (kind for kind, mark in _JSON.items() if re.search(mark, data[:_LOOK])), "pretalx"
        )
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if hotcrp_csv.is_of_hotcrp(start):
        return "hotcrp.csv"
    if filename.lower().endswith(_TEXTUAL) or re.search(rb"[,;\t]", start.partition(b"\n")[0]):
        return "csv"
    raise BrokenFile(say("The file is neither XML nor JSON nor CSV."))


def read(filename: str, data: bytes, *, zone: str = "UTC") -> Imported:
    """The file in whichever format it has; ``zone`` is assumed where it names none."""
    data = _in_utf8(data)
    return _READERS[guess_format(filename, data)](data, zone=zone)


def _in_utf8(data: bytes) -> bytes:
    """What Excel and PowerShell save as UTF-16, with its mark or without; XML says so itself."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    elif data[1:2] == data[3:4] == b"\0" and data[:1] != b"\0":
        encoding = "utf-16-le"
    elif data[:1] == data[2:3] == b"\0" and data[1:2] != b"\0":
        encoding = "utf-16-be"
    else:
        return data
    text = data.decode(encoding, "replace")
    return data if text.lstrip().startswith("<") else text.encode("utf-8", "replace")
