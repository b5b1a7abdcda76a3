"""Who must not review a proposal, and the sentence that tells the chair why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cfp.reviews.conflicts.employers import employer_key, work_domain
from cfp.sentences import joined, say

Key = int | str
Pair = tuple[Key, Key]  # reviewer, submission


class Kind(StrEnum):
    """Why: from the plainest reason to the one that rests on somebody's word."""

    OWN = "own proposal"
    CO_SPEAKER = "co-speaker"
    EMPLOYER = "same employer"
    DECLARED = "declared"


class Side(StrEnum):
    """Who declared a conflict."""

    REVIEWER = "reviewer"
    SPEAKER = "speaker"
    CHAIR = "chair"


@dataclass(frozen=True, slots=True)
class Someone:
    """A reviewer or speaker. The same `id` or the same e-mail address means the same person.

    `is_asked`: a speaker invited them to join and waits for an answer.
    """

    id: Key
    name: str
    employer: str = ""
    email: str = ""
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A submission of the edition and everybody who would speak, invited ones too."""

    id: Key
    title: str
    speakers: tuple[Someone, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """Somebody said that this reviewer should not judge this submission."""

    reviewer: Key
    submission: Key
    by: Side
    note: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason against one pair; `reason` is for the chair's eyes only."""

    reviewer: Key
    submission: Key
    kind: Kind
    reason: str

    @property
    def pair(self) -> Pair:
        """As the assignment wants it."""
        return self.reviewer, self.submission


def detect(
    submissions: Iterable[Proposal],
    reviewers: Iterable[Someone],
    declared: Iterable[Declaration] = (),
) -> list[Conflict]:
    """Every conflict of the edition, at most one of each kind per pair, reviewer by reviewer.

    Pass withdrawn proposals too: who spoke together once may still be friends. Declarations about
    people or proposals that are not passed are ignored.
    """
    proposals = sorted(submissions, key=lambda proposal: in_order(proposal.id))
    declarations: dict[Pair, list[Declaration]] = {}
    for declaration in declared:
        pair = declaration.reviewer, declaration.submission
        declarations.setdefault(pair, []).append(declaration)
    found = []
    for reviewer in sorted(reviewers, key=lambda reviewer: in_order(reviewer.id)):
        own = [proposal for proposal in proposals if _place(reviewer, proposal)]
        for proposal in proposals:
            said = declarations.get((reviewer.id, proposal.id), [])
            for kind, reason in _reasons(reviewer, proposal, own, said):
                found.append(Conflict(reviewer.id, proposal.id, kind, reason))
    return found


def in_order(key: Key) -> tuple[str, Key]:
    """Sorts numbers as numbers and codes as codes, whatever order they came in."""
    return type(key).__name__, key


def _reasons(
    reviewer: Someone,
    proposal: Proposal,
    own: Sequence[Proposal],
    declarations: Sequence[Declaration],
) -> Iterator[tuple[Kind, str]]:
    if place := _place(reviewer, proposal):
        yield Kind.OWN, _own(reviewer, is_asked=place.is_asked)
        return
    if together := _speak_together(reviewer, proposal, own):
        yield Kind.CO_SPEAKER, together
    if colleagues := _work_together(reviewer, proposal):
        yield Kind.EMPLOYER, colleagues
    if declarations:
        yield Kind.DECLARED, joined(_declared(reviewer, each) for each in declarations)


def _own(reviewer: Someone, *, is_asked: bool) -> str:
    if is_asked:
        return say("%(name)s is invited to speak in this proposal.", name=reviewer.name)
    return say("%(name)s is a speaker of this proposal.", name=reviewer.name)


def _place(person: Someone, proposal: Proposal) -> Someone | None:
    """As whom this person stands among the speakers of the proposal, if they do."""
    return next((one for one in proposal.speakers if _same_person(person, one)), None)


def _same_person(one: Someone, other: Someone) -> bool:
    if one.id == other.id:
        return True
    return bool(one.email) and one.email.strip().lower() == other.email.strip().lower()


def _speak_together(reviewer: Someone, proposal: Proposal, own: Sequence[Proposal]) -> str:
    for shared in own:
        mine = _place(reviewer, shared)
        for speaker in proposal.speakers:
            if mine and (theirs := _place(speaker, shared)):
                names = {"one": reviewer.name, "other": speaker.name, "title": shared.title}
                if mine.is_asked or theirs.is_asked:
                    return say(
                        "%(one)s and %(other)s are both named as speakers of “%(title)s”.", **names
                    )
                return say("%(one)s and %(other)s both speak in “%(title)s”.", **names)
    return ""


def _work_together(reviewer: Someone, proposal: Proposal) -> str:
    for speaker in proposal.speakers:
        employer = employer_key(reviewer.employer)
        if employer and employer == employer_key(speaker.employer):
            name = speaker.employer.strip().rstrip(".")
            return say(
                "%(one)s and %(other)s both work for %(employer)s.",
                one=reviewer.name,
                other=speaker.name,
                employer=name,
            )
    for speaker in proposal.speakers:
        domain = work_domain(reviewer.email)
        if domain and domain == work_domain(speaker.email):
            return say(
                "%(one)s and %(other)s both have an e-mail address at %(domain)s.",
                one=reviewer.name,
                other=speaker.name,
                domain=domain,
            )
    return ""


def _declared(reviewer: Someone, declaration: Declaration) -> str:
    who = {
        Side.REVIEWER: say("%(name)s declared a conflict", name=reviewer.name),
        Side.SPEAKER: say("A speaker asked that %(name)s does not review", name=reviewer.name),
        Side.CHAIR: say("The chair declared a conflict of %(name)s", name=reviewer.name),
    }[declaration.by]
    note = declaration.note.strip()
    return say("%(who)s: %(note)s", who=who, note=note) if note else say("%(who)s.", who=who)
