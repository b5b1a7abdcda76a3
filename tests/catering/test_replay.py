"""``flask catering replay`` and ``order``: files in, one answer out, and nothing from later."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest

from cfp.catering.cli import catering
from cfp.catering.forecast.tickets import forecast
from cfp.catering.replay import ask
from tests.catering.sales import curve
from tests.interop.real import real

CURVES = ("series", "edition", "kind", "start", "date", "dte", "cum")
EDITIONS = ("series", "edition", "kind", "start", "end", "steps", "final")


def rows(series: str, name: str, start: date, final: int) -> list[dict[str, str]]:
    return [
        {
            "series": series,
            "edition": name,
            "date": (start - timedelta(days=point.days)).isoformat(),
            "dte": f"{point.days:g}",
            "cum": str(point.sold),
        }
        for point in curve(final, (20.0,))
    ]


def described(series: str, name: str, start: date, **more: str) -> dict[str, str]:
    step = (start - timedelta(days=20)).isoformat()
    return {
        "series": series,
        "edition": name,
        "kind": "paid",
        "start": start.isoformat(),
        "end": (start + timedelta(days=1)).isoformat(),
        "steps": f"{step}:regular ends",
        "final": "999999",
    } | more


STARTS = {"2025": date(2025, 5, 5), "2026": date(2026, 5, 4), "2027": date(2027, 5, 10)}
FINALS = {"2025": 240, "2026": 270, "2027": 300}
SALES = [
    row for year, start in STARTS.items() for row in rows("Snow Days", year, start, FINALS[year])
]
LISTED = [described("Snow Days", year, start) for year, start in STARTS.items()]


def written(folder, name, head, lines):
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, head, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(lines)
    return str(folder / name)


@pytest.fixture
def run(sqlite_house, tmp_path):
    """``run(curves, editions, *options)`` is what the command prints."""

    def replay(curves, editions, *options):
        files = [
            written(tmp_path, "c.csv", CURVES, curves),
            written(tmp_path, "e.csv", EDITIONS, editions),
        ]
        return sqlite_house.test_cli_runner().invoke(catering, ["replay", *files, *options])

    return replay


def test_prints_one_json_object(run):
    done = run(SALES, LISTED, "--edition", "Snow Days 2027", "--days-before", "14")
    answer = json.loads(done.output)
    assert answer["q025"] <= answer["q10"] <= 300 <= answer["q90"] <= answer["q975"]
    assert answer["sold"] == next(int(r["cum"]) for r in SALES[-130:] if r["dte"] == "14")
    assert [one["edition"] for one in answer["history"]] == ["2025", "2026"]


def test_without_history_it_is_a_first_edition(run):
    done = run(SALES, LISTED, "--edition", "2027", "--days-before", "14", "--no-history")
    assert json.loads(done.output)["history"] == []


def test_rows_after_that_day_change_no_byte(run):
    options = ("--edition", "2027", "--days-before", "14")
    on = (STARTS["2027"] - timedelta(days=14)).isoformat()
    spoilt = [r if r["date"] <= on else r | {"cum": "no number at all"} for r in SALES]
    cut = [r for r in SALES if r["date"] <= on]
    whole, changed, shortened = (run(c, LISTED, *options) for c in (SALES, spoilt, cut))
    assert whole.output_bytes == changed.output_bytes == shortened.output_bytes


def test_the_final_number_in_the_file_of_editions_is_not_looked_at(run):
    options = ("--edition", "2027", "--days-before", "30")
    other = [row | {"final": "1"} for row in LISTED]
    assert run(SALES, LISTED, *options).output == run(SALES, other, *options).output


def test_an_edition_that_was_not_over_then_is_no_history(run):
    clash = described("Snow Days", "autumn", date(2027, 5, 1))
    more = rows("Snow Days", "autumn", date(2027, 5, 1), 200)
    done = run(SALES + more, [*LISTED, clash], "--edition", "2027", "--days-before", "30")
    assert "autumn" not in done.output


def test_a_curve_that_begins_later_has_not_been_seen(run):
    late = [r for r in SALES if r["edition"] != "2027" or float(r["dte"]) < 10]
    answer = json.loads(run(late, LISTED, "--edition", "2027", "--days-before", "30").output)
    assert (answer["sold"], answer["seen"]) == (0, False)
    assert answer["q10"] < 270 < answer["q90"]


def test_what_calls_itself_small_is_not_taken_for_a_crowd():
    """As long as little is known; ``paid`` comes first, whatever else the word says."""
    asked = [
        ask(SALES, [LISTED[2] | {"kind": kind}], "2027", 110)
        for kind in ("online_free", "online_free_small", "paid_snapshots", "paid_small")
    ]
    assert [one.situation.kind for one in asked] == ["online", "small", *["conference"] * 2]
    crowd, small = (forecast(one.situation, one.earlier).q50 for one in asked[:2])
    assert small < 0.9 * crowd


def test_the_order_of_lines_does_not_matter(run):
    options = ("--edition", "2027", "--days-before", "7")
    assert run(SALES, LISTED, *options).output == run(SALES[::-1], LISTED[::-1], *options).output


def test_days_are_counted_by_dates_also_when_the_clock_changes(run):
    """28 March 2027 has 23 hours."""
    start = date(2027, 3, 30)
    undated = [r | {"dte": ""} for r in rows("Snow Days", "spring", start, 300)]
    dated = rows("Snow Days", "spring", start, 300)
    listed = [described("Snow Days", "spring", start)]
    options = ("--edition", "spring", "--days-before", "1")
    assert run(undated, listed, *options).output == run(dated, listed, *options).output


@pytest.mark.parametrize(
    ("name", "words"), [("2099", "There is no edition"), ("2027", "Several editions")]
)
def test_a_name_that_does_not_fit_is_said(run, name, words):
    other = described("Other Days", "2027", date(2027, 6, 1))
    done = run(SALES, [*LISTED, other], "--edition", name, "--days-before", "7")
    assert done.exit_code == 1
    assert words in done.output


def test_a_count_that_is_no_number_is_said_with_its_line(run):
    spoilt = [SALES[0] | {"cum": "many"}, *SALES[1:]]
    done = run(spoilt, LISTED, "--edition", "2027", "--days-before", "7")
    assert done.exit_code == 1
    assert "Line 2" in done.output


def test_an_edition_that_reached_its_capacity_is_censored():
    curves = rows("Snow Days", "2026", STARTS["2026"], 270) + SALES[-121:]
    editions = [LISTED[1] | {"capacity": "270"}, LISTED[2]]
    asked = ask(curves, editions, "2027", 30)
    assert [one.censored for one in asked.earlier] == [True]


def test_every_real_edition_can_be_replayed():
    curves, editions = (
        list(csv.DictReader(io.StringIO(real(f"sales/{name}.csv").decode("utf-8-sig"))))
        for name in ("booking_curves", "editions")
    )
    for row in editions:
        for days in (60, 30, 14, 7, 3, 0):
            asked = ask(curves, editions, f"{row['series']} {row['edition']}", days)
            found = forecast(asked.situation, asked.earlier)
            assert found.sold <= found.q025 <= found.q10 <= found.q50 <= found.q90 <= found.q975


def test_the_order_is_printed_with_how_the_figures_were_read(sqlite_house):
    figures = "--low 262 --likely 276 --high 291 --tolerance 10 --price 28 --shortage 60"
    done = sqlite_house.test_cli_runner().invoke(catering, ["order", *figures.split()])
    assert done.output.startswith("Order: 279 portions\n")
    assert "262 and 291 the 10 % and 90 % quantiles" in done.output


def test_figures_that_do_not_rise_are_refused(sqlite_house):
    figures = "--low 300 --likely 276 --high 291 --price 28"
    done = sqlite_house.test_cli_runner().invoke(catering, ["order", *figures.split()])
    assert done.exit_code == 1
    assert done.output == "Error: Low, likely and high must rise; 300, 276, 291 do not.\n"
