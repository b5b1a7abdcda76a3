"""Questions for tests, one line each."""

from __future__ import annotations

from typing import Any

from cfp.conference.models import Conference
from cfp.db import db
from cfp.questions.asking import CHOSEN, Kind
from cfp.questions.models import Question


def make_question(conference: Conference, kind: Kind = Kind.LINE, **values: Any) -> Question:
    values = {"label": f"A question of {kind.value}"} | values
    if kind in CHOSEN:
        values.setdefault("choices", ["Red", "Green", "Blue"])
    question = Question(conference_id=conference.id, kind=kind, **values)
    db.session.add(question)
    db.session.flush()
    return question
