"""Where letters lead: full addresses, and the secret link by which a speaker answers."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app
from itsdangerous import Signer

from cfp.conference.letters import address
from cfp.submissions.models import Decision, Outcome, Speaker, Submission


def own_page(submission: Submission) -> str:
    """Where a speaker finds the proposal, signed in."""
    return address("submissions.show", conference=submission.conference.slug, code=submission.code)


def answer_link(decision: Decision, speaker: Speaker) -> str:
    """Where a speaker answers without signing in."""
    submission = decision.submission
    return address(
        "submissions.confirm",
        conference=submission.conference.slug,
        code=submission.code,
        token=token_for(speaker, decision),
    )


def token_for(speaker: Speaker, decision: Decision) -> str:
    """The secret of this speaker's confirmation link; derived, so nothing is stored."""
    signer = Signer(
        str(current_app.secret_key), salt="confirm attendance", digest_method=hashlib.sha256
    )
    signature: bytes = signer.get_signature(f"{speaker.id}:{decision.id}")
    return signature.decode()


def speaker_with(submission: Submission, token: str) -> Speaker | None:
    """Whose link this is, once the letter with it was sent. All are compared, in constant time."""
    decision = submission.decision
    if decision is None or decision.told_at is None or decision.outcome is not Outcome.ACCEPT:
        return None
    given = token.encode()
    fitting = [
        speaker
        for speaker in submission.speakers
        if hmac.compare_digest(token_for(speaker, decision).encode(), given)
    ]
    return fitting[0] if fitting else None
