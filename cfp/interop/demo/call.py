"""What the demo's call asks beyond the usual, and whom it let in by a personal link."""

from datetime import timedelta

from cfp.db import db
from cfp.interop.demo.book import LOGINS, Demo
from cfp.invited.models import Invitation, Purpose
from cfp.questions.asking import Kind, Readers
from cfp.questions.models import Question


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
