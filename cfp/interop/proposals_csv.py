"""Reading proposals from a table: CSV out of a spreadsheet, in whatever dialect it was saved."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cfp.interop.imported import MOST_TALKS, BrokenFile, Imported, line_at, within_size
from cfp.interop.programme.collect import collect
from cfp.interop.programme.raw import RawHead, RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.programme.times import minutes_of
from cfp.interop.text import clean, one_line
from cfp.sentences import say
from cfp.sheets import typed

# A column and the headers under which people keep it, in the order in which they are preferred.
_COLUMNS = {
    "key": ("guid", "tid", "id", "code", "key", "proposal id", "submission id", "session id"),
    "title": ("title", "titel", "titre", "talk title", "proposal title", "session title", "talk"),
    "subtitle": ("subtitle", "untertitel"),
    "abstract": ("abstract", "summary", "short description", "kurzfassung", "résumé"),
    "description": ("description", "beschreibung", "long description", "details"),
    "format": ("format", "type", "session format", "session type", "submission type", "art", "typ"),
    "duration": ("duration", "minutes", "length", "dauer", "duration min", "durée"),
    "track": ("track", "topic", "thema", "category", "subcommunity"),
    "language": ("language", "lang", "sprache", "langue", "content locale"),
    "level": ("level", "audience level", "niveau", "difficulty"),
    "names": ("speakers", "speaker", "authors", "author", "speaker names", "speaker name",
              "names", "name", "vortragende", "referenten", "presenter", "presenters", "owner"),
    "emails": ("e mails", "e mail", "emails", "email", "speaker emails", "speaker email",
               "speaker e mails", "mail", "mails", "owner email"),
    "notes": ("notes", "note", "notizen", "comments", "comment", "remarks", "anmerkungen"),
    "url": ("url", "link", "website"),
    "state": ("state", "status", "status code"),
}  # fmt: skip
_MOST_COLUMNS = 200
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]{2,}")
_NAMED_ADDRESS = re.compile(r"([^<>]*)<([^<>]*)>")

Row = dict[str, str]


@dataclass(frozen=True)
class _Table:
    """The dialect of the file: where its header stands, what divides it, what its columns are."""

    text: str
    line: int  # lines above the header
    delimiter: str
    header: list[str]
    columns: dict[str, int]


def read(data: bytes, *, zone: str = "UTC") -> Imported:
    """One talk a row. Raises BrokenFile where there is no table, or none with titles."""
    repairs = Repairs()
    table = _table(decoded(within_size(data), repairs))
    unread = [name for n, name in enumerate(table.header) if n not in table.columns.values()]
    if any(unread):
        names = ", ".join(filter(None, unread))
        repairs.tell(say("Columns that were not read: %(names)s", names=names))
    raws = [raw for row in _rows(table, repairs) if (raw := _talk(row, repairs))]
    return collect(RawHead(), _once(raws, repairs), repairs, zone=zone)


def decoded(data: bytes, repairs: Repairs) -> str:
    """The text of a table, in whichever encoding it was saved."""
    utf16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ["utf-16"] if utf16 else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            repairs.tell(say("The file is not UTF-8; it was read as Windows-1252"))
        return text
    raise BrokenFile(say("The file is text in no known encoding."))


def _table(text: str) -> _Table:
    """The header read with the delimiter under which most of its columns are known."""
    begins = len(text) - len(text.lstrip())
    body = re.sub(r"\Asep=.\r?\n", "", text[text.rfind("\n", 0, begins) + 1 :])
    line = text[: len(text) - len(body)].count("\n")
    tables = []
    for delimiter in ",;\t":
        header = next(_cells(body, delimiter, line), (0, []))[1]
        if len(header) > _MOST_COLUMNS:
            raise BrokenFile(
                say("The table has more than %(n)s columns.", n=_MOST_COLUMNS), line_at(line + 1)
            )
        names = [one_line(name) for name in header]
        tables.append(_Table(body, line, delimiter, names, _columns(names)))
    best = max(tables, key=lambda table: len(table.columns))
    if "title" not in best.columns:
        raise BrokenFile(say("The first line names no column for the title."), line_at(line + 1))
    return best


def _columns(header: list[str]) -> dict[str, int]:
    plain = (name.casefold().replace("(s)", "s") for name in header)
    names = [re.sub(r"[\W_]+", " ", name).strip() for name in plain]
    return {
        column: next(names.index(known) for known in headers if known in names)
        for column, headers in _COLUMNS.items()
        if set(headers) & set(names)
    }


def _cells(text: str, delimiter: str, above: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield above + begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        sentence = say("The table cannot be read (“%(reason)s”).", reason=str(error))
        raise BrokenFile(sentence, line_at(above + begins)) from None


def _rows(table: _Table, repairs: Repairs) -> Iterator[Row]:
    """The rows below the header as column -> words, with their line under ``where``."""
    rows = _cells(table.text, table.delimiter, table.line)
    next(rows)
    for count, (line, cells) in enumerate(rows):
        if count > MOST_TALKS * 2:
            raise BrokenFile(say("The table has more than %(n)s rows.", n=count), line_at(line))
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(table.header) :]):
            repairs.refuse(say("The row has more cells than the header."), line_at(line))
            continue
        row = {name: typed(clean(cells[n])) for name, n in table.columns.items() if n < len(cells)}
        yield dict.fromkeys(_COLUMNS, "") | row | {"where": line_at(line)}


def _talk(row: Row, repairs: Repairs) -> RawTalk | None:
    """The row as a talk, or nothing when it is refused."""
    persons = _persons(row["names"], row["emails"])
    if isinstance(persons, str):
        repairs.refuse(persons, row["where"])
        return None
    if row["duration"].strip() and not minutes_of(row["duration"]):
        repairs.tell(say("The duration makes no sense and was left out"), row["where"])
    return RawTalk(
        where=row["where"],
        id=one_line(row["key"]),
        title=row["title"],
        subtitle=row["subtitle"],
        abstract=row["abstract"],
        description=row["description"],
        format=row["format"],
        duration=row["duration"],
        track=row["track"],
        language=row["language"],
        level=row["level"],
        notes=row["notes"],
        url=row["url"],
        state=one_line(row["state"]).lower(),
        persons=persons,
    )


def _persons(names: str, emails: str) -> tuple[RawPerson, ...] | str:
    """The speakers with their addresses, or a sentence why the two do not fit."""
    addresses = [part.strip().lower() for part in re.split(r"[;,\s]+", emails) if part.strip()]
    for address in addresses:
        if not _ADDRESS.fullmatch(address):
            return say("“%(text)s” is not an e-mail address.", text=address[:80])
    people = _names(names, len(addresses))
    with_address = [_NAMED_ADDRESS.fullmatch(name) for name in people]
    if not addresses and people and all(with_address):
        return tuple(
            RawPerson(match[1].strip(), email=match[2].strip().lower())
            for match in with_address
            if match
        )
    if addresses and len(addresses) != len(people):
        return say(
            "There are %(n)s speakers but %(m)s e-mail addresses.",
            n=len(people),
            m=len(addresses),
        )
    paired = addresses or [""] * len(people)
    return tuple(RawPerson(name, email=email) for name, email in zip(people, paired, strict=True))


def _names(names: str, addresses: int) -> list[str]:
    """Names divided by ``;``, or by commas unless the addresses say that it is one name."""
    by_semicolon = [name.strip() for name in names.split(";") if name.strip()]
    by_comma = [name.strip() for name in names.split(",") if name.strip()]
    if len(by_semicolon) > 1 or (addresses and addresses == len(by_semicolon)):
        return by_semicolon
    return by_comma


def _once(raws: list[RawTalk], repairs: Repairs) -> Iterator[RawTalk]:
    """The talks whose id does not stand further up already."""
    lines: dict[str, str] = {}
    for raw in raws:
        if raw.id and raw.id in lines:
            repairs.refuse(
                say(
                    "The id %(id)s stands already in %(where)s.",
                    id=raw.id[:40],
                    where=lines[raw.id],
                ),
                raw.where,
            )
            continue
        lines[raw.id] = raw.where
        yield raw
