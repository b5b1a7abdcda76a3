"""The letter that tells a reviewer, once for each publication, how many proposals wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from flask import url_for

from cfp.conference.models import Conference
from cfp.mail.service import post
from cfp.reviews.models import Assignment


def tell_reviewers(conference: Conference, batch: Sequence[Assignment], *, at: datetime) -> int:
    """One letter to each reviewer of this batch; returns how many were written."""
    number = min(one.id for one in batch)  # names the batch: an assignment is published once
    loads = Counter(one.person for one in batch)
    letters = [
        post(
            "reviews_assigned",
            person,
            at=at,
            key=f"assigned:{conference.id}:{person.id}:{number}",
            conference_id=conference.id,
            conference=conference,
            count=count,
            url=url_for("reviews.desk", conference=conference.slug, _external=True),
        )
        for person, count in sorted(loads.items(), key=lambda load: load[0].id)
    ]
    return sum(letter is not None for letter in letters)
