"""Files as others write them: what can be read is read the same, the rest gets a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import time
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from cfp.schedule.cli import schedule
from cfp.schedule.csplib import instance as instances
from cfp.schedule.csplib.instance import Instance, from_sheets
from tests.schedule.block_conferences import EVERYTHING, Recipe, Sheets, make
from tests.schedule.second_evaluator import Evaluator

TINY = Recipe(
    12, 3, 3, 2, slots=(3, 2), long=0.2, ordered=0.3, remote=0.5, visitors=1, chaired=0.5,
    choosy=0.3, full=0.8, weights=EVERYTHING,
)  # fmt: skip
OPTIONAL = ("tracks_sessions|penalty", "tracks_rooms|penalty", "sessions_rooms|penalty")


def write(path: Path, sheets: Sheets) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def content(instance: Instance) -> dict[str, Any]:
    return {field.name: getattr(instance, field.name) for field in fields(instance)}


def shuffled(sheets: Sheets) -> None:
    names = list(sheets)
    Random(3).shuffle(names)  # noqa: S311  a repeatable order
    for name in names:
        sheets[name] = sheets.pop(name)


def numbers_as_text(sheets: Sheets) -> None:
    for rows in sheets.values():
        for row in rows[1:]:
            row[:] = [f" {cell} " if isinstance(cell, int) else cell for cell in row]


def numbers_with_a_point(sheets: Sheets) -> None:
    for rows in sheets.values():
        for row in rows[1:]:
            row[:] = [float(cell) if isinstance(cell, int) else cell for cell in row]


def empty_rows(sheets: Sheets) -> None:
    for name in ("submissions", "tracks", "sessions", "rooms", *OPTIONAL):
        sheets[name].insert(2, [None] * 3)
        sheets[name] += [[None] * 5, [""] * 2]


def empty_columns(sheets: Sheets) -> None:
    for rows in sheets.values():
        for row in rows:
            row += [None, None]


def zeros_for_nothing(sheets: Sheets) -> None:
    for name in OPTIONAL:
        for row in sheets[name][1:]:
            row[1:] = [cell or 0 for cell in row[1:]]


def other_capitals(sheets: Sheets) -> None:
    for name in list(sheets):
        sheets[name.upper()] = sheets.pop(name)
    for row in sheets["SUBMISSIONS"][1:]:
        row[1] = f" {row[1].upper()} "


def other_order_of_names(sheets: Sheets) -> None:
    for name in OPTIONAL:
        sheets[name][1:] = sheets[name][:0:-1]


def sheets_of_their_own(sheets: Sheets) -> None:
    sheets["notes"] = [["Whatever"], [1, 2, 3]]


def titles_joined_otherwise(sheets: Sheets) -> None:
    for name in list(sheets):
        sheets[name.replace("|", " ").replace("_", "-")] = sheets.pop(name)


def columns_in_another_order(sheets: Sheets) -> None:
    order = (0, 6, 2, 1, 5, 4, 3)
    for row in sheets["submissions"]:
        row[:] = [*(row[place] for place in order), "online", *row[7:]]
    for row in sheets["sessions"]:
        row[:] = [row[place] for place in (0, 4, 3, 2, 1)]


def a_blank_row_first(sheets: Sheets) -> None:
    for name in ("submissions", "tracks", "sessions", "rooms", *OPTIONAL):
        sheets[name].insert(0, [None])


def clocks_as_text(sheets: Sheets) -> None:
    for row in sheets["sessions"][1:]:
        row[3:] = [f"{cell:%H:%M}" for cell in row[3:] if isinstance(cell, time)]
    for row in sheets["parameters"]:
        row[1] = f"{row[1]:%H:%M}" if isinstance(row[1], time) else row[1]


@pytest.mark.parametrize(
    "deviate",
    [
        *(shuffled, numbers_as_text, numbers_with_a_point, empty_rows, empty_columns),
        *(zeros_for_nothing, other_capitals, other_order_of_names, sheets_of_their_own),
        *(clocks_as_text, titles_joined_otherwise, columns_in_another_order, a_blank_row_first),
    ],
)
def test_what_is_told_otherwise_is_the_same(
    tmp_path: Path, deviate: Callable[[Sheets], None]
) -> None:
    expected = content(from_sheets(make(TINY)))
    sheets = make(TINY)
    deviate(sheets)
    assert content(instances.read(write(tmp_path / "other.xlsx", sheets))) == expected


def test_sheets_that_are_missing_cost_nothing(tmp_path: Path) -> None:
    sheets = make(TINY)
    for name in (*OPTIONAL, "similar tracks", "parameters"):
        del sheets[name]
    told = instances.read(write(tmp_path / "bare.xlsx", sheets))
    assert not any(told.weights.values())
    for matrix in (told.track_session, told.track_room, told.session_room, told.similar):
        assert not any(cell for row in matrix for cell in row)


def no_rooms(sheets: Sheets) -> None:
    del sheets["rooms"]


def a_strange_track(sheets: Sheets) -> None:
    sheets["submissions"][1][1] = "Nowhere"


def a_strange_number(sheets: Sheets) -> None:
    sheets["sessions"][1][1] = "many"


def twice(sheets: Sheets) -> None:
    sheets["submissions"].append(sheets["submissions"][1])


def below_nought(sheets: Sheets) -> None:
    sheets["tracks_rooms|penalty"][1][1] = -5


def too_long(sheets: Sheets) -> None:
    sheets["submissions"][1][2] = 99


def too_many(sheets: Sheets) -> None:
    sheets["submissions"] += [[f"more{n}", "Track 1"] for n in range(9)]


def too_many_tracks(sheets: Sheets) -> None:
    sheets["tracks"] += [["One"], ["Two"], ["Three"], ["Four"]]
    sheets["submissions"][1:] = [[f"talk of {name}", name] for name, *_ in sheets["tracks"][1:]]


def too_many_long_ones(sheets: Sheets) -> None:
    sheets["sessions"][1:] = [[name, 3] for name, *_ in sheets["sessions"][1:]]
    sheets["submissions"][1:] = [[f"long{n}", "Track 1", 2] for n in range(7)]


def no_sessions(sheets: Sheets) -> None:
    del sheets["sessions"][1:]


WRONG = {
    no_rooms: "The file has no sheet rooms.",
    no_sessions: "The sheet sessions names nothing.",
    a_strange_track: "The talk talk1 names a track that is not listed: Nowhere.",
    a_strange_number: "sessions, Session 1: A number is expected, not many.",
    twice: "The sheet submissions names talk1 twice.",
    below_nought: "tracks rooms penalty: A number cannot be below nought: -5.",
    too_long: "talk1 needs 99 slots; no session has more than 3.",
    too_many: "The talks need 21 slots; all sessions in all rooms have 16.",
    too_many_tracks: "The tracks need 7 sessions in a room, since no two share one; there are 6.",
    too_many_long_ones: "7 talks need 2 slots or more; there is room for 6.",
}


@pytest.mark.parametrize("deviate", WRONG)
def test_what_cannot_be_planned_is_told_in_a_sentence(
    tmp_path: Path, deviate: Callable[[Sheets], None]
) -> None:
    sheets = make(TINY)
    deviate(sheets)
    source = write(tmp_path / "wrong.xlsx", sheets)
    told = CliRunner().invoke(schedule, ["benchmark", str(source), "--seconds", "2"])
    assert told.exit_code == 1
    assert told.output == f"Error: {WRONG[deviate]}\n"
    assert isinstance(told.exception, SystemExit)


@pytest.mark.parametrize("text", [b"", b"PK\x03\x04 no book", b"<html>", b"a;b;c"])
def test_what_is_no_spreadsheet_is_told_in_a_sentence(tmp_path: Path, text: bytes) -> None:
    source = tmp_path / "plan.xlsx"
    source.write_bytes(text)
    told = CliRunner().invoke(schedule, ["benchmark", str(source), "--seconds", "2"])
    assert told.exit_code == 1
    assert "plan.xlsx is no Excel file." in told.output


@pytest.mark.parametrize(
    "recipe",
    [
        TINY,
        TINY.with_(rooms=7, sessions=2, tracks=5, talks=20),
        TINY.with_(sessions=9, slots=(1,), long=0.0, rooms=1, tracks=4, talks=9),
    ],
)
def test_a_second_evaluator_agrees_on_the_plan_of_an_unknown_file(
    tmp_path: Path, recipe: Recipe
) -> None:
    sheets = make(recipe, seed=5)
    source, target = write(tmp_path / "new.xlsx", sheets), tmp_path / "plan.xlsx"
    ask = ["benchmark", str(source), "--seconds", "2", "--out", str(target)]
    told = CliRunner().invoke(schedule, ask)
    assert told.exit_code == 0, told.output
    book = openpyxl.load_workbook(target)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    objective = told.output.strip().splitlines()[-1].split()[0]
    assert Evaluator(sheets, rows).objective() == float(objective)
