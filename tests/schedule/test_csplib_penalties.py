"""CSPLib's penalties: each counted by hand once, and all of them by a second evaluator."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfp.schedule.csplib import instance as instances
from cfp.schedule.csplib import solution
from cfp.schedule.csplib.instance import KEYS, Instance, from_sheets
from cfp.schedule.csplib.penalties import Place, evaluate, faults
from tests.schedule.second_evaluator import Evaluator

DATA = Path(__file__).parents[3] / "shared" / "data" / "solver"
REAL = ("N2OR", "GECCO19", "GECCO20")
SESSIONS = ("Mon", "Tue", "Wed")
ROOMS = ("Aula", "Loft")
TRACKS = ("Ants", "Bees", "Cats")
Sheets = dict[str, list[list[Any]]]


def make_sheets(talks: list[list[Any]], **weights: int) -> Sheets:
    """Three sessions of three slots, two rooms, three tracks; a talk is its first columns."""
    parameters: list[list[Any]] = [[None] * 5 for _ in range(17)]
    for row, value in {
        1: "GMT+0",
        3: time(9),
        4: time(18),
        6: time(7),
        7: time(22),
        8: 1,
        10: 10,
    }.items():
        parameters[row][1] = value
    for row, key in enumerate(KEYS, start=1):
        parameters[row][4] = weights.get(key, 1)
    head = ["Reference", "Track", "Required Timeslots", "Order", "Time Zone"]
    head += ["Presenters", "Attendees", *SESSIONS, *ROOMS]
    return {
        "parameters": parameters,
        "submissions": [head, *([*talk, *[None] * (len(head) - len(talk))] for talk in talks)],
        "tracks": [["Tracks", "Chairs"], *([name, None] for name in TRACKS)],
        "sessions": [
            ["Sessions", "Max Number of Timeslots", "Date", "Start Time", "End Time"],
            *([name, 3, None, time(9), time(12)] for name in SESSIONS),
        ],
        "rooms": [["Rooms"], *([name] for name in ROOMS)],
        "tracks_sessions|penalty": matrix(TRACKS, SESSIONS),
        "tracks_rooms|penalty": matrix(TRACKS, ROOMS),
        "sessions_rooms|penalty": matrix(SESSIONS, ROOMS),
        "similar tracks": matrix(TRACKS, TRACKS),
    }


def matrix(down: tuple[str, ...], across: tuple[str, ...]) -> list[list[Any]]:
    return [[None, *across], *([name, *[None] * len(across)] for name in down)]


def talk(name: str, track: str, order: int = 0, who: str = "", visitors: str = "") -> list[Any]:
    return [name, track, 1, order, "GMT+0", who or None, visitors or None]


def counted(sheets: Sheets, *plan: tuple[int, int, int]) -> dict[str, int]:
    """The penalties that are not zero."""
    instance = from_sheets(sheets)
    places = [Place(*each) for each in plan]
    assert not faults(instance, places)
    return {key: value for key, value in evaluate(instance, places).values.items() if value}


def test_counts_tracks_sessions_and_rooms_once_a_cell() -> None:
    sheets = make_sheets([talk("a1", "Ants"), talk("a2", "Ants")])
    sheets["tracks_sessions|penalty"][1][1] = 5
    sheets["tracks_rooms|penalty"][1][2] = 7
    sheets["sessions_rooms|penalty"][1][2] = 11
    assert counted(sheets, (0, 1, 0), (0, 1, 1)) == {"ts": 5, "tr": 7, "sr": 11}


def test_counts_similar_tracks_in_the_row_of_the_earlier() -> None:
    sheets = make_sheets([talk("a", "Ants"), talk("b", "Bees")])
    sheets["similar tracks"][1][2] = 3
    sheets["similar tracks"][2][1] = 99
    assert counted(sheets, (0, 1, 0), (0, 0, 0)) == {"sim": 3}
    assert counted(sheets, (0, 1, 0), (1, 0, 0)) == {}


def test_counts_further_rooms_and_parallel_cells_of_a_track() -> None:
    sheets = make_sheets([talk("a1", "Ants"), talk("a2", "Ants")])
    assert counted(sheets, (0, 0, 0), (0, 1, 0)) == {"rooms": 1, "par": 1}
    assert counted(sheets, (0, 0, 0), (1, 1, 0)) == {"rooms": 1}


def test_counts_a_track_with_a_break() -> None:
    sheets = make_sheets([talk("a1", "Ants"), talk("a2", "Ants")])
    assert counted(sheets, (0, 0, 0), (2, 0, 0)) == {"cons": 1}


@pytest.mark.parametrize(
    ("zone", "penalty"),
    [("GMT+0", 0), ("GMT-1", 1), ("GMT+7", 1), ("GMT-3", 10), ("GMT+11", 10), ("GMT+13", 10)],
)
def test_counts_the_presenters_local_time_for_each_slot(zone: str, penalty: int) -> None:
    sheets = make_sheets([["a", "Ants", 2, 0, zone, None, None]])
    assert counted(sheets, (0, 0, 0)).get("tz", 0) == 2 * penalty


def test_counts_wrong_positions_and_ordered_talks_at_once() -> None:
    sheets = make_sheets([talk("a1", "Ants", 1), talk("a2", "Ants", 2)], rooms=0, par=0)
    assert counted(sheets, (0, 0, 0), (0, 0, 1)) == {}
    assert counted(sheets, (0, 0, 1), (0, 0, 0)) == {"order": 2}
    assert counted(sheets, (0, 0, 0), (0, 1, 0))["order"] == 1


def test_counts_wishes_of_talks_for_each_slot() -> None:
    sheets = make_sheets([["a", "Ants", 3, 0, "GMT+0", None, None, 2, None, None, None, 5]])
    assert counted(sheets, (0, 1, 0)) == {"ss": 6, "srm": 15}
    assert counted(sheets, (1, 0, 0)) == {}


def test_counts_presenters_in_two_rooms_and_in_one_slot() -> None:
    sheets = make_sheets([talk("a", "Ants", who="Ada"), talk("b", "Bees", who="Bob, Ada")])
    assert counted(sheets, (0, 0, 0), (0, 1, 1)) == {"pres": 1}
    assert counted(sheets, (0, 0, 0), (0, 1, 0)) == {"pres": 1, "pres_ts": 1}
    assert counted(sheets, (0, 0, 0), (1, 1, 0)) == {}


def test_counts_attendees_against_talks_attended_and_presented() -> None:
    sheets = make_sheets([talk("a", "Ants", visitors="Ada"), talk("b", "Bees", who="Ada")])
    assert counted(sheets, (0, 0, 0), (0, 1, 0)) == {"att": 1, "att_ts": 1}


def test_counts_chairs_against_what_they_present_and_chair() -> None:
    sheets = make_sheets([talk("a", "Ants", who="Ada"), talk("b", "Bees")])
    sheets["tracks"][2][1] = "Ada, Eve"
    assert counted(sheets, (0, 0, 0), (0, 1, 1)) == {"pres": 1}
    sheets["tracks"][1][1] = "Eve"
    assert counted(sheets, (0, 0, 0), (0, 1, 1)) == {"pres": 1, "chair": 1}


def test_tells_what_breaks_the_structure() -> None:
    instance = from_sheets(make_sheets([talk("a", "Ants"), talk("b", "Bees")]))
    assert len(faults(instance, [Place(0, 0, 0), Place(0, 0, 0)])) == 2
    assert len(faults(instance, [Place(0, 0, 0), Place(0, 0, 1)])) == 1
    assert len(faults(instance, [Place(0, 0, 0), Place(1, 0, 3)])) == 1
    assert faults(instance, [Place(0, 0, 0)]) == ["Not every talk has a place."]


def random_plan(instance: Instance, rng: Random, *, dense: bool = False) -> list[Place]:
    """Talks in random order, each in a random place; ``dense`` fills a track's cells first."""
    plan = [Place(0, 0, -1)] * len(instance.talks)
    taken: set[Place] = set()
    tracks: dict[tuple[int, int], int] = {}
    for number in sorted(range(len(plan)), key=lambda n: (-instance.talks[n].slots, rng.random())):
        each = instance.talks[number]
        free = [
            Place(session, room, slot)
            for session, told in enumerate(instance.sessions)
            for room in range(len(instance.rooms))
            if tracks.get((session, room), each.track) == each.track
            for slot in range(told.slots - each.slots + 1)
            if not any(Place(session, room, slot + n) in taken for n in range(each.slots))
        ]
        own = [place for place in free if dense and (place.session, place.room) in tracks]
        plan[number] = place = rng.choice(own or free)
        tracks[place.session, place.room] = each.track
        taken |= {place._replace(slot=place.slot + n) for n in range(each.slots)}
    return plan


