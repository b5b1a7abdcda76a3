"""Odd tables and figures on the command line: the same answer, or a sentence and no traceback."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from cfp.catering.cli import catering
from cfp.catering.replay import ask
from tests.catering.test_replay import CURVES, EDITIONS, LISTED, SALES


@pytest.fixture
def told(sqlite_house, tmp_path):
    """``told(curves, editions)`` of bytes: the exit code and what the command says."""

    def replay(curves, editions, *options):
        for name, content in (("c.csv", curves), ("e.csv", editions)):
            (tmp_path / name).write_bytes(content)
        files = [str(tmp_path / name) for name in ("c.csv", "e.csv")]
        options = options or ("--edition", "2027", "--days-before", "14")
        done = sqlite_house.test_cli_runner().invoke(catering, ["replay", *files, *options])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done.exit_code, done.output

    return replay


def as_bytes(head, lines, delimiter=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, head, restval="", extrasaction="ignore", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


CURVE_BYTES, EDITION_BYTES = as_bytes(CURVES, SALES), as_bytes(EDITIONS, LISTED)


def test_tables_of_every_dialect_say_the_same(told):
    usual = told(CURVE_BYTES, EDITION_BYTES)
    assert usual[0] == 0
    marked = b"\xef\xbb\xbf" + CURVE_BYTES, b"\xef\xbb\xbf" + EDITION_BYTES
    assert told(*marked) == usual
    for delimiter in (";", "\t"):
        tables = as_bytes(CURVES, SALES, delimiter), as_bytes(EDITIONS, LISTED, delimiter)
        assert told(*tables) == usual
    shouted = CURVE_BYTES.replace(b"series,edition", b"Series, Edition ", 1)
    assert told(shouted, EDITION_BYTES) == usual
    unix = CURVE_BYTES.replace(b"\r\n", b"\n"), EDITION_BYTES.replace(b"\r\n", b"\n")
    assert told(*unix) == usual


def test_german_dates_are_dates(told):
    german = [
        row | {"start": f"{date.fromisoformat(row['start']):%d.%m.%Y}", "end": ""} for row in LISTED
    ]
    assert told(CURVE_BYTES, as_bytes(EDITIONS, german)) == told(CURVE_BYTES, EDITION_BYTES)


@pytest.mark.parametrize(
    ("curves", "editions", "words"),
    [
        (b"", EDITION_BYTES, "c.csv: no column “series”"),
        (CURVE_BYTES, b"", "e.csv: no column “series”"),
        (CURVE_BYTES.replace(b"cum", b"sum", 1), EDITION_BYTES, "c.csv: no column “cum”"),
        (CURVE_BYTES, EDITION_BYTES.replace(b"start", b"begin", 1), "e.csv: no column “start”"),
        (b"\x00\xff\xfe" * 50, EDITION_BYTES, "c.csv: no column"),
        (CURVE_BYTES, b"series,edition,start\nSnow Days,2027,soon\n", "“soon” is no date"),
        (
            CURVE_BYTES,
            b"series,edition,start,capacity\nSnow Days,2027,2027-05-10,lots\n",
            "“lots” is no number",
        ),
        (
            CURVE_BYTES,
            b"series,edition,start,steps\nSnow Days,2027,2027-05-10,2027-13-45: up\n",
            "“2027-13-45” is no date",
        ),
        *(
            (
                f"series,edition,date,dte,cum\nSnow Days,2027,,{dte},{cum}\n".encode(),
                EDITION_BYTES,
                words,
            )
            for dte, cum, words in (
                ("nan", "1", "“nan” is no number of days"),
                ("1e300", "1", "“1e300” is no number of days"),
                ("", "1", "“” is no date"),
                ("30", "inf", "“inf” is no number of tickets"),
                ("30", "1e30", "“1e30” is no number of tickets"),
                ("30", "1.234", "“1.234” is no number of tickets"),
            )
        ),
        (CURVE_BYTES + b'"' + b"x" * 140_000, EDITION_BYTES, "c.csv: line"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(told, curves, editions, words):
    code, output = told(curves, editions)
    assert (code, words in output) == (1, True), output


def test_a_table_without_lines_has_no_such_edition(told):
    assert told(CURVE_BYTES, b"series,edition,start\n") == (
        1,
        "Error: There is no edition “2027”.\n",
    )


def test_what_other_lines_say_does_not_matter(told):
    """Of other series nothing is read, of the same nothing but what was over by then."""
    usual = told(CURVE_BYTES, EDITION_BYTES)
    odd = b"Other Days,2026,paid,soon,,2027-13-45,\r\nSnow Days,2031,paid,,,,\r\n"
    unseen = b"Snow Days,2027,,,2027-04-20,,\r\nOther Days,2026,,,,x,y\r\n,,,,,,\r\n"
    assert told(CURVE_BYTES + unseen, EDITION_BYTES + odd + EDITION_BYTES) == usual
    assert told(CURVE_BYTES, EDITION_BYTES.replace(b",paid,", b",Paid_early,")) == usual
    assert told(CURVE_BYTES.replace(b"\r\n", b"\r"), EDITION_BYTES) == usual


def test_what_spreadsheets_write_is_read(told):
    """UTF-16 with its mark, Windows' Latin with its umlauts."""
    tables = [
        table.decode().replace("Snow Days", "Schneetage für alle").encode("utf-8")
        for table in (CURVE_BYTES, EDITION_BYTES)
    ]
    options = ("--edition", "schneetage  FÜR alle 2027", "--days-before", "14")
    usual = told(*tables, *options)
    assert usual == told(CURVE_BYTES, EDITION_BYTES)
    for code in ("utf-16", "cp1252"):
        assert told(*(table.decode().encode(code) for table in tables), *options) == usual


