"""The secret link of an invitation: derived, so that it can be shown again and is not stored."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app
from itsdangerous import Signer

from cfp.conference.letters import address
from cfp.invited.models import Invitation


def token_of(invitation: Invitation) -> str:
    """The secret of an invitation; another one with every new link."""
    signer = Signer(str(current_app.secret_key), salt="invitation", digest_method=hashlib.sha256)
    signature: bytes = signer.get_signature(f"{invitation.id}:{invitation.serial}")
    return signature.decode()


def fits(invitation: Invitation, token: str) -> bool:
    return hmac.compare_digest(token_of(invitation).encode(), token.encode())


def link_of(invitation: Invitation) -> str:
    """Where an invitation is read and taken up."""
    return address(
        "submissions.invited",
        conference=invitation.conference.slug,
        invited=invitation.code,
        token=token_of(invitation),
    )
