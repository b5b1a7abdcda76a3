"""What the puzzle is made of: sessions with what they need, people, what visitors want."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from cfp.conference.models import Room
from cfp.people.models import Person
from cfp.schedule import models, problem
from cfp.schedule.decided import Condition, parts_of
from cfp.schedule.problem import Answer, Place, Timetable
from cfp.schedule.rows import Programme
from cfp.stars.counting import pairs_of, together_of
from cfp.stars.crowds import LEAST_LISTS, expected
from cfp.submissions.models import Degree, Level, Talk, TalkState

LEVELS = {Level.BEGINNER: 1, Level.INTERMEDIATE: 2, Level.ADVANCED: 3}
ANSWERS = {Degree.NO: Answer.NO, Degree.IF_NEED_BE: Answer.IF_NEED_BE}
# Talks whose speakers have said yes come first when not all can be placed.
NOTHING = Condition()
PRIORITIES = {TalkState.CONFIRMED: 2, TalkState.UNCONFIRMED: 1}


def talks_of(programme: Programme) -> tuple[problem.Talk, ...]:
    """All sessions with what they need, as far as anybody said so."""
    stars, heads = stars_of(programme), expected_heads(programme)
    parts = parts_of(programme.decided.conditions, programme.talk)
    return tuple(
        _under(programme, talk, _talk(talk, stars.get(talk.id, 0), heads.get(talk.id)), parts)
        for talk in programme.talks
    )


def _under(
    programme: Programme, row: Talk, talk: problem.Talk, parts: Mapping[str, tuple[str, int]]
) -> problem.Talk:
    """The session with what the organisers said of it."""
    said, chairs = programme.decided.of(talk.id), chairs_of(programme, row)
    part_of, part = parts.get(talk.id, (None, 1))
    if said == NOTHING and not chairs and part_of is None:
        return talk
    return replace(
        talk,
        chairs=tuple(str(chair.id) for chair in chairs),
        plenary=said.plenary,
        sponsored=said.sponsored,
        needs=frozenset(said.equipment),
        audience=said.audience or talk.audience,
        rooms=frozenset(map(str, said.rooms)) & programme.room.keys(),
        part_of=part_of,
        part=part,
    )


def chairs_of(programme: Programme, talk: Talk) -> list[Person]:
    """Who chairs the session: whoever is named for it, else for its track's blocks."""
    told = programme.decided
    ids = told.of(str(talk.id)).chairs
    if not ids and told.blocks and talk.track_id is not None:
        ids = tuple(filter(None, [told.chairs.get(talk.track_id)]))
    return [programme.chairs[id_] for id_ in ids if id_ in programme.chairs]


def wishes_of(programme: Programme) -> tuple[problem.Wish, ...]:
    """When sessions would rather be."""
    return tuple(
        problem.Wish(name, said.wish_from, said.wish_until)
        for name in programme.talk
        for said in [programme.decided.of(name)]
        if said.wish_from or said.wish_until
    )


def similar_tracks_of(programme: Programme) -> tuple[problem.Similarity, ...]:
    """Pairs of tracks for the same audience."""
    if not programme.decided.similar:
        return ()
    names = {track.id: track.name for track in programme.conference.tracks}
    return tuple(
        problem.Similarity(names[a], names[b])
        for a, b in programme.decided.similar
        if a in names and b in names
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


def demand_of(programme: Programme) -> tuple[problem.Demand, ...]:
    """Pairs of talks that the same visitors want, as far as both are here.

    The most wanted pair weighs ten, as the most popular talk does. Only pairs that stand out are
    told; of the others the plan knows, and says no more than how many it has at the same time.
    """
    known = {talk.id for talk in programme.talks}
    told = {(pair.a, pair.b): pair.both for pair in pairs_of(programme.interest)}
    all_ = {(a, b): both for a, b, both in together_of(programme.interest)} | told
    here = {pair: both for pair, both in all_.items() if known.issuperset(pair)}
    most = max(here.values(), default=1)
    weight = {pair: max(pair in told, round(10 * both / most)) for pair, both in here.items()}
    return tuple(
        problem.Demand(str(a), str(b), weight[a, b], told=(a, b) in told)
        for a, b in here
        if weight[a, b]
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


def room_of(room: Room, parallel: int = 1) -> problem.Room:
    return problem.Room(
        id=str(room.id),
        name=room.name,
        capacity=room.capacity,
        equipment=frozenset(map(str, room.equipment)),
        records=room.records,
        parallel=parallel,
    )


def walks_of(programme: Programme) -> tuple[problem.Walk, ...]:
    """The minutes of each two rooms for which somebody said other than usual.

    What was said of the two goes before what was said of one of them; of two such words the longer
    way counts.
    """
    found: dict[tuple[str, str], int] = {}
    for way in sorted(programme.decided.walks, key=lambda way: (way.b is not None, way.minutes)):
        ends = programme.room.keys() if way.b is None else programme.room.keys() & {str(way.b)}
        for end in ends - {str(way.a)} if str(way.a) in programme.room else ():
            a, b = sorted((str(way.a), end))
            found[a, b] = way.minutes
    return tuple(problem.Walk(a, b, minutes) for (a, b), minutes in sorted(found.items()))


def break_of(programme: Programme, pause: models.Break) -> problem.Break | None:
    """A time without talks in the rooms that it shuts, if there are any."""
    rooms = frozenset(str(room.id) for room in programme.rooms if pause.shuts(room.id))
    if not rooms:
        return None
    everywhere = pause.room_id is None
    return problem.Break(
        str(pause.id),
        pause.title,
        pause.starts_at,
        pause.ends_at,
        frozenset() if everywhere else rooms,
    )


def speakers_of(programme: Programme) -> tuple[problem.Speaker, ...]:
    """Everybody on stage, with the times at which they cannot or would rather not."""
    times: dict[int, list[problem.Availability]] = {}
    for stated in programme.availability:
        span = problem.Availability(stated.starts_at, stated.ends_at, ANSWERS[stated.degree])
        times.setdefault(stated.person_id, []).append(span)
    zones = {
        s.person_id: ZoneInfo(zone)
        for name, talk in programme.talk.items()
        if (zone := programme.decided.of(name).zone)
        for s in talk.submission.speakers
    }
    people = {s.person_id: s.person for t in programme.talks for s in t.submission.speakers}
    return tuple(
        problem.Speaker(str(id_), person.name, tuple(times.get(id_, ())), zone=zones.get(id_))
        for id_, person in (programme.chairs | people).items()
    )


def published_of(programme: Programme) -> Timetable | None:
    """Where the last release put the talks; what is announced rather stays there."""
    if programme.last is None:
        return None
    return Timetable(
        (str(talk["id"]), Place(str(talk["room_id"]), datetime.fromisoformat(talk["starts_at"])))
        for talk in programme.last.released_content["talks"]
        if str(talk["id"]) in programme.talk and str(talk["room_id"]) in programme.room
    )
