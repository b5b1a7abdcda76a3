"""Small conferences for the tests of the schedule engine, made by hand or by Hypothesis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import strategies as st

from cfp.schedule.problem import (
    Answer,
    Availability,
    Break,
    Demand,
    Level,
    Opening,
    Pin,
    Place,
    Problem,
    Room,
    RuleBook,
    Setting,
    Similarity,
    SlotRaster,
    Speaker,
    Talk,
    Timetable,
    Wish,
)
from cfp.schedule.rules import clashes, fits

MORNING = datetime(2025, 6, 2, 9, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
RASTER = 20


def at(clock: str, day: int = 0) -> datetime:
    """The moment of a clock time on a day of the conference."""
    hour, minute = map(int, clock.split(":"))
    return MORNING.replace(hour=hour, minute=minute) + day * DAY


def talk(name: str, minutes: int = 30, **more) -> Talk:
    return Talk(name, f"Talk {name}", minutes, **more)


def place(room: str, clock: str, day: int = 0) -> Place:
    return Place(room, at(clock, day))


def make_problem(*talks: Talk, rooms="AB", hours=("9:00", "12:00"), days=1, every=RASTER, **more):
    """These talks, in rooms that are open at these hours of each day."""
    if isinstance(rooms, str):
        rooms = tuple(Room(name, f"Room {name}") for name in rooms)
    openings = more.pop("openings", None) or tuple(
        Opening(room.id, at(hours[0], day), at(hours[1], day), SlotRaster(every))
        for day in range(days)
        for room in rooms
    )
    return Problem(talks=talks, rooms=rooms, openings=openings, **more)


def with_level(problem: Problem, **levels: Level) -> Problem:
    """The problem with other levels; underscores stand for the dashes of rule keys."""
    settings = {key.replace("_", "-"): Setting(level) for key, level in levels.items()}
    return replace(problem, rules=RuleBook({**problem.rules.settings, **settings}))


PEOPLE = ("ada", "ben", "cyd")
TRACKS = (None, "red", "red", "blue")
LEVELS = (
    {},
    {"one-track-a-block": Setting(Level.FORBID)},
    {"one-track-a-block": Setting(Level.WISH, 2), "changeover": Setting(Level.WISH, 3)},
    {"same-track-apart": Setting(Level.FORBID), "track-one-room": Setting(Level.FORBID)},
)
HALVES = [timedelta(minutes=RASTER * step) for step in range(7)]


@st.composite
def small_talks(draw, most: int):
    count = draw(st.integers(1, most))
    return tuple(draw(_talk(f"t{number}")) for number in range(count))


@st.composite
def _talk(draw, name: str):
    part_of = draw(st.sampled_from([None, None, None, "course"]))
    return Talk(
        id=name,
        title=f"Talk {name}",
        minutes=draw(st.sampled_from([20, 20, 50])),
        speakers=tuple(draw(st.sets(st.sampled_from(PEOPLE), max_size=2))),
        track=draw(st.sampled_from(TRACKS)),
        level=draw(st.sampled_from([None, 1, 2])),
        popularity=draw(st.sampled_from([0, 5, 10])),
        audience=draw(st.sampled_from([None, None, 50, 150])),
        needs=draw(st.sampled_from([frozenset(), frozenset(), frozenset({"piano"})])),
        recorded=draw(st.booleans()),
        part_of=part_of,
        part=int(name[1:]),
        sponsored=draw(st.sampled_from([False, False, True])),
        plenary=draw(st.sampled_from([False, False, False, True])),
        priority=draw(st.integers(1, 2)),
        rooms=draw(st.sampled_from([frozenset(), frozenset(), frozenset("A")])),
    )


@st.composite
def _spans(draw, days: int):
    start = MORNING + draw(st.integers(0, days - 1)) * DAY + draw(st.sampled_from(HALVES))
    return start, start + draw(st.sampled_from(HALVES[1:4]))


@st.composite
def problems(draw, most_talks=4, most_rooms=2, most_days=2, slots=4, *, levels=False):
    """Conferences small enough to try everything, with a bit of every rule at its usual level.

    With ``levels`` those that some organisers make strict or a wish are so in some of them.
    """
    days = draw(st.integers(1, most_days))
    rooms = tuple(draw(_room(name)) for name in "AB"[: draw(st.integers(1, most_rooms))])
    talks = draw(small_talks(most_talks))
    names = st.sampled_from([talk.id for talk in talks])
    minutes = timedelta(minutes=RASTER * draw(st.integers(2, slots)))
    openings = tuple(
        Opening(room.id, MORNING + day * DAY, MORNING + day * DAY + minutes, SlotRaster(RASTER))
        for room in rooms
        for day in range(days)
    )
    people = tuple(draw(_speaker(name, days)) for name in PEOPLE)
    return Problem(
        talks=talks,
        rooms=rooms,
        openings=openings,
        breaks=tuple(draw(st.lists(_break(days), max_size=1))),
        speakers=people,
        pins=tuple(draw(st.lists(_pin(names, rooms), max_size=1))),
        wishes=tuple(draw(st.lists(_wish(names, days), max_size=1))),
        demand=tuple(
            Demand(a, b, 2, told=draw(st.booleans())) for a, b in draw(_pairs(names)) if a != b
        ),
        similar_tracks=(Similarity("red", "blue"),),
        walk_minutes=draw(st.sampled_from([0, 0, 10])),
        changeover_minutes=draw(st.sampled_from([0, 0, 10, 30])),
        talks_per_day=draw(st.sampled_from([None, None, 1])),
        published=draw(st.one_of(st.none(), timetables(talks, rooms, days))),
        rules=RuleBook(draw(st.sampled_from(LEVELS)) if levels else {}),
    )


def _pairs(names):
    return st.lists(st.tuples(names, names), max_size=2)


@st.composite
def _room(draw, name: str):
    return Room(
        name,
        f"Room {name}",
        capacity=draw(st.sampled_from([None, 100, 200])),
        equipment=draw(st.sampled_from([frozenset(), frozenset({"piano"})])),
        records=draw(st.booleans()),
        parallel=draw(st.sampled_from([1, 1, 1, 2])),
    )


@st.composite
def _speaker(draw, name: str, days: int):
    answers = st.sampled_from(list(Answer))
    spans = draw(st.lists(st.tuples(_spans(days), answers), max_size=2))
    said = tuple(Availability(*span, answer) for span, answer in spans)
    otherwise = draw(st.sampled_from([Answer.YES, Answer.YES, Answer.IF_NEED_BE]))
    return Speaker(name, name.title(), said, otherwise)


@st.composite
def _break(draw, days: int):
    start, end = draw(_spans(days))
    return Break(
        "pause", "Coffee", start, end, draw(st.sampled_from([frozenset(), frozenset("A")]))
    )


@st.composite
def _pin(draw, names, rooms):
    room = draw(st.sampled_from([None, *(room.id for room in rooms)]))
    start = draw(st.sampled_from([None, MORNING, MORNING + HALVES[1]]))
    return Pin(draw(names), room, start)


@st.composite
def _wish(draw, names, days: int):
    start, end = draw(_spans(days))
    return Wish(draw(names), start, end, draw(st.sampled_from([None, "A"])), 3)


@st.composite
def timetables(draw, talks, rooms, days: int):
    """Any places at all, allowed or not."""
    starts = [MORNING + day * DAY + half for day in range(days) for half in HALVES]
    places = st.builds(Place, st.sampled_from([room.id for room in rooms]), st.sampled_from(starts))
    chosen = {talk.id: draw(st.one_of(st.none(), places)) for talk in talks}
    return Timetable((name, where) for name, where in chosen.items() if where)


@st.composite
def planned(draw, **sizes):
    """A problem and a timetable for it that need not be a good one."""
    problem = draw(problems(**sizes))
    return problem, draw(timetables(problem.talks, problem.rooms, len(problem.days)))


def every_plan(problem: Problem) -> Iterator[Timetable]:
    """All timetables without a forbidden clash, by trying every place for every talk."""
    starts = {
        (opening.room, problem.moment(minute))
        for opening in problem.openings
        for minute in range(problem.minute(opening.start), problem.minute(opening.end), RASTER)
    }
    places = [None, *(Place(*where) for where in sorted(starts))]
    choices = [
        [where for where in places if where is None or not fits(problem, each, where)]
        for each in problem.talks
    ]
    for chosen in product(*choices):
        pairs = zip(problem.talks, chosen, strict=True)
        plan = Timetable((each.id, where) for each, where in pairs if where)
        if not any(clash.level is Level.FORBID for clash in clashes(problem, plan)):
            yield plan
