"""From rows to the puzzle and back: what the rule book and the solver see of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from cfp.conference.models import Conference, Room
from cfp.schedule import models, problem
from cfp.schedule.problem import (
    Answer,
    Pin,
    Place,
    Problem,
    RuleBook,
    Setting,
    SlotRaster,
    Timetable,
    Waiver,
)
from cfp.stars.counting import pairs_of
from cfp.stars.crowds import LEAST_LISTS, expected
from cfp.stars.models import Interest
from cfp.submissions.models import Availability, Degree, Level, Talk, TalkState

LEVELS = {Level.BEGINNER: 1, Level.INTERMEDIATE: 2, Level.ADVANCED: 3}
ANSWERS = {Degree.NO: Answer.NO, Degree.IF_NEED_BE: Answer.IF_NEED_BE}
# Who consents may be recorded; that is a reason for a room that records, not a condition.
# What stars foretell of an audience is a guess: it warns, and popularity is the wish.
RULES = RuleBook(
    {
        "recording": Setting(problem.Level.WISH, weight=2, tier=4),
        "capacity": Setting(problem.Level.WARN),
    }
)
# Talks whose speakers have said yes come first when not all can be placed.
PRIORITIES = {TalkState.CONFIRMED: 2, TalkState.UNCONFIRMED: 1}


@dataclass(frozen=True)
class Programme:
    """All rows that an edition's programme is made of; placements are those of the draft."""

    conference: Conference
    rooms: list[Room]
    openings: list[models.Opening]
    breaks: list[models.Break]
    talks: list[Talk]
    availability: list[Availability] = field(default_factory=list)
    placements: list[models.Placement] = field(default_factory=list)
    draft: models.Schedule | None = None
    last: models.Schedule | None = None
    may_undo: bool = False  # whoever it was read for
    may_redo: bool = False
    interest: Interest | None = None

    @property
    def edit(self) -> int:
        """How often the draft was edited; a form that knows an older number is stale."""
        return self.draft.edit if self.draft else 0

    @cached_property
    def talk(self) -> dict[str, Talk]:
        """Talks by the name that the puzzle gives them."""
        return {str(talk.id): talk for talk in self.talks}

    @cached_property
    def room(self) -> dict[str, Room]:
        return {str(room.id): room for room in self.rooms}

    @cached_property
    def placed(self) -> dict[str, models.Placement]:
        return {str(placement.talk_id): placement for placement in self.placements}

    @cached_property
    def announced(self) -> dict[str, Mapping[str, Any]]:
        """The talks of the last release as they were frozen, by the same names."""
        content = self.last.released_content if self.last else {"talks": []}
        return {str(talk["id"]): talk for talk in content["talks"]}

    @property
    def unplaced(self) -> list[Talk]:
        return [talk for name, talk in self.talk.items() if name not in self.placed]

    def find_talk(self, code: str) -> Talk | None:
        return next((talk for talk in self.talks if talk.code == code), None)

    def with_talks(self, wanted: Iterable[Talk]) -> Programme:
        """The same programme with these talks only."""
        kept = list(wanted)
        ids = {talk.id for talk in kept}
        return replace(
            self, talks=kept, placements=[p for p in self.placements if p.talk_id in ids]
        )


def problem_of(programme: Programme, *, hold_all: bool = False) -> Problem:
    """The puzzle: talks and rooms by their ids, people by theirs, tracks by their names.

    With ``hold_all`` everything that has a place is held there, as if it were pinned.
    """
    conference = programme.conference
    return Problem(
        talks=_talks(programme),
        rooms=tuple(map(_room, programme.rooms)),
        openings=tuple(
            problem.Opening(
                str(opening.room_id),
                opening.starts_at,
                opening.ends_at,
                SlotRaster(every=opening.raster_minutes or conference.raster_minutes),
            )
            for opening in programme.openings
        ),
        breaks=tuple(map(_break, programme.breaks)),
        speakers=_speakers(programme),
        pins=tuple(
            Pin(str(placement.talk_id), str(placement.room_id), placement.starts_at)
            for placement in programme.placements
            if placement.pinned or hold_all
        ),
        demand=_demand(programme),
        walk_minutes=conference.walk_minutes,
        published=_published(programme),
        rules=replace(RULES, waivers=waivers_of(programme.draft)),
        zone=ZoneInfo(conference.timezone),
    )


def waivers_of(draft: models.Schedule | None) -> frozenset[Waiver]:
    """What the organisers set aside by hand, for one subject each."""
    return frozenset(Waiver(*pair) for pair in (draft.waivers or ())) if draft else frozenset()


def timetable_of(placements: Iterable[models.Placement]) -> Timetable:
    return Timetable(
        (str(placement.talk_id), Place(str(placement.room_id), placement.starts_at))
        for placement in placements
    )


