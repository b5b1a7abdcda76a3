"""The selection: 40 by quota, letters to everybody, and what the speakers answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import ceil, floor

import sqlalchemy as sa

from cfp import clock
from cfp.conference.models import Conference
from cfp.db import db, transaction
from cfp.mail import tasks as mail
from cfp.reviews.service.lineup import Wanted, line_up
from cfp.reviews.service.selection import decide_line_up
from cfp.submissions import letters, queries
from cfp.submissions.models import Decision, Outcome, Submission, TalkState
from cfp.submissions.service import confirm

from .call import proposals_of
from .job import Facts, Job, must

WANTED, WAITING = 40, 8
LONGEST = 240  # minutes; what lasts longer is a room kept open all day, and no talk
NO_SPEAKER = "Nobody is named who would speak."


def select(job: Job) -> Facts:
    """Decide the line-up that the quotas make, as the chair's one press does."""
    with transaction():
        conference = job.conference
        silent = {one.code: NO_SPEAKER for one in proposals_of(conference) if not one.speakers}
        wanted = quotas(conference, left_out=tuple(silent))
        lineup = line_up(conference, wanted)
        seen, by = lineup.fingerprint, job.organiser
        decide_line_up(conference, wanted, seen=seen, reasons=silent, by=by, at=clock.now())
    found = Counter(one.decision.outcome for one in proposals_of(job.conference) if one.decision)
    must(found[Outcome.ACCEPT] == WANTED, f"{found[Outcome.ACCEPT]} of {WANTED} were selected")
    return {
        "accepted": found[Outcome.ACCEPT],
        "waiting": found[Outcome.WAITLIST],
        "declined": found[Outcome.REJECT],
        "ties drawn": len(lineup.chosen.ties),
    }


def tell(job: Job) -> Facts:
    """The letters of all three kinds into the outbox."""
    due = Counter(decision.outcome for decision in db.session.scalars(_due(job)))
    for outcome, number in due.items():
        with transaction():
            silent = letters.send_letters(
                job.conference, outcome, expected=number, by=job.organiser, at=clock.now()
            )
            must(not silent, "somebody has no address")
    must(not db.session.scalars(_due(job)).all(), "somebody was not told")
    return {"decisions told": due.total()}


def deliver(job: Job) -> Facts:
    """Hand over everything that waits, as files."""
    del job
    sent = 0
    while now := mail.deliver() or 0:
        sent += now
    return {"letters delivered": sent}


def confirm_all(job: Job) -> Facts:
    """Every speaker says yes, each in a transaction of their own."""
    accepted = [one for one in proposals_of(job.conference) if one.talk]
    speakers = [speaker for one in accepted for speaker in one.speakers]
    for speaker in speakers:
        with transaction():
            confirm(speaker, at=clock.now())
    db.session.expire_all()
    states = Counter(one.talk.state for one in proposals_of(job.conference) if one.talk)
    must(states[TalkState.CONFIRMED] == len(accepted), "a talk is not confirmed")
    return {"speakers confirmed": len(speakers), "talks confirmed": states[TalkState.CONFIRMED]}


def quotas(conference: Conference, left_out: tuple[str, ...] = ()) -> Wanted:
    """Formats in proportion to what was proposed; tracks, too, but with some freedom."""
    running = [one for one in proposals_of(conference) if one.code not in left_out]
    fitting = [one for one in running if one.format and one.format.minutes <= LONGEST]
    tracks = Counter(one.track_id for one in fitting if one.track_id)
    share = {track: number * WANTED / len(fitting) for track, number in tracks.items()}
    by_format = apportioned(Counter(_format(one) for one in fitting), WANTED)
    return Wanted(
        total=WANTED,
        waitlist=WAITING,
        formats={one.id: by_format.get(one.id, 0) for one in conference.formats},
        tracks={key: (max(floor(n) - 1, 0), ceil(n) + 2) for key, n in share.items()},
        seed=f"{conference.slug}-1",
        left_out=left_out,
    )


def apportioned(counts: Mapping[int, int], total: int) -> dict[int, int]:
    """``total`` places in proportion to ``counts`` (Hamilton: largest remainders)."""
    exact = {key: number * total / sum(counts.values()) for key, number in counts.items()}
    places = {key: floor(number) for key, number in exact.items()}
    rest = sorted(exact, key=lambda key: (places[key] - exact[key], key))
    for key in rest[: total - sum(places.values())]:
        places[key] += 1
    return places


def _due(job: Job) -> sa.Select[Decision]:
    return queries.letters_due(job.conference)


def _format(submission: Submission) -> int:
    return submission.format_id or 0
