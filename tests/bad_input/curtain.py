"""One person before the curtain, and two truths behind it that agree in nothing that is hidden."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from werkzeug.routing import Rule

from cfp import codes
from cfp.access import Role, allowed
from cfp.conference.models import Conference, Membership
from cfp.db import db, transaction
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.questions.asking import Readers
from cfp.questions.models import Answer, Question
from cfp.reviews.models import Argument, Bid, BidValue, DeclaredConflict, Review, Side
from cfp.reviews.service import assignments
from cfp.schedule.models import Placement, Schedule
from cfp.submissions.models import Decision, Outcome, Speaker, Submission, SubmissionState, Talk
from cfp.submissions.service import decide
from tests.bad_input.forms import Pairs
from tests.bad_input.house import House, addresses, encoded
from tests.conftest import NOW

LABELS = {
    "reviewer": {Role.ANYONE, Role.SIGNED_IN, Role.REVIEWER},
    "speaker": {Role.ANYONE, Role.SIGNED_IN},
}
ASKED = (
    "q=Zebulon&name=Zebulon&speaker=Zebulon&email=zebulon0%40quixwood.example&sort=speakers"
    "&order=speaker&by=email&show=open&outcome=accept&state=accepted"
)
FORM = {"content_type": "application/x-www-form-urlencoded"}
Answers = dict[str, Any]


@dataclass(frozen=True)
class Truth:
    """Who speaks, and what colleagues and the chair think of it."""

    name: str
    employer: str
    score: int
    outcome: Outcome
    bid: BidValue
    side: Side


TRUTHS = (
    Truth("Zebulon", "Quixwood", 5, Outcome.ACCEPT, BidValue.YES, Side.FOR),
    Truth("Anneke", "Aalborg", 1, Outcome.REJECT, BidValue.NO, Side.AGAINST),
)


class Curtain:
    """Asks for everything that a reviewer or a speaker may ask for, whatever the truth is."""

    def __init__(self, house: House, role: str) -> None:
        self.house, self.role, self.me = house, role, house.ids[role]
        self.urls = [
            (endpoint, url)
            for endpoint, url in addresses(house.app, house.world)
            if allowed(house.app, endpoint) & LABELS[role]
            and not url.startswith("/begun/")  # nothing is hidden in what has just begun
            and url not in house.world.letters  # whoever has a letter knows whose it is
        ]

    def answers(self, truth: Truth, *, only: str = "", anything: Pairs | None = None) -> Answers:
        """Every answer while this is the truth, by its question; ``anything`` is sent as a form."""
        self.house.restore()
        with pytest.MonkeyPatch.context() as patch, self.house.app.test_request_context():
            with transaction():
                plant(truth, self.me, self.role)
            for module, name, draw in draws():
                patch.setattr(module, name, draw)
            found = dict(self._looked_at(only))
            found |= dict(self._sent(only, anything)) if anything is not None else {}
            return found | self._mailed()

    def _looked_at(self, only: str) -> Iterator[tuple[str, Any]]:
        for endpoint, url in self.urls:
            if not endpoint.startswith(only):
                continue
            yield f"GET {url}", self._said(url)
            if url == url.lower():  # a list: no code is in its address
                question = f"{url}{'&' if '?' in url else '?'}{ASKED}"
                yield f"GET {question}", self._said(question)

    def _sent(self, only: str, anything: Pairs) -> Iterator[tuple[str, Any]]:
        """What fits no form, sent to every one of them that is for this person."""
        body = encoded([("csrf_token", self.house.keys[self.role].token), *anything])
        known = self.house.world.values | {"conference": ["here"]}
        routes = self.house.app.url_map.bind("localhost")
        for rule in sorted(self.house.app.url_map.iter_rules(), key=lambda rule: rule.rule):
            may = (allowed(self.house.app, rule.endpoint) & LABELS[self.role]) - {Role.ANYONE}
            is_way_out = rule.endpoint.startswith("people.")  # who signs out sees nothing more
            if "POST" not in (rule.methods or ()) or not may or is_way_out:
                continue
            named: list[dict[str, str]] = [{}]
            for name in sorted(rule.arguments if rule.endpoint.startswith(only) else ()):
                values = known.get("submission" if name == "code" else name, one_of_few(rule, name))
                named = [so_far | {name: value} for so_far in named for value in values]
            for values_of in named if rule.endpoint.startswith(only) else ():
                url = routes.build(rule.endpoint, values_of, method="POST")
                yield f"POST {url}", self._said(url, method="POST", data=body, **FORM)

    def _mailed(self) -> Answers:
        """What the outbox holds for this person, down to the names of files."""
        select = sa.select(Message).where(Message.person_id == self.me)
        return {
            f"mail {number}": (
                *(message.kind, message.to, message.subject, message.body),
                *((file.name, file.data) for file in message.attachments),
            )
            for number, message in enumerate(db.session.scalars(select.order_by(Message.id)))
        }

    def _said(self, url: str, **options: Any) -> Any:
        """Status, headers and body."""
        response = self.house.open(self.role, url, **options)
        return response.status_code, sorted(response.headers), response.data


def one_of_few(rule: Rule, name: str) -> list[str]:
    """A value for a part of an address that we know nothing of but its rule."""
    return sorted(getattr(rule._converters[name], "items", {"1"}))[:1]


def draws() -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    """Keys, codes and numbers of requests come in one order, whatever the truth is."""
    draw = random.Random(20270115)  # noqa: S311  (nothing here is a secret)
    yield codes.secrets, "choice", draw.choice
    yield codes.secrets, "token_urlsafe", lambda size=32: draw.randbytes(size).hex()
    yield pyotp, "random_base32", lambda: "A" * 32
    yield uuid, "uuid4", lambda: uuid.UUID(bytes=draw.randbytes(16), version=4)


def differences(one: Answers, other: Answers) -> list[str]:
    """The questions whose answers tell one truth from the other."""
    return [asked for asked in (one | other) if one.get(asked) != other.get(asked)]


def plant(truth: Truth, me: int, role: str) -> None:
    """Write this truth over everything that the person before the curtain must not know."""
    here = db.session.scalars(sa.select(Conference).where(Conference.slug == "here")).one()
    chair = db.session.scalars(_members(here, Role.CHAIR)).one()
    colleagues = db.session.scalars(_members(here, Role.REVIEWER).where(Person.id != me)).all()
    for number, person in enumerate(db.session.scalars(_hidden(here, me))):
        person.name = f"{truth.name} {truth.employer} {number}"
        person.email = f"{truth.name}{number}@{truth.employer}.example".lower()
        person.employer, person.biography = truth.employer, f"I am {truth.name}."
    for number, person in enumerate(colleagues if role == "speaker" else ()):
        person.name = f"Critic {truth.name} {number}"
    for answer in db.session.scalars(_unread(here, me)):
        answer.text = f"{truth.name} answers."
    _judge(truth, here, colleagues[-1], me)
    for submission in db.session.scalars(_untold(here)).all():
        decide(submission, truth.outcome, by=chair, at=NOW, reason=f"{truth.name} is fine.")
    assignments.publish(here, by=chair, at=NOW)


def _members(here: Conference, role: Role) -> sa.Select[Person]:
    return (
        sa.select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.conference_id == here.id, Membership.role == role)
        .order_by(Person.id)
    )


def _hidden(here: Conference, me: int) -> sa.Select[Person]:
    """All who speak and are not announced, but for those beside me."""
    own = sa.select(Speaker.submission_id).where(Speaker.person_id == me)
    known = Speaker.submission_id.in_(_announced()) | Speaker.submission_id.in_(own)
    speaking = sa.select(Speaker.person_id).join(Speaker.submission)
    return (
        sa.select(Person)
        .where(
            Person.id.in_(speaking.where(Submission.conference_id == here.id)),
            Person.id.not_in(sa.select(Speaker.person_id).where(known)),
            Person.id != me,
        )
        .order_by(Person.id)
    )


def _unread(here: Conference, me: int) -> sa.Select[Answer]:
    """What others answered to questions whose answers only the team reads."""
    own = sa.select(Speaker.submission_id).where(Speaker.person_id == me)
    return (
        sa.select(Answer)
        .join(Answer.question)
        .join(Submission, Submission.id == Answer.submission_id)
        .where(
            Submission.conference_id == here.id,
            Question.readers == Readers.TEAM,
            Submission.id.not_in(own),
        )
    )


def _announced() -> sa.Select[int]:
    return (
        sa.select(Talk.submission_id)
        .join(Placement, Placement.talk_id == Talk.id)
        .join(Schedule, Schedule.id == Placement.schedule_id)
        .where(Schedule.released_at.is_not(None))
    )


def _untold(here: Conference) -> sa.Select[Submission]:
    """What was handed in, and nobody has heard of a decision."""
    told = sa.select(Decision.submission_id).where(Decision.told_at.is_not(None))
    return (
        sa.select(Submission)
        .where(
            Submission.conference_id == here.id,
            Submission.state == SubmissionState.SUBMITTED,
            Submission.id.not_in(told),
            Submission.id.not_in(_announced()),
        )
        .order_by(Submission.id)
    )


def _judge(truth: Truth, here: Conference, colleague: Person, me: int) -> None:
    """A colleague's verdicts on what one has not judged oneself; their wishes and conflicts."""
    mine = sa.select(Review.submission_id).where(Review.person_id == me)
    unread = sa.select(Submission.id).where(
        Submission.conference_id == here.id, Submission.id.not_in(mine)
    )
    # In one truth the colleague has read a fifth of it, in the other all.
    for key in db.session.scalars(unread.order_by(Submission.id)).all()[:: truth.score]:
        pair = {"submission_id": key, "person_id": colleague.id}
        db.session.add(Bid(value=truth.bid, **pair))
        db.session.add(DeclaredConflict(reason=f"{truth.name} is my cousin", **pair))
        said = {"for_committee": f"{truth.name}!", "for_speaker": f"Dear {truth.name}"}
        db.session.add(Review(conference_id=here.id, score=truth.score, **said, **pair))
        because = f"{truth.name} knows it by heart."
        db.session.add(Argument(conference_id=here.id, side=truth.side, text=because, **pair))
    db.session.flush()
