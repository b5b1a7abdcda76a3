"""What reviewers wrote for the speakers: read once these were told, and it names nobody."""

from __future__ import annotations

from hashlib import sha256

from cfp.db import db
from cfp.reviews import queries
from cfp.submissions.models import Submission
from cfp.submissions.standing import known_outcome


def words_for_speakers(submission: Submission) -> list[str]:
    """Each text, in an order that says nothing of who wrote it or when."""
    if known_outcome(submission) is None:
        return []
    texts = db.session.scalars(queries.for_speakers(submission.id))
    return sorted(texts, key=lambda text: sha256(f"{submission.code} {text}".encode()).digest())
