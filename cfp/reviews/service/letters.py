"""Letters to reviewers: how many proposals wait, once for each publication; deadlines in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from flask import url_for
from flask_babel import force_locale

from cfp.conference.models import Conference
from cfp.mail.service import Addressee, post
from cfp.reviews.models import Assignment
from cfp.submissions.letters import written


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


def written_for(to: Addressee, moment: datetime | None, conference: Conference) -> str:
    """A deadline in the language of whoever reads the letter; nothing where there is none."""
    with force_locale(to.language):
        return written(moment, conference.timezone)