def test_an_earlier_edition_whose_curve_stops_ended_as_the_other_file_says():
    """Nobody counted after the tenth day before; where no final number stands it is a bound."""
    stopped = [row for row in SALES if row["edition"] == "2027" or float(row["dte"]) >= 10]
    for final, ended in (("290", [(290, False)] * 2), ("", [(229, True), (258, True)])):
        asked = ask(stopped, [row | {"final": final} for row in LISTED], "2027", 14)
        assert [(one.final, one.censored) for one in asked.earlier] == ended


@pytest.mark.parametrize("capacity", ["", "0", "300", "1"])
@pytest.mark.parametrize("kind", ["paid", "free", "festival_paid"])
@pytest.mark.parametrize("days", ["400", "0", "-3"])
def test_an_edition_that_sells_nothing_or_is_asked_far_ahead_has_an_interval(
    told, capacity, kind, days
):
    nothing = as_bytes(CURVES, [row | {"cum": "0"} for row in SALES])
    head = (*EDITIONS, "capacity")
    listed = as_bytes(head, [row | {"capacity": capacity, "kind": kind} for row in LISTED])
    code, output = told(nothing, listed, "--edition", "2027", "--days-before", days)
    answer = json.loads(output)
    numbers = [answer[name] for name in ("sold", "q025", "q10", "q50", "q90", "q975")]
    assert (code, numbers) == (0, sorted(numbers))
    assert numbers[-1] <= float(capacity or 0) or capacity in ("", "0")


@pytest.mark.parametrize("options", [("--days-before", "x"), ("--days-before", "9999"), ()])
def test_days_before_have_to_be_days(told, options):
    assert told(CURVE_BYTES, EDITION_BYTES, "--edition", "2027", *options)[0] == 2


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ("--low nan --likely 276 --high 291 --price 28", 2),
        ("--low 262 --likely 276 --high inf --price 28", 2),
        ("--low 262 --likely 276 --high 1e12 --price 28", 2),
        ("--low -1 --likely 276 --high 291 --price 28", 2),
        ("--low 262 --likely 276 --high 291 --price 0", 2),
        ("--low 262 --likely 276 --high 291 --price nan", 2),
        ("--low 262 --likely 276 --high 291 --price 28 --shortage inf", 2),
        ("--low 262 --likely 276 --high 291 --price 28 --tolerance 99999999999", 2),
        ("--low 262 --likely 276 --high 291 --price 28 --tolerance 1.5", 2),
        ("--low 262 --likely 276", 2),
        ("--low 0 --likely 0 --high 0 --price 28", 0),
        ("--low 262.5 --likely 276.5 --high 100000 --price 0.01 --tolerance 100000", 0),
        ("--low 262 --likely 276 --high 291 --price 28 --shortage 0", 0),
    ],
)
def test_odd_figures_have_an_order_or_a_sentence(sqlite_house, figures, code):
    done = sqlite_house.test_cli_runner().invoke(catering, ["order", *figures.split()])
    assert done.exit_code == code, done.output
    assert done.output.startswith("Order: " if code == 0 else "Usage: ")
