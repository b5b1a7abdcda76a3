"""What could be given up so that a plan exists: a rule for one subject, or a talk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cfp.schedule.problem import Problem, Talk, Waiver
from cfp.schedule.rules import book
from cfp.schedule.rules.people import most_talks_a_day
from cfp.schedule.rules.rule import Rule
from cfp.sentences import moment, say

IN_THE_PROGRAMME = "in-the-programme"  # no rule of the book: that the talk is to be placed at all
ONCE = "speaker-once"  # part of contradictions, but nobody can give it up
OF_PEOPLE = {"availability", "talks-per-day", "time-zones", "if-need-be", ONCE}
OF_ROOMS = {"changeover", "one-track-a-block"}
Names = str | tuple[str, ...]
DROPPING = 40  # what it costs to leave out a talk of priority one
ANOTHER = 1  # what it costs to give in where a rule is strict that most only wish for
# What it costs organisers to give in, most willingly first.
PRICES = {
    "changeover": 2,
    "one-track-a-block": 7,
    "sponsored-apart": 3,
    "pins": 4,
    "chosen-rooms": 4,
    "recording": 5,
    "talks-per-day": 6,
    "capacity": 8,
    "parts-consecutive": 8,
    "plenary": 10,
    "parts-in-order": 10,
    "breaks": 12,
    "equipment": 15,
    "availability": 20,
}


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """A rule that holds for a subject; or, as `IN_THE_PROGRAMME`, a talk that is to be placed.

    Without a subject it is the rule as a whole: nobody can say for whom it should not hold.
    """

    rule: str
    subject: str = ""

    @property
    def waiver(self) -> Waiver | None:
        """What would set the rule aside for the subject; a talk can only be left out."""
        named = self.subject and self.rule != IN_THE_PROGRAMME
        return Waiver(self.rule, self.subject) if named else None


def can_be_given_up(rule: Rule) -> bool:
    """All but the laws of nature."""
    return rule.key in PRICES or not rule.physical


def price(problem: Problem, cause: Cause) -> int:
    if cause.rule == IN_THE_PROGRAMME:
        return DROPPING * max(1, problem.talk[cause.subject].priority)
    return PRICES.get(cause.rule, ANOTHER)


def said(problem: Problem, cause: Cause) -> str:
    """The cause as a sentence of a contradiction."""
    who, talk = _names(problem, cause)
    needs = tuple(sorted(talk.needs)) if talk else ()
    minutes, people = (talk.minutes, talk.audience) if talk else (0, 0)
    most, between = _most(problem, cause), problem.changeover_minutes
    sentences = {
        IN_THE_PROGRAMME: say("%(who)s (%(n)s minutes) is in the programme.", who=who, n=minutes),
        "availability": say("%(who)s is only there at certain times.", who=who),
        "talks-per-day": _a_day(who, most),
        ONCE: _once(problem, who),
        "breaks": say("The break %(who)s stays free of talks.", who=who),
        "equipment": say("%(who)s needs %(needs)s.", who=who, needs=needs),
        "recording": say("%(who)s is to be recorded.", who=who),
        "capacity": say("%(who)s expects %(people)s people.", who=who, people=people),
        "chosen-rooms": say("%(who)s is only to be in rooms chosen for it.", who=who),
        "pins": say("%(who)s is pinned.", who=who),
        "changeover": say(
            "%(who)s stays free for %(n)s minutes between two talks.", who=who, n=between
        ),
    }
    rule = book.rule(cause.rule).name if cause.rule not in sentences else ""
    for_all = say("%(rule)s.", rule=rule)
    other = say("%(rule)s: %(who)s.", rule=rule, who=who) if cause.subject else for_all
    return sentences.get(cause.rule) or other


def _a_day(who: Names, most: int | None) -> str:
    if most == 1:
        return say("%(who)s has at most one talk a day.", who=who)
    return say("%(who)s has at most %(most)s talks a day.", who=who, most=most)


def _once(problem: Problem, who: Names) -> str:
    if problem.walk_minutes or problem.walks:
        return say("%(who)s can only be in one place at a time, and has to walk.", who=who)
    return say("%(who)s can only be in one place at a time.", who=who)


def advised(problem: Problem, cause: Cause) -> str:
    """Giving in, as a sentence on a button."""
    who, _ = _names(problem, cause)
    sentences = {
        IN_THE_PROGRAMME: say("Leave out %(who)s.", who=who),
        "availability": say("Ask %(who)s for other times.", who=who),
        "talks-per-day": say("Give %(who)s more talks a day than agreed.", who=who),
        "breaks": say("Let a talk run into the break %(who)s.", who=who),
        "equipment": say(
            "Hold %(who)s without its equipment, or bring it into another room.", who=who
        ),
        "recording": say("Do not record %(who)s.", who=who),
        "capacity": say("Put %(who)s into a smaller room.", who=who),
        "chosen-rooms": say("Choose more rooms for %(who)s.", who=who),
        "pins": say("Unpin %(who)s.", who=who),
        "changeover": say("Let talks follow each other at once in %(who)s.", who=who),
    }
    rule = book.rule(cause.rule).name if cause.rule not in sentences else ""
    if not cause.subject:
        return say("Take “%(rule)s” less strictly.", rule=rule)
    give_up = say("Give up “%(rule)s” for %(who)s.", rule=rule, who=who)
    return sentences.get(cause.rule) or give_up


def _names(problem: Problem, cause: Cause) -> tuple[Names, Talk | None]:
    """The subject as people know it, and its talk if it is one."""
    subject = cause.subject
    if cause.rule in OF_PEOPLE:
        return problem.speaker[subject].name, None
    if cause.rule == "breaks":
        return next(f"“{b.name}”" for b in problem.breaks if b.id == subject), None
    if cause.rule in OF_ROOMS:
        return _named_room(problem, subject), None
    talk = problem.talk.get(subject)
    if talk or not subject:
        return f"“{talk.title}”" if talk else "", talk
    names = subject.split(" + ")
    return tuple(f"“{problem.talk[name].title}”" for name in names), None


def _named_room(problem: Problem, subject: str) -> str:
    """A room, or one of its blocks."""
    room, *minute = subject.split(" @ ")
    if not minute:
        return problem.room[room].name
    begin = moment(problem.moment(int(minute[0])))
    return say("%(room)s, %(begin)s", room=problem.room[room].name, begin=begin)


def _most(problem: Problem, cause: Cause) -> int | None:
    return most_talks_a_day(problem, cause.subject) if cause.rule == "talks-per-day" else None


def talks_to_place(problem: Problem) -> Iterator[Cause]:
    for talk in problem.talks:
        yield Cause(IN_THE_PROGRAMME, talk.id)
