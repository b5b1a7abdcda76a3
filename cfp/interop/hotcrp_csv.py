"""Reading HotCRP's tables: its list of papers, or of authors with one author a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from cfp.interop.hotcrp import state_of
from cfp.interop.imported import MOST_TALKS, BrokenFile, Imported, line_at, within_size
from cfp.interop.programme.collect import collect
from cfp.interop.programme.raw import RawHead, RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.proposals_csv import decoded
from cfp.interop.text import clean
from cfp.sentences import say

KEYS = ("paper", "pid", "id")
OWN = {"paper", "pid", "decision", "first", "last", "affiliation", "topics", "pc_conflicts"}
MOST_ROWS = MOST_TALKS * 10  # of authors
ADDRESS = re.compile(r"<([^<>]*)>")

Row = dict[str, str]


def is_of_hotcrp(start: bytes) -> bool:
    """Whether the first line names a paper's number first, and something that only HotCRP does."""
    cells = start.partition(b"\n")[0].decode("utf-8", "replace").lower().split(",")
    names = [cell.strip().strip('"') for cell in cells]
    return names[0] in KEYS and "title" in names and bool(OWN & set(names))


def read(data: bytes, *, zone: str = "UTC") -> Imported:
    """The papers in the table, each with the authors of all its rows."""
    repairs = Repairs()
    papers: dict[str, list[Row]] = {}
    for row in _rows(decoded(within_size(data), repairs).lstrip()):
        key = next((row[name] for name in KEYS if row.get(name)), "")
        papers.setdefault(key, []).append(row)
    papers.pop("", None)
    if not papers:
        raise BrokenFile(say("The file holds no papers of HotCRP."))
    talks = [_talk(key, rows) for key, rows in papers.items()]
    return collect(RawHead(), talks, repairs, zone=zone)


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip().lower() for name in next(reader)]
        for count, cells in enumerate(reader):
            if count > MOST_ROWS:
                raise BrokenFile(say("The table has more than %(n)s rows.", n=MOST_ROWS))
            yield {name: clean(cell) for name, cell in zip(names, cells, strict=False)}
    except csv.Error as error:
        sentence = say("The table cannot be read (“%(reason)s”).", reason=str(error))
        raise BrokenFile(sentence, line_at(reader.line_num)) from None


def _talk(key: str, rows: list[Row]) -> RawTalk:
    first = rows[0]
    status = first.get("status", "").lower()
    return RawTalk(
        where=say("paper %(key)s", key=key),
        id=key,
        title=first.get("title", ""),
        abstract=first.get("abstract", ""),
        track=re.split(r"[;|]", first.get("topics", ""))[0].strip(),
        format=first.get("submission_class", "") or first.get("sclass", ""),
        state=state_of(first.get("decision") or status, withdrawn=status == "withdrawn"),
        persons=tuple(dict.fromkeys(person for row in rows for person in _authors(row))),
    )


def _authors(row: Row) -> Iterator[RawPerson]:
    """The author of this row, or those that stand in one cell: Ada Winter (Nordwind) <a@x>; ..."""
    name = " ".join(filter(None, (row.get("first"), row.get("last")))) or row.get("name", "")
    email = row.get("email", "").lower()
    if name or email:
        yield RawPerson(name or email, email=email)
        return
    for one in row.get("authors", "").split(";"):
        found = ADDRESS.search(one)
        address = found[1].strip().lower() if found else ""
        plain = re.sub(r"\([^()]*\)", "", ADDRESS.sub("", one)).strip()
        if plain or address:
            yield RawPerson(plain or address, email=address)
