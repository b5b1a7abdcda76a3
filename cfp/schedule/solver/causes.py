"""What could be given up so that a plan exists: a rule for one subject, or a talk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cfp.schedule.problem import Problem, Talk, Waiver
from cfp.schedule.rules import book
from cfp.schedule.rules.people import most_talks_a_day

IN_THE_PROGRAMME = "in-the-programme"  # no rule of the book: that the talk is to be placed at all
DROPPING = 40  # what it costs to leave out a talk of priority one
# What it costs organisers to give in, most willingly first; rules that are not named are kept.
PRICES = {
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
    """A rule that holds for a subject; or, as `IN_THE_PROGRAMME`, a talk that is to be placed."""

    rule: str
    subject: str

    @property
    def waiver(self) -> Waiver | None:
        """What would set the rule aside; a talk can only be left out."""
        return None if self.rule == IN_THE_PROGRAMME else Waiver(self.rule, self.subject)


def price(problem: Problem, cause: Cause) -> int:
    if cause.rule == IN_THE_PROGRAMME:
        return DROPPING * max(1, problem.talk[cause.subject].priority)
    return PRICES[cause.rule]


def said(problem: Problem, cause: Cause) -> str:
    """The cause as a sentence of a contradiction."""
    who, talk = _names(problem, cause)
    needs = " and ".join(sorted(talk.needs)) if talk else ""
    sentences = {
        IN_THE_PROGRAMME: f"{who} ({talk.minutes if talk else 0} minutes) is in the programme.",
        "availability": f"{who} is only there at certain times.",
        "talks-per-day": f"{who} has at most {_most(problem, cause)} talks a day.",
        "breaks": f"The break {who} stays free of talks.",
        "equipment": f"{who} needs {needs}.",
        "recording": f"{who} is to be recorded.",
        "capacity": f"{who} expects {talk.audience if talk else 0} people.",
        "chosen-rooms": f"{who} is only to be in rooms chosen for it.",
        "pins": f"{who} is pinned.",
    }
    return sentences.get(cause.rule) or f"{book.rule(cause.rule).name}: {who}."


def advised(problem: Problem, cause: Cause) -> str:
    """Giving in, as a sentence on a button."""
    who, _ = _names(problem, cause)
    sentences = {
        IN_THE_PROGRAMME: f"Leave out {who}.",
        "availability": f"Ask {who} for other times.",
        "talks-per-day": f"Give {who} more talks a day than agreed.",
        "breaks": f"Let a talk run into the break {who}.",
        "equipment": f"Hold {who} without its equipment, or bring it into another room.",
        "recording": f"Do not record {who}.",
        "capacity": f"Put {who} into a smaller room.",
        "chosen-rooms": f"Choose more rooms for {who}.",
        "pins": f"Unpin {who}.",
    }
    return sentences.get(cause.rule) or f"Give up “{book.rule(cause.rule).name}” for {who}."


def _names(problem: Problem, cause: Cause) -> tuple[str, Talk | None]:
    """The subject as people know it, and its talk if it is one."""
    talk = problem.talk.get(cause.subject)
    if cause.rule in {"availability", "talks-per-day"}:
        return problem.speaker[cause.subject].name, None
    if cause.rule == "breaks":
        return next(f"“{b.name}”" for b in problem.breaks if b.id == cause.subject), None
    if talk:
        return f"“{talk.title}”", talk
    names = cause.subject.split(" + ")
    return " and ".join(f"“{problem.talk[name].title}”" for name in names), None


def _most(problem: Problem, cause: Cause) -> int | None:
    return most_talks_a_day(problem, cause.subject) if cause.rule == "talks-per-day" else None


def talks_to_place(problem: Problem) -> Iterator[Cause]:
    for talk in problem.talks:
        yield Cause(IN_THE_PROGRAMME, talk.id)
