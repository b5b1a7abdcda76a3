"""By which names an address can ask for the things of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cfp.billing.models import BankEntry, Invoice
from cfp.budget.models import BudgetCost, BudgetIncome
from cfp.catering.models import Caterer, Meal, OrderSheet, PastEdition
from cfp.conference.models import Conference, Format, Membership, Room, Track
from cfp.db import db
from cfp.interop.models import ImportFile
from cfp.invited.models import Invitation, Purpose
from cfp.jobs.models import JobRun
from cfp.mail.models import Message
from cfp.materials.models import Material
from cfp.people.models import Person
from cfp.questions.models import AnswerFile, Question
from cfp.reviews.models import (
    Argument,
    Assignment,
    Ballot,
    Bid,
    DeclaredConflict,
    LengthOffer,
    Review,
    ReviewerInvitation,
    Selection,
)
from cfp.schedule.models import Alternative, Break
from cfp.submissions.models import Speaker, Submission, Talk
from cfp.tickets.models import Door, Scanner, Ticket
from cfp.wishlist.models import WishedTalk
from tests.bad_input.patrons import dealt_in
from tests.bad_input.rows import rows_of
from tests.bad_input.shop import sold_here, sold_there

if TYPE_CHECKING:
    from tests.bad_input.world import World


def names_of(world: World) -> dict[str, list[str]]:
    """Everything by which an address of our two editions can name a thing."""
    ours = {world.here.id, world.begun.id}

    speaker, reviewer = world.people["speaker"], world.people["reviewer"]
    mine = {s.submission_id for s in db.session.query(Speaker).filter_by(person=speaker)}
    owed = {a.submission_id for a in db.session.query(Assignment).filter_by(person_id=reviewer.id)}
    all_here = rows_of(Submission, world.here)

    def of(model: type, name: str = "code") -> list[str]:
        rows = db.session.query(model).filter(model.conference_id.in_(ours)).order_by(model.id)
        return [str(getattr(row, name)) for row in rows]

    return {
        "submission": of(Submission),
        "of the speaker": [one.code for one in all_here if one.id in mine],
        "of others": [one.code for one in all_here if one.id not in mine],
        "not owed": [one.code for one in all_here if one.id not in owed],
        "of each kind": _of_each_kind(all_here, speaker, reviewer),
        "talk": [talk.code for talk in sorted(_talks(world), key=lambda talk: talk.title)],
        "person": [p.code for p in world.people.values()] + [_a_speaker(world).code],
        "run": of(JobRun),
        "entry code": of(BudgetCost) + of(BudgetIncome),
        "caterer": of(Caterer),
        "meal": of(Meal),
        "sheet": of(OrderSheet),
        "past": of(PastEdition),
        "alternative": of(Alternative),
        "scanner": of(Scanner),
        "invoice": of(Invoice),
        "movement": of(BankEntry),
        "asked": of(Question)[::-1],
        "invited": _invited(world),
        "wished": of(WishedTalk)[::-1],
        "brought": of(ImportFile),
        "link": [one.code for one in db.session.query(Material).order_by("id") if one.file_name],
        "file_code": [file.code for file in db.session.query(AnswerFile).order_by("id")][:1],
        "argument": of(Argument),
        "reviewer_asked": of(ReviewerInvitation),
        "ballot": of(Ballot),
        "offered": of(LengthOffer),
        "message_id": of(Message, "id"),
        "selection_id": of(Selection, "id"),
        "room": [str(room.id) for room in world.here.rooms],
        "number": [str(room.id) for room in world.here.rooms],
        "there": _names_there(world.there),
        **sold_here(world),
        **dealt_in(world.here),
    }


def foreign_to(world: World) -> dict[str, list[str]]:
    """By which names an address could ask for things that are not of this edition."""
    here = world.here.id

    def ids(model: type, *where: Any, name: str = "id") -> list[str]:
        return [
            str(getattr(row, name))
            for row in db.session.query(model).filter(*where).order_by(model.id)
        ]

    def elsewhere(model: Any, name: str = "id") -> list[str]:
        return ids(model, model.conference_id != here, name=name)

    coded = (Submission, Talk, JobRun, Caterer, Meal, PastEdition, BudgetCost, Invoice, BankEntry)
    codes = [rows_of(model, world.there) for model in (*coded, Ticket, Scanner, Door)]
    speaker = codes[0][0].speakers[0].person
    sold = sold_there(world.there)
    return {
        "code": [*(rows[0].code for rows in codes), speaker.code, *sold.pop("code")],
        "part_id": sorted({*elsewhere(Room), *elsewhere(Track), *elsewhere(Format)}),
        "membership_id": elsewhere(Membership),
        "argument": elsewhere(Argument, "code"),
        "reviewer_asked": elsewhere(ReviewerInvitation, "code"),
        "ballot": elsewhere(Ballot, "code"),
        "offered": elsewhere(LengthOffer, "code"),
        "message_id": elsewhere(Message),
        "selection_id": elsewhere(Selection),
        "break_id": elsewhere(Break),
        "conflict_id": ids(DeclaredConflict, DeclaredConflict.submission_id == codes[0][0].id),
        "version": ["2.0"],
        "asked": ["THEIRS"],
        "file_code": ["NOFILE"],
        "wish": ["NOWISH"],
        "invited": elsewhere(Invitation, "code"),
        "wished": elsewhere(WishedTalk, "code"),
        "brought": elsewhere(ImportFile, "code"),
        **sold,
        **dealt_in(world.there),
    }


def _names_there(there: Conference) -> list[str]:
    """What the other edition calls its things: ids and codes that mean nothing here."""
    rooms, tracks, formats = there.rooms, there.tracks, there.formats
    proposal = rows_of(Submission, there)[0]
    return [*(str(part.id) for part in (rooms[0], tracks[0], formats[0])), proposal.code]


def _of_each_kind(found: list[Submission], speaker: Person, reviewer: Person) -> list[str]:
    """One proposal of those that look alike to our people: state, decision, whose, who judges."""

    def pairs(model: Any) -> set[int]:
        return {
            one.submission_id for one in db.session.query(model).filter_by(person_id=reviewer.id)
        }

    ties = [pairs(model) for model in (Assignment, Review, Bid, DeclaredConflict)]
    kinds: dict[tuple[Any, ...], str] = {}
    for one in found:
        decided, talk = one.decision, one.talk
        kind = (
            *(one.state, decided and decided.outcome, bool(decided and decided.told_at)),
            *(talk and talk.state, speaker in [each.person for each in one.speakers]),
            *(one.id in tie for tie in ties),
        )
        kinds.setdefault(kind, one.code)
    return list(kinds.values())


def _talks(world: World) -> list[Talk]:
    return rows_of(Talk, world.here)


def _a_speaker(world: World) -> Person:
    return min(_talks(world), key=lambda talk: talk.title).submission.speakers[0].person


def _invited(world: World) -> list[str]:
    """Those that the team sent; one of a co-speaker is known by its proposal alone."""
    sent = rows_of(Invitation, world.here)
    return [one.code for one in sent if one.purpose is not Purpose.CO_SPEAKER]