def end_of(placement: models.Placement) -> datetime:
    """When the placed talk is over, also if its length changed after it was placed."""
    return placement.starts_at + timedelta(minutes=placement.talk.minutes)


def as_json(timetable: Mapping[str, Place]) -> dict[str, list[str]]:
    """A timetable for a job's result: talk -> [room, start in ISO]."""
    return {talk: [place.room, place.start.isoformat()] for talk, place in timetable.items()}


def from_json(written: Mapping[str, Any]) -> Timetable:
    return Timetable(
        (talk, Place(room, datetime.fromisoformat(start)))
        for talk, (room, start) in written.items()
    )


def _talks(programme: Programme) -> tuple[problem.Talk, ...]:
    stars = stars_of(programme)
    heads = expected_heads(programme)
    found = (_talk(talk, stars.get(talk.id, 0), heads.get(talk.id)) for talk in programme.talks)
    return tuple(_under(condition_of(programme, talk.id), talk) for talk in found)


def condition_of(programme: Programme, name: str) -> dict[str, Any]:
    """What the organisers said that a session needs: plenary, equipment, audience."""
    conditions = (programme.draft.conditions if programme.draft else None) or {}
    return dict(conditions.get(name) or {})


def _under(condition: Mapping[str, Any], talk: problem.Talk) -> problem.Talk:
    if not condition:
        return talk
    return replace(
        talk,
        plenary=bool(condition.get("plenary")),
        needs=frozenset(condition.get("equipment") or ()),
        audience=condition.get("audience") or talk.audience,
    )


def stars_of(programme: Programme) -> dict[int, int]:
    """How many visitors starred each talk, by its id."""
    counted = programme.interest.stars if programme.interest else {}
    return {talk.id: int(counted.get(str(talk.id), 0)) for talk in programme.talks}


def expected_heads(programme: Programme) -> dict[int, int]:
    """How many people each talk may draw, once enough visitors have said what they want.

    As many are taken to be there as the largest room seats, and as many talks to run side by side
    as there are rooms with opening hours.
    """
    seats = max((room.capacity or 0 for room in programme.rooms), default=0)
    if programme.interest is None or programme.interest.lists < LEAST_LISTS or not seats:
        return {}
    side_by_side = len({opening.room_id for opening in programme.openings})
    return expected(stars_of(programme), seats, side_by_side)


def _demand(programme: Programme) -> tuple[problem.Demand, ...]:
    """Pairs of talks that the same visitors want, as far as both are here.

    The most wanted pair weighs ten, as the most popular talk does.
    """
    known = {talk.id for talk in programme.talks}
    pairs = [p for p in pairs_of(programme.interest) if p.a in known and p.b in known]
    most = max((pair.both for pair in pairs), default=1)
    return tuple(
        problem.Demand(str(pair.a), str(pair.b), max(1, round(10 * pair.both / most)))
        for pair in pairs
    )


def _talk(talk: Talk, stars: int, heads: int | None) -> problem.Talk:
    level = talk.submission.level
    return problem.Talk(
        id=str(talk.id),
        title=talk.title,
        minutes=talk.minutes,
        speakers=tuple(str(s.person_id) for s in talk.submission.speakers if not s.declined_at),
        track=talk.track.name if talk.track else None,
        format=talk.format.name,
        level=LEVELS[level] if level else None,
        popularity=stars,
        audience=heads,
        recorded=talk.recording_consent,
        priority=PRIORITIES[talk.state],
    )


def _room(room: Room) -> problem.Room:
    return problem.Room(
        id=str(room.id),
        name=room.name,
        capacity=room.capacity,
        equipment=frozenset(map(str, room.equipment)),
        records=room.records,
    )


def _break(pause: models.Break) -> problem.Break:
    rooms = frozenset({str(pause.room_id)} if pause.room_id else ())
    return problem.Break(str(pause.id), pause.title, pause.starts_at, pause.ends_at, rooms)


def _speakers(programme: Programme) -> tuple[problem.Speaker, ...]:
    """Everybody on a talk, with the times at which they cannot or would rather not."""
    times: dict[int, list[problem.Availability]] = {}
    for stated in programme.availability:
        span = problem.Availability(stated.starts_at, stated.ends_at, ANSWERS[stated.degree])
        times.setdefault(stated.person_id, []).append(span)
    people = {s.person_id: s.person for t in programme.talks for s in t.submission.speakers}
    return tuple(
        problem.Speaker(str(id_), person.name, tuple(times.get(id_, ())))
        for id_, person in people.items()
    )


def _published(programme: Programme) -> Timetable | None:
    """Where the last release put the talks; what is announced rather stays there."""
    if programme.last is None:
        return None
    return Timetable(
        (str(talk["id"]), Place(str(talk["room_id"]), datetime.fromisoformat(talk["starts_at"])))
        for talk in programme.last.released_content["talks"]
        if str(talk["id"]) in programme.talk and str(talk["room_id"]) in programme.room
    )
