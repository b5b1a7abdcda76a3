"""A conference out of a file is planned anew: all its talks, no clash, and it reads back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from cfp.interop import replan
from cfp.interop.imported import BrokenFile
from cfp.schedule.problem import Timetable
from cfp.schedule.rules import clashes
from cfp.schedule.solver.run import solve
from tests.interop.real import DATA

CHANGE = 5  # minutes between two talks
MORNING = datetime(2027, 5, 3, 9, tzinfo=UTC)
REAL = sorted(DATA.glob("schedules/*/[ns]*.[jx]*")) or [Path("absent")]


def a_file(talks: int, rooms: int, days: int) -> bytes:
    """A list of talks in JSON, one after the other in rooms on days, their speakers by lot."""
    rng = Random(talks)  # noqa: S311  a repeatable conference
    ends = {
        (room, day): MORNING + timedelta(days=day) for room in range(rooms) for day in range(days)
    }
    rows = []
    for number in range(talks):
        where = (number % rooms, number // rooms % days)
        minutes = rng.choice((20, 30, 45, 60))
        rows.append(
            {
                "id": number,
                "title": f"Talk {number}",
                "room": f"Room {where[0]}",
                "start": ends[where].isoformat(),
                "duration_min": minutes,
                "track": f"Track {rng.randrange(max(1, talks // 30))}",
                "speakers": [{"id": number % (talks * 9 // 10 + 1), "name": f"Ada {number}"}],
            }
        )
        ends[where] += timedelta(minutes=minutes + CHANGE)
    return json.dumps({"conference": {"title": "Made up"}, "talks": rows}).encode()


def planned(name: str, data: bytes, seconds: float):
    imported = replan.read(name, data)
    puzzle = replan.puzzle_of(imported)
    done: list[float] = []
    result = solve(
        puzzle.problem,
        seconds=seconds,
        on_progress=lambda p: done.append(p.seconds) if p.placed == p.talks else None,
        should_stop=lambda: bool(done),
    )
    return imported, puzzle, result


def test_plans_all_talks_without_a_clash_and_writes_what_reads_back(house, tmp_path):
    source, target = tmp_path / "talks.json", tmp_path / "plan.xml"
    source.write_bytes(a_file(12, 2, 1))
    words = ["schedule", "solve", "--import", str(source), "--seconds", "1", "--out", str(target)]
    told = house.test_cli_runner().invoke(args=words)
    assert told.exit_code == 0, told.output
    assert "12 of 12 talks have a place." in told.output
    assert "0 clashes." in told.output
    again = replan.read("plan.xml", target.read_bytes())
    assert sorted(talk.title for talk in again.talks) == sorted(f"Talk {n}" for n in range(12))
    puzzle = replan.puzzle_of(again)
    assert not list(clashes(puzzle.problem, puzzle.own))


def test_wants_an_edition_or_a_file(house):
    told = house.test_cli_runner().invoke(args=["schedule", "solve"])
    assert told.exit_code == 2
    assert "either" in told.output


def test_says_what_is_wrong_with_a_file_that_has_no_rooms():
    data = json.dumps({"talks": [{"title": "Alone", "duration_min": 30}]}).encode()
    with pytest.raises(BrokenFile, match="room and a time"):
        replan.puzzle_of(replan.read("talks.json", data))


def test_knows_where_the_file_itself_has_the_talks():
    puzzle = replan.puzzle_of(replan.read("talks.json", a_file(9, 3, 1)))
    assert puzzle.own.keys() == puzzle.problem.talk.keys()
    assert not list(clashes(puzzle.problem, puzzle.own))


@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_places_every_talk_of_a_real_conference_soon(path):
    if not path.exists():
        pytest.skip("../shared/data/schedules is absent")
    _, puzzle, result = planned(path.name, path.read_bytes(), seconds=20)
    assert not result.unplaced
    assert not list(clashes(puzzle.problem, result.timetable))
    assert result.complete_after < (5 if len(puzzle.problem.talks) <= 150 else 20)


@pytest.mark.slow
def test_fourteen_hundred_talks_are_placed_within_twenty_seconds():
    _, puzzle, result = planned("talks.json", a_file(1400, 20, 4), seconds=40)
    assert len(result.timetable) == 1400
    assert not list(clashes(puzzle.problem, Timetable(result.timetable)))
    assert result.complete_after < 20