PEOPLE = st.lists(st.sampled_from(["Ada", "Bob", "Eve"]), max_size=2, unique=True).map(
    lambda names: ", ".join(names) or None
)
PENALTY = st.sampled_from([None, 0, 1, 3])


@st.composite
def puzzles(draw: st.DrawFn) -> Sheets:
    talks = [
        [
            *(f"t{number}", draw(st.sampled_from(TRACKS)), draw(st.integers(1, 2))),
            *(draw(st.integers(0, 3)), f"GMT{draw(st.integers(-11, 12)):+d}"),
            *(draw(PEOPLE), draw(PEOPLE), *(draw(PENALTY) for _ in (*SESSIONS, *ROOMS))),
        ]
        for number in range(draw(st.integers(1, 3)))
    ]
    sheets = make_sheets(talks, **{key: draw(st.integers(0, 100)) for key in KEYS})
    for track in sheets["tracks"][1:]:
        track[1] = draw(PEOPLE)
    for name in ("tracks_sessions", "tracks_rooms", "sessions_rooms"):
        fill(sheets[f"{name}|penalty"], draw)
    fill(sheets["similar tracks"], draw)
    return sheets


def fill(rows: list[list[Any]], draw: st.DrawFn) -> None:
    for row in rows[1:]:
        row[1:] = [draw(PENALTY) for _ in row[1:]]


@given(puzzles(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_second_evaluator_agrees_on_random_plans(sheets: Sheets, rng: Random) -> None:
    instance = from_sheets(sheets)
    agree(sheets, instance, random_plan(instance, rng))


def agree(sheets: Sheets, instance: Instance, plan: list[Place]) -> None:
    first = evaluate(instance, plan)
    second = Evaluator(sheets, solution.to_rows(instance, plan))
    assert second.penalties() == first.values
    assert second.objective() == first.objective


def real(name: str) -> Path:
    path = DATA / f"{name}.xlsx"
    if not path.exists():
        pytest.skip(f"{name} is not at hand")
    return path


@pytest.mark.parametrize("name", ["GECCO19", "GECCO20"])
def test_a_second_evaluator_agrees_on_real_conferences(name: str) -> None:
    path = real(name)
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheets = {s.title: [list(r) for r in s.iter_rows(values_only=True)] for s in book.worksheets}
    book.close()
    instance = instances.read(path)
    for seed in range(3):
        rng = Random(seed)  # noqa: S311  a repeatable plan
        agree(sheets, instance, random_plan(instance, rng, dense=True))
