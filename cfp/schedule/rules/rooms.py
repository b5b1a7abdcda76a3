"""Rules of the rooms: one talk at a time, and each talk in a room that is good enough for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cfp.schedule.problem import Level, Problem, Room, Setting, Talk, Waiver, once_a_problem
from cfp.schedule.rules.board import Board, Spot
from cfp.schedule.rules.rule import (
    Finding,
    LooksAt,
    Rule,
    TalkRule,
    clock_of,
    quoted,
    room_name,
)
from cfp.sentences import say


class OneTalkPerRoom(Rule):
    key = "one-talk-per-room"
    name = say("A room holds one talk at a time")
    physical = True

    def findings(self, board: Board) -> Iterator[Finding]:
        for name, spots in board.in_room.items():
            room = board.problem.room.get(name) or Room(name, name)
            running: list[Spot] = []
            for spot in spots:
                running = [other for other in running if other.end > spot.start]
                if len(running) >= room.parallel:
                    titles = tuple(map(quoted, [*running, spot]))
                    begin = clock_of(board.problem, spot.start)
                    talks = tuple(other.talk.id for other in [*running, spot])
                    sentence = say(
                        "%(talks)s are in %(room)s at the same time on %(begin)s.",
                        talks=titles,
                        room=room.name,
                        begin=begin,
                    )
                    yield Finding(1, sentence, talks, room.id)
                running.append(spot)


class RoomsChangeOver(Rule):
    """The minutes that a room stays free between two talks; rooms for several talks have none."""

    key = "changeover"
    name = say("Between two talks a room stays free for some minutes")

    def findings(self, board: Board) -> Iterator[Finding]:
        for name, spots in board.in_room.items():
            needed = changeover(board.problem, name)
            for a in spots if needed else ():
                b = next((other for other in spots if other.start >= a.end), None)
                if b and b.start < a.end + needed:
                    sentence = say(
                        "%(room)s needs %(needed)d minutes between %(a)s and %(b)s on %(begin)s.",
                        room=room_name(board.problem, name),
                        needed=needed,
                        a=quoted(a),
                        b=quoted(b),
                        begin=clock_of(board.problem, b.start),
                    )
                    yield Finding(1, sentence, (a.talk.id, b.talk.id), name)


def changeover(problem: Problem, room: str) -> int:
    """The minutes between two talks in the room; none where nobody asks for them."""
    known, rules = problem.room.get(room), problem.rules
    told = rules.settings.get(RoomsChangeOver.key, RoomsChangeOver.default)
    off = told.level is Level.OFF or Waiver(RoomsChangeOver.key, room) in rules.waivers
    return 0 if off or known is None or known.parallel > 1 else problem.changeover_minutes


class RoomRule(TalkRule):
    """A rule about a talk and the room itself; rooms that are gone are no concern of it."""

    looks_at = LooksAt.ROOM

    def amount(self, problem: Problem, spot: Spot, subject: str) -> int:
        del subject
        room = problem.room.get(spot.room)
        return self.lack(problem, spot.talk, room) if room else 0

    def lack(self, problem: Problem, talk: Talk, room: Room) -> int:
        """How much the room lacks for this talk."""
        raise NotImplementedError


class EquipmentIsThere(RoomRule):
    key = "equipment"
    name = say("A talk gets the equipment it needs")

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        del problem
        return (talk.id,) if talk.needs else ()

    def lack(self, problem: Problem, talk: Talk, room: Room) -> int:
        del problem
        return len(talk.needs - room.equipment)

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        del subject
        room = problem.room[spot.room]
        missing = ", ".join(sorted(spot.talk.needs - room.equipment))
        return say(
            "%(talk)s needs %(missing)s, which %(room)s does not have.",
            talk=quoted(spot),
            missing=missing,
            room=room.name,
        )


class RecordedWhereRecordingIsPossible(RoomRule):
    """Sleeps where no room records at all."""

    key = "recording"
    name = say("A talk to be recorded is in a room that records")

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        recording = any(room.records for room in problem.rooms)
        return (talk.id,) if talk.recorded and recording else ()

    def lack(self, problem: Problem, talk: Talk, room: Room) -> int:
        del problem, talk
        return not room.records

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        del subject
        return say(
            "%(talk)s is to be recorded, and %(room)s cannot.",
            talk=quoted(spot),
            room=room_name(problem, spot.room),
        )


class AudienceFitsIn(RoomRule):
    """Known only where both the audience and the seats are; counts the people left outside."""

    key = "capacity"
    name = say("The expected audience fits into the room")

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        del problem
        return (talk.id,) if talk.audience else ()

    def lack(self, problem: Problem, talk: Talk, room: Room) -> int:
        del problem
        return 0 if room.capacity is None else max(0, (talk.audience or 0) - room.capacity)

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        del subject
        room = problem.room[spot.room]
        return say(
            "%(talk)s expects %(people)s people; %(room)s has %(seats)s seats.",
            talk=quoted(spot),
            people=spot.talk.audience,
            room=room.name,
            seats=room.capacity,
        )


class OnlyChosenRooms(RoomRule):
    key = "chosen-rooms"
    name = say("A talk stays in the rooms chosen for it")

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        del problem
        return (talk.id,) if talk.rooms else ()

    def lack(self, problem: Problem, talk: Talk, room: Room) -> int:
        del problem
        return room.id not in talk.rooms

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        del subject
        chosen = ", ".join(sorted(room_name(problem, room) for room in spot.talk.rooms))
        where = room_name(problem, spot.room)
        return say(
            "%(talk)s is in %(where)s; chosen for it: %(chosen)s.",
            talk=quoted(spot),
            where=where,
            chosen=chosen,
        )


@once_a_problem
def larger_rooms(problem: Problem) -> dict[str, int]:
    """For each room with known seats, how many different sizes are above its own."""
    sizes = sorted({room.capacity for room in problem.rooms if room.capacity}, reverse=True)
    return {room.id: sizes.index(room.capacity) for room in problem.rooms if room.capacity}


@once_a_problem
def most_popular(problem: Problem) -> int:
    return max((talk.popularity for talk in problem.talks), default=0)


class PopularTalksInLargeRooms(RoomRule):
    """Each size of room above the own costs the talk's popularity (the greatest counts ten)."""

    key = "popular-large"
    name = say("Popular talks get the large rooms")
    default = Setting(Level.WISH, weight=1, tier=4)

    def subjects(self, problem: Problem, talk: Talk) -> Iterable[str]:
        del problem
        return (talk.id,) if talk.popularity > 0 else ()

    def lack(self, problem: Problem, talk: Talk, room: Room) -> int:
        share = 10 * talk.popularity // max(1, most_popular(problem))
        return share * larger_rooms(problem).get(room.id, 0)

    def sentence(self, problem: Problem, spot: Spot, subject: str) -> str:
        del subject
        where = room_name(problem, spot.room)
        return say(
            "Many want %(talk)s, and there are larger rooms than %(where)s.",
            talk=quoted(spot),
            where=where,
        )
