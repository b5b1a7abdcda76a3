"""The secret link that opens a sponsor's desk: derived, so that nothing of it is stored."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app
from itsdangerous import Signer

from cfp.conference.letters import address
from cfp.sponsors.models import Contact


def token_of(contact: Contact) -> str:
    """The secret of this contact's link; another ``link_version`` closes those sent before."""
    key = str(current_app.secret_key)
    signer = Signer(key, salt="sponsor desk", digest_method=hashlib.sha256)
    signature: bytes = signer.get_signature(f"{contact.code}:{contact.link_version}")
    return signature.decode()


def is_token_of(contact: Contact, token: str) -> bool:
    return hmac.compare_digest(token_of(contact).encode(), token.encode())


def desk_link(contact: Contact) -> str:
    """The full address of the sponsor's desk, as a letter gives it to this contact alone."""
    conference = contact.sponsor.conference.slug
    return address(
        "sponsors.desk", conference=conference, contact=contact.code, token=token_of(contact)
    )
