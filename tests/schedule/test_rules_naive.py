"""Every strict rule against a second reading of it, minute by minute and without cleverness."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, product

from hypothesis import given, settings

from cfp.schedule.problem import Answer, Level
from cfp.schedule.rules import clashes
from tests.schedule.puzzles import RASTER, planned, with_level

MINUTE = timedelta(minutes=1)


class Naive:
    """What stands in a timetable, as sets of minutes."""

    def __init__(self, problem, timetable):
        self.problem = problem
        self.placed = [talk for talk in problem.talks if talk.id in timetable]
        self.room = {talk.id: timetable[talk.id].room for talk in self.placed}
        self.start = {talk.id: timetable[talk.id].start for talk in self.placed}
        self.minutes = {
            talk.id: {self.start[talk.id] + n * MINUTE for n in range(talk.minutes)}
            for talk in self.placed
        }
        self.rooms = {room.id: room for room in problem.rooms}
        self.people = {person.id: person for person in problem.speakers}

    def pairs(self):
        return combinations(self.placed, 2)

    def parallel(self, a, b):
        return bool(self.minutes[a.id] & self.minutes[b.id])

    def end(self, talk):
        return max(self.minutes[talk.id]) + MINUTE

    def day(self, talk):
        return self.start[talk.id].date()

    def open_minutes(self, room):
        return {
            opening.start + n * MINUTE
            for opening in self.problem.openings
            if opening.room == room
            for n in range((opening.end - opening.start) // MINUTE)
        }

    def break_minutes(self, room):
        return {
            pause.start + n * MINUTE
            for pause in self.problem.breaks
            if not pause.rooms or room in pause.rooms
            for n in range((pause.end - pause.start) // MINUTE)
        }

    def answer(self, person, minute):
        said = [
            known.answer for known in person.availability if known.start <= minute < known.end
        ] or [person.otherwise]
        return min(said, key=[Answer.NO, Answer.IF_NEED_BE, Answer.YES].index)


def naive_room_open(n):
    return [t for t in n.placed if n.minutes[t.id] - n.open_minutes(n.room[t.id])]


def naive_raster(n):
    starts = {
        (opening.room, opening.start + step * RASTER * MINUTE)
        for opening in n.problem.openings
        for step in range((opening.end - opening.start) // (RASTER * MINUTE))
    }
    return [t for t in n.placed if (n.room[t.id], n.start[t.id]) not in starts]


def naive_breaks(n):
    return [t for t in n.placed if n.minutes[t.id] & n.break_minutes(n.room[t.id])]


def naive_availability(n):
    return [
        t
        for t in n.placed
        if any(
            n.answer(n.people[person], minute) is Answer.NO
            for person in t.speakers
            for minute in n.minutes[t.id]
        )
    ]


def naive_equipment(n):
    return [t for t in n.placed if not t.needs <= n.rooms[n.room[t.id]].equipment]


def naive_recording(n):
    somewhere = any(room.records for room in n.problem.rooms)
    return [t for t in n.placed if t.recorded and somewhere and not n.rooms[n.room[t.id]].records]


def naive_capacity(n):
    seats = {room.id: room.capacity or 10**9 for room in n.problem.rooms}
    return [t for t in n.placed if (t.audience or 0) > seats[n.room[t.id]]]


def naive_chosen_rooms(n):
    return [t for t in n.placed if t.rooms and n.room[t.id] not in t.rooms]


def naive_pins(n):
    return [
        n.problem.talk[pin.talk]
        for pin in n.problem.pins
        if pin.talk in n.room
        and (
            (pin.room and pin.room != n.room[pin.talk])
            or (pin.start and pin.start != n.start[pin.talk])
        )
    ]


SINGLE = {
    "room-open": naive_room_open,
    "raster": naive_raster,
    "breaks": naive_breaks,
    "availability": naive_availability,
    "equipment": naive_equipment,
    "recording": naive_recording,
    "capacity": naive_capacity,
    "chosen-rooms": naive_chosen_rooms,
    "pins": naive_pins,
}


def naive_speaker_once(n):
    def clash(a, b):
        if not set(a.speakers) & set(b.speakers):
            return False
        walk = n.problem.walk_minutes * MINUTE if n.room[a.id] != n.room[b.id] else 0 * MINUTE
        return n.end(a) + walk > n.start[b.id] and n.end(b) + walk > n.start[a.id]

    return [{a.id, b.id} for a, b in n.pairs() if clash(a, b)]


def naive_plenary(n):
    return [{a.id, b.id} for a, b in n.pairs() if (a.plenary or b.plenary) and n.parallel(a, b)]


def naive_sponsored(n):
    return [{a.id, b.id} for a, b in n.pairs() if a.sponsored and b.sponsored and n.parallel(a, b)]


def naive_changeover(n):
    found = []
    for a in n.placed:
        room = n.rooms[n.room[a.id]]
        after = [t for t in n.placed if n.room[t.id] == room.id and n.start[t.id] >= n.end(a)]
        b = min(after, key=lambda t: (n.start[t.id], t.id), default=None)
        gap = n.problem.changeover_minutes * MINUTE
        if b and room.parallel == 1 and n.start[b.id] - n.end(a) < gap:
            found.append({a.id, b.id})
    return found


def naive_blocks(n):
    """Rooms and moments at which a stretch of open minutes without breaks begins, if mixed."""
    found = set()
    for room in n.rooms:
        free = n.open_minutes(room) - n.break_minutes(room)
        block = set()
        for minute in sorted(free):
            block = block if minute - MINUTE in free else {minute}
            block.add(minute)
            if minute + MINUTE not in free:
                here = [t for t in n.placed if n.room[t.id] == room and n.minutes[t.id] & block]
                if len({t.track for t in here if t.track}) > 1:
                    found.add(frozenset(t.id for t in here if t.track))
    return found


def parts(n):
    """Each part with every later one, as far as both are placed."""
    course = [t for t in n.placed if t.part_of]
    return [(a, b) for a, b in product(course, course) if a.part < b.part]


def naive_parts_in_order(n):
    return [{a.id, b.id} for a, b in parts(n) if n.end(a) > n.start[b.id]]


def naive_parts_consecutive(n):
    def possible(talk, room, start):
        needed = {start + k * MINUTE for k in range(talk.minutes)}
        return not needed - n.open_minutes(room) and not needed & n.break_minutes(room)

    def next_start(talk, room, moment):
        starts = sorted(
            opening.start + step * RASTER * MINUTE
            for opening in n.problem.openings
            if opening.room == room
            for step in range((opening.end - opening.start) // (RASTER * MINUTE))
        )
        later = [s for s in starts if s >= moment and s.date() == moment.date()]
        return next((s for s in later if possible(talk, room, s)), None)

    def follows(a, b):
        room, day = n.room[a.id], n.day(a)
        ends = [n.end(a), n.end(a) + n.problem.changeover_minutes * MINUTE]
        starts = {next_start(b, room, end) for end in ends if end.date() == day}
        return room == n.room[b.id] and n.start[b.id] in starts

    next_to = [(a, b) for a, b in parts(n) if b.part == a.part + 1]
    return [{a.id, b.id} for a, b in next_to if not follows(a, b)]


PAIRS = {
    "changeover": naive_changeover,
    "speaker-once": naive_speaker_once,
    "plenary": naive_plenary,
    "sponsored-apart": naive_sponsored,
    "parts-in-order": naive_parts_in_order,
    "parts-consecutive": naive_parts_consecutive,
}


def found(problem, timetable, key):
    return [clash for clash in clashes(problem, timetable) if clash.rule == key]


@settings(max_examples=80, deadline=None)
@given(planned())
def test_rules_about_single_talks_agree_with_the_naive_reading(case):
    naive = Naive(*case)
    for key, reading in SINGLE.items():
        expected = {talk.id for talk in reading(naive)}
        assert {clash.talks[0] for clash in found(*case, key)} == expected, key


@settings(max_examples=80, deadline=None)
@given(planned())
def test_rules_about_pairs_agree_with_the_naive_reading(case):
    naive = Naive(*case)
    for key, reading in PAIRS.items():
        expected = {frozenset(pair) for pair in reading(naive)}
        assert {frozenset(clash.talks) for clash in found(*case, key)} == expected, key


@settings(max_examples=50, deadline=None)
@given(planned())
def test_a_block_is_mixed_exactly_when_two_tracks_are_in_a_room_between_breaks(case):
    problem, timetable = case
    strict = with_level(problem, one_track_a_block=Level.FORBID)
    mixed = {frozenset(clash.talks) for clash in found(strict, timetable, "one-track-a-block")}
    assert mixed == naive_blocks(Naive(problem, timetable))


@settings(max_examples=50, deadline=None)
@given(planned())
def test_a_room_is_overfull_exactly_when_more_talks_run_than_it_holds(case):
    problem, timetable = case
    naive = Naive(problem, timetable)
    overfull = {
        room.id
        for room in problem.rooms
        for talk in naive.placed
        for minute in naive.minutes[talk.id]
        if sum(naive.room[t.id] == room.id and minute in naive.minutes[t.id] for t in naive.placed)
        > room.parallel
    }
    assert {clash.subject for clash in found(*case, "one-talk-per-room")} == overfull


@settings(max_examples=50, deadline=None)
@given(planned())
def test_too_many_talks_a_day_agree_with_counting(case):
    problem, timetable = case
    naive = Naive(problem, timetable)
    expected = set()
    for person in problem.speaker:
        days = [naive.day(talk) for talk in naive.placed if person in talk.speakers]
        if problem.talks_per_day and any(days.count(d) > problem.talks_per_day for d in days):
            expected.add(person)
    assert {clash.subject for clash in found(*case, "talks-per-day")} == expected


@settings(max_examples=30, deadline=None)
@given(planned())
def test_strict_rules_are_told_as_forbidden_and_in_whole_sentences(case):
    for clash in clashes(*case):
        assert clash.level is Level.FORBID
        assert clash.sentence.endswith(".")
        assert clash.talks
