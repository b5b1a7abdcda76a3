"""The puzzle prepared for solving: where each talk may start, which talks mind each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from cfp.schedule.problem import Level, Place, Problem, Talk, Timetable
from cfp.schedule.rules import book
from cfp.schedule.rules.board import Spot, opening_minutes
from cfp.schedule.rules.hours import break_minutes, open_spans, raster_starts
from cfp.schedule.rules.rooms import changeover
from cfp.schedule.rules.rule import LooksAt, TalkRule
from cfp.schedule.solver.pairs import Pairs
from cfp.schedule.solver.prices import Cost, Prices, add

Position = tuple[str, int]  # room, minute of the start
Minding = tuple[TalkRule, str]  # a rule and the subject that it speaks for
Mask = int  # bit m is set: minute m is meant


def mask_of(minutes: Iterable[int]) -> Mask:
    mask = 0
    for minute in minutes:
        mask |= 1 << minute
    return mask


def minutes_of(mask: Mask) -> Iterator[int]:
    bits = f"{mask:b}"[::-1]  # a search in text is ten times faster than arithmetic on long numbers
    minute = bits.find("1")
    while minute >= 0:
        yield minute
        minute = bits.find("1", minute + 1)


def span_mask(first: int, after: int) -> Mask:
    """All minutes from the first up to, but without, the other; none lies before zero."""
    first = max(0, first)
    return ((1 << (after - first)) - 1) << first if after > first else 0


def reaching_into(busy: Mask, minutes: int) -> Mask:
    """Starts from which so many minutes run into a busy one."""
    reach, done = busy, 1
    while done < minutes:
        step = min(done, minutes - done)
        reach |= reach >> step
        done += step
    return reach


class Grid:
    """What the search asks again and again, worked out once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.strict = list(book.rules_at(problem, book.STRICT))
        self.costly = list(book.rules_at(problem, book.COSTLY))
        self._house: dict[tuple[str, int], Mask] = {}
        self._starts: dict[str, dict[str, Mask]] = {}

    def strictly(self, key: str) -> bool:
        """Whether the solver has to keep the rule."""
        known = book.rule(key)
        return known in self.strict or (known.physical and known in self.costly)

    def matters(self, key: str) -> bool:
        """Whether anybody wants to know about the rule."""
        return book.setting(self.problem, key).level is not Level.OFF

    def gap(self, room: str) -> int:
        """The minutes that have to be free between two talks in the room."""
        return changeover(self.problem, room) if self.strictly("changeover") else 0

    def waived(self, key: str, subject: str) -> bool:
        return book.waived(self.problem, key, subject)

    @cached_property
    def days(self) -> dict[str, list[tuple[date, int, int]]]:
        """Each room's days, from the first opening to the last closing."""
        found: dict[str, dict[date, tuple[int, int]]] = {}
        for room, spans in opening_minutes(self.problem).items():
            of_room = found.setdefault(room, {})
            for start, end, day in spans:
                first, last = of_room.get(day, (start, end))
                of_room[day] = (min(first, start), max(last, end))
        return {room: [(day, *span) for day, span in of.items()] for room, of in found.items()}

    @cached_property
    def day_masks(self) -> dict[date, Mask]:
        """The minutes at which a talk of that day may start, whatever the room."""
        found: dict[date, Mask] = dict.fromkeys(self.problem.days, 0)
        for spans in opening_minutes(self.problem).values():
            for start, end, day in spans:
                found[day] |= span_mask(start, end)
        return found

    @cached_property
    def announced(self) -> dict[str, Position]:
        """Where the published plan has the talks."""
        return self.positions(self.problem.published or Timetable())

    def may_stay(self, talk: Talk) -> bool:
        """Whether the talk was announced for a place that it can still have."""
        room, start = self.announced.get(talk.id, ("", 0))
        return bool(self.starts(talk).get(room, 0) >> start & 1)

    def starts(self, talk: Talk) -> dict[str, Mask]:
        """Where the talk may start, by room, as far as the talk alone is concerned."""
        if talk.id not in self._starts:
            self._starts[talk.id] = self._allowed(talk)
        return self._starts[talk.id]

    def _allowed(self, talk: Talk) -> dict[str, Mask]:
        rules = [known for known in self.strict if isinstance(known, TalkRule)]
        rules += [known for known in self.costly if known.physical and isinstance(known, TalkRule)]
        minding = [(rule, subject) for rule in rules for subject in self.subjects(rule, talk)]
        by_shape = {
            shape: [one for one in minding if one[0].looks_at is shape] for shape in LooksAt
        }
        found: dict[str, Mask] = {}
        times: dict[int, bool] = {}
        for room in self.problem.room:
            mask = self.house_allows(room, talk.minutes)
            if not mask or self._minds(by_shape[LooksAt.ROOM], talk, room, 0):
                continue
            for shape, known in ((LooksAt.TIME, times), (LooksAt.PLACE, {})):
                if by_shape[shape]:
                    for start in minutes_of(mask):
                        if start not in known:
                            known[start] = self._minds(by_shape[shape], talk, room, start)
                        if known[start]:
                            mask ^= 1 << start
            if mask:
                found[room] = mask
        return found

    def _minds(self, minding: list[Minding], talk: Talk, room: str, start: int) -> bool:
        spot = Spot(talk, room, start, start + talk.minutes)
        return any(rule.amount(self.problem, spot, subject) for rule, subject in minding)

    def subjects(self, rule: TalkRule, talk: Talk) -> Iterator[str]:
        for subject in rule.subjects(self.problem, talk):
            if rule.physical or not self.waived(rule.key, subject):
                yield subject

    def charge(self, rule: TalkRule, spot: Spot) -> int:
        """What the place costs by this rule, without its weight."""
        subjects = self.subjects(rule, spot.talk)
        return sum(rule.amount(self.problem, spot, subject) for subject in subjects)

    def house_allows(self, room: str, minutes: int) -> Mask:
        """When a talk of this length may start in the room, whatever talk it is."""
        if (room, minutes) not in self._house:
            starts = mask_of(raster_starts(self.problem)[room])
            self._house[room, minutes] = starts & ~reaching_into(self._shut(room), minutes)
        return self._house[room, minutes]

    def _shut(self, room: str) -> Mask:
        """The minutes in which the room is closed, or in a break that has to be kept."""
        shut = -1
        for start, end in open_spans(self.problem)[room]:
            shut &= ~span_mask(start, end)
        if self.strictly("breaks"):
            for key, (start, end, rooms) in break_minutes(self.problem).items():
                if room in rooms and not self.waived("breaks", key):
                    shut |= span_mask(start, end)
        return shut

    @cached_property
    def pairs(self) -> Pairs:
        return Pairs(self.problem, self.prices)

    @cached_property
    def prices(self) -> Prices:
        return Prices(self.problem)

    def place_cost(
        self, talk: Talk, room: str, start: int, rules: list[TalkRule] | None = None
    ) -> Cost:
        """What wishes about single talks (all, or these) cost at this place, by tier."""
        spot = Spot(talk, room, start, start + talk.minutes)
        total = self.prices.nothing()
        for rule in self.place_wishes(talk) if rules is None else rules:
            amount = self.charge(rule, spot)
            if amount:
                add(total, self.prices.of(rule.key, amount))
        return total

    def place_wishes(self, talk: Talk) -> list[TalkRule]:
        """The wishes that look at this talk alone."""
        rules = [rule for rule in self.costly if isinstance(rule, TalkRule) and not rule.physical]
        return [rule for rule in rules if any(self.subjects(rule, talk))]

    def timetable(self, positions: dict[str, Position]) -> Timetable:
        moment = self.problem.moment
        return Timetable(
            (talk, Place(room, moment(start))) for talk, (room, start) in positions.items()
        )

    def positions(self, timetable: Timetable) -> dict[str, Position]:
        """What the timetable says about talks and rooms of this puzzle."""
        minute, known = self.problem.minute, self.problem
        return {
            talk: (place.room, minute(place.start))
            for talk, place in timetable.items()
            if talk in known.talk and place.room in known.room
        }
