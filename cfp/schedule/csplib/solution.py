"""A plan of blocks as CSPLib's solution sheet: first the tracks of the cells, then their talks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cfp.schedule.csplib.cells import Row
from cfp.schedule.csplib.instance import Instance
from cfp.schedule.csplib.penalties import Place, Plan


def to_rows(instance: Instance, plan: Plan) -> list[list[str | None]]:
    """The sheet: rooms across; sessions with tracks, a blank row, slots with talks."""
    width = len(instance.rooms)
    tracks: list[list[str | None]] = [[None] * width for _ in instance.sessions]
    talks: list[list[list[str | None]]] = [
        [[None] * width for _ in range(session.slots)] for session in instance.sessions
    ]
    for talk, place in zip(instance.talks, plan, strict=True):
        tracks[place.session][place.room] = instance.tracks[talk.track]
        for slot in range(place.slot, place.slot + talk.slots):
            talks[place.session][slot][place.room] = talk.name
    rows: list[list[str | None]] = [[None, *instance.rooms]]
    rows += [[s.name, *row] for s, row in zip(instance.sessions, tracks, strict=True)]
    rows.append([None] * (width + 1))
    rows += [
        [session.name, *row]
        for session, held in zip(instance.sessions, talks, strict=True)
        for row in held
    ]
    return rows


def from_rows(instance: Instance, rows: Sequence[Row]) -> list[Place]:
    """The plan of a sheet; ``ValueError`` where a talk is missing, unknown or torn apart."""
    room_of = {str(name): place for place, name in enumerate(instance.rooms)}
    across = [room_of[str(cell)] for cell in rows[0][1 : len(instance.rooms) + 1]]
    number = {talk.name: place for place, talk in enumerate(instance.talks)}
    found: dict[int, list[Place]] = {place: [] for place in number.values()}
    line = len(instance.sessions) + 2
    for place, session in enumerate(instance.sessions):
        for slot in range(session.slots):
            row = rows[line]
            if str(row[0]) != session.name:
                raise ValueError(f"Row {line + 1} should belong to {session.name}.")
            held = zip(across, row[1:], rows[1 + place][1:], strict=False)
            for room, name, track in held:
                if name in (None, ""):
                    continue
                if str(name) not in number:
                    raise ValueError(f"There is no talk {name}.")
                if track in (None, ""):
                    raise ValueError(f"{name} stands in a cell without a track.")
                found[number[str(name)]].append(Place(place, room, slot))
            line += 1
    return [_in_one_piece(instance, talk, places) for talk, places in found.items()]


def _in_one_piece(instance: Instance, number: int, places: list[Place]) -> Place:
    talk = instance.talks[number]
    first = min(places, default=None)
    if first is None:
        raise ValueError(f"{talk.name} has no place.")
    if places != [first._replace(slot=first.slot + step) for step in range(talk.slots)]:
        raise ValueError(f"{talk.name} needs {talk.slots} consecutive slots of one cell.")
    return first


def write(path: Path, instance: Instance, plan: Plan) -> None:
    """Write the sheet as an Excel file."""
    import openpyxl  # noqa: PLC0415  the web process never loads it

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Solution")
    for row in to_rows(instance, plan):
        sheet.append(row)
    book.save(path)


def read(path: Path, instance: Instance) -> list[Place]:
    """The plan of an Excel file."""
    import openpyxl  # noqa: PLC0415  the web process never loads it

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        rows = list(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()
    return from_rows(instance, rows)
