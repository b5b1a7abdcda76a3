"""What the demo's call asks beyond the usual, whom it let in, and what visitors wish for."""

from datetime import timedelta

from cfp.codes import hashed
from cfp.db import db
from cfp.interop.demo.book import LOGINS, Demo
from cfp.invited.models import Invitation, Purpose
from cfp.questions.asking import Kind, Readers
from cfp.questions.models import Question
from cfp.wishlist.models import Support, WishedTalk, WishState


def add_questions(demo: Demo) -> None:
    """The questions of the organisers; what says nothing about a person goes to reviewers too."""
    names = {plan["slug"]: plan["name"] for plan in demo.plan["formats"]}
    formats = {one.name: one.id for one in demo.conference.formats}
    for position, plan in enumerate(demo.plan["questions"]):
        question = Question(
            conference_id=demo.conference.id,
            kind=Kind(plan["kind"]),
            label=plan["text"],
            choices=plan.get("choices", []),
            is_required=plan["required"],
            readers=Readers(plan.get("readers", "team")),
            formats=[formats[names[slug]] for slug in plan.get("formats", [])],
            position=position,
        )
        db.session.add(question)
    db.session.flush()


def add_invitations(demo: Demo) -> None:
    """Somebody who asked for another week."""
    closes = demo.conference.call_closes_at or demo.at
    late = Invitation(
        conference=demo.conference,
        purpose=Purpose.LATE,
        name="Juno Souffleur",
        email="juno.souffleur@example.org",
        note="You told us about the flood in your archive. We would like to read it.",
        until=closes + timedelta(days=7),
        by=demo.people[LOGINS[0][1]],
    )
    db.session.add(late)
    db.session.flush()


def add_wishes(demo: Demo) -> None:
    """What browsers that nobody knows would like to hear; one wish waits to be read."""
    for plan in demo.plan["wishes"]:
        state = WishState.WAITING if plan.get("waits") else WishState.SHOWN
        said = {name: plan[name] for name in ("title", "why", "speaker")}
        made = WishedTalk(conference_id=demo.conference.id, state=state, made_at=demo.at, **said)
        db.session.add(made)
        db.session.flush()
        browsers = [hashed(f"{plan['title']} {n}") for n in range(plan["support"])]
        db.session.add_all(Support(wish_id=made.id, browser_hash=one) for one in browsers)
    db.session.flush()
