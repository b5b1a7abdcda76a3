"""Tables as spreadsheets and scripts write them, read row by row with the line each stands in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # what some programs write before anything else


class Row(NamedTuple):
    """What stands in one line, by the head of its column, without space around it."""

    line: int
    cells: dict[str, str]


class UnreadableError(ValueError):
    """Why this is no such table, in a sentence for whoever called the command."""


def read(path: Path, *needed: str) -> tuple[list[str], list[Row]]:
    """The heads and the rows; commas, semicolons or tabs, with or without a mark, any line ends.

    Heads that are ``needed`` may be written large or small. Lines and columns in which nothing
    stands are passed over, as spreadsheets leave them behind.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(f"{path.name} is not written in UTF-8.") from None
    except OSError as failure:
        raise UnreadableError(f"{path.name} cannot be read: {failure.strerror}.") from None
    try:
        lines = _cut(text, needed)
    except csv.Error as broken:
        raise UnreadableError(f"{path.name} is no table: {broken}.") from None
    if not lines:
        return [], []
    heads = [_head(head, needed) for head in lines[0][1]]
    for line, cells in lines[1:]:
        if any(cells[len(heads) :]):
            raise UnreadableError(f"Line {line}: there are more cells than columns.")
    _check(heads, [cells for _line, cells in lines[1:]])
    rows = [
        Row(line, dict(zip(heads, _filled(cells, heads), strict=True))) for line, cells in lines[1:]
    ]
    for row in rows:
        row.cells.pop("", None)
    return [head for head in heads if head], rows


def _cut(text: str, needed: Iterable[str]) -> list[tuple[int, list[str]]]:
    """(number, cells) of every line in which something stands, cut at what gives the needed heads.

    Where no cut gives them all, the one that gives most columns; a wrong quote is told then.
    """
    best: list[tuple[int, list[str]]] = []
    failure: csv.Error | None = None
    for mark in ",;\t":
        try:
            lines = _lines(text, mark)
        except csv.Error as broken:
            failure = failure or broken
            continue
        if not lines:
            return []
        if set(needed) <= {_head(head, needed) for head in lines[0][1]}:
            return lines
        if not best or len(lines[0][1]) > len(best[0][1]):
            best = lines
    if failure and (not best or len(best[0][1]) == 1):
        raise failure
    return best


def _lines(text: str, mark: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=mark, strict=True, skipinitialspace=True
    )
    found, begins = [], 1
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            found.append((begins, stripped))
        begins = reader.line_num + 1
    return found


def _head(head: str, needed: Iterable[str]) -> str:
    name = head.strip(MARK).strip()
    return name.casefold() if name.casefold() in set(needed) else name


def _filled(cells: list[str], heads: list[str]) -> list[str]:
    return (cells + [""] * len(heads))[: len(heads)]


def _check(heads: list[str], lines: Iterable[list[str]]) -> None:
    named = [head for head in heads if head]
    if twice := next((head for head in named if named.count(head) > 1), None):
        raise UnreadableError(f"Two columns are headed “{twice}”.")
    nameless = {place for place, head in enumerate(heads) if not head}
    if any(cell for cells in lines for place, cell in enumerate(cells) if place in nameless):
        raise UnreadableError("A column with something in it has no head.")
