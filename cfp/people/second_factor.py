"""The second factor: a code of the phone (RFC 6238) beside the password, and codes for its loss."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from cfp.codes import hashed, new_code
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people import queries
from cfp.people.models import Person, SecondFactor
from cfp.people.service import log

RECOVERY_CODES = 8
SEALED = "~"  # how a sealed secret begins; none of a phone does
SALT = 12  # bytes
STEP = 30  # seconds that a code is shown; the one before and after count, for clocks that drift


def new_secret() -> str:
    """A secret to share with a phone, 160 bits."""
    import pyotp  # noqa: PLC0415

    return pyotp.random_base32()


def address_of(secret: str, person: Person, issuer: str) -> str:
    """What the QR code says."""
    import pyotp  # noqa: PLC0415

    return pyotp.TOTP(secret).provisioning_uri(name=person.email or person.name, issuer_name=issuer)


def sealed(secret: str) -> str:
    """The secret as the database keeps it: whoever has a copy of that alone cannot make codes.

    It is masked by a pad that is used once: HMAC-SHA256 of a fresh salt under ``SECRET_KEY``,
    cut to its 20 bytes. With another key the secret is lost, and recovery codes remain.
    """
    salt = secrets.token_bytes(SALT)
    masked = _masked(base64.b32decode(secret), salt)
    return SEALED + base64.urlsafe_b64encode(salt + masked).decode()


def opened(kept: str) -> str:
    """The secret of what :func:`sealed` made; one from before there were seals as it is."""
    if not kept.startswith(SEALED):
        return kept
    both = base64.urlsafe_b64decode(kept.removeprefix(SEALED))
    return base64.b32encode(_masked(both[SALT:], both[:SALT])).decode()


def _masked(secret: bytes, salt: bytes) -> bytes:
    key = hashlib.sha256(f"second factor:{current_app.secret_key!s}".encode()).digest()
    pad = hmac.digest(key, salt, "sha256")
    return bytes(a ^ b for a, b in zip(secret, pad[: len(secret)], strict=True))


def factor_of(person: Person) -> SecondFactor | None:
    found: SecondFactor | None = db.session.scalar(queries.second_factor(person))
    return found


def switch_on(person: Person, secret: str, code: str, *, at: datetime) -> list[str]:
    """From now on a code is asked for; returns the codes for the loss of the phone, shown once."""
    if factor_of(person) is not None:
        raise Refused(_("A second factor is switched on already."))
    step = _step_of(secret, code, at)
    if step is None:
        raise Refused(_("This code does not fit. Is the clock of the phone right?"), field="code")
    codes = [f"{new_code()}-{new_code()}" for _n in range(RECOVERY_CODES)]
    kept = [hashed(one) for one in codes]
    factor = SecondFactor(
        person_id=person.id, secret=sealed(secret), last_step=step, recovery=kept, since=at
    )
    db.session.add(factor)
    db.session.flush()
    log("switched second factor on", person, by=person, at=at)
    return codes


def check(person: Person, code: str, *, at: datetime) -> None:
    """Refuse a code that does not fit, or that was used before; a recovery code works once."""
    factor = factor_of(person)
    if factor is None:
        return
    lock(factor)
    secret = opened(factor.secret)
    step = _step_of(secret, code, at)
    if step is not None and step > factor.last_step:
        factor.last_step = step
        if not factor.secret.startswith(SEALED):
            factor.secret = sealed(secret)
        return
    given = hashed(code.strip().upper())
    left = [one for one in factor.recovery if not hmac.compare_digest(one, given)]
    if len(left) == len(factor.recovery):
        raise Refused(_("This code does not fit, or was used already."), field="code")
    factor.recovery = left
    log("used a recovery code", person, by=person, at=at, left=len(left))


def switch_off(person: Person, code: str, *, at: datetime) -> None:
    """The password is enough again."""
    check(person, code, at=at)
    factor = factor_of(person)
    if factor is not None:
        db.session.delete(factor)
        log("switched second factor off", person, by=person, at=at)
        db.session.flush()


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The step of thirty seconds whose code this is, now, just before or just after."""
    import pyotp  # noqa: PLC0415

    digits, now = "".join(code.split()), int(at.timestamp()) // STEP
    for step in (now, now - 1, now + 1):
        expected = pyotp.TOTP(secret).at(step * STEP)
        if hmac.compare_digest(expected.encode(), digits.encode()):
            return step
    return None
