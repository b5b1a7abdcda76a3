"""How Stripe is spoken to: its signature on what it tells us, and two calls, for the worker."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

OLDEST = timedelta(minutes=5)


def is_signed(body: bytes, header: str, secret: str, at: datetime) -> bool:
    """Whether this came from who knows the secret, in the last minutes (scheme v1)."""
    parts = [part.partition("=")[::2] for part in header.split(",")]
    stamp = next((value for key, value in parts if key.strip() == "t"), "")
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        return False
    if abs(at.timestamp() - int(stamp)) > OLDEST.total_seconds():
        return False
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    given = [value for key, value in parts if key.strip() == "v1"]
    return any(hmac.compare_digest(expected.encode(), one.encode()) for one in given)


def create_page(params: dict[str, Any], key: str) -> Any:
    """A page to pay on; the same key makes it once."""
    return _client().v1.checkout.sessions.create(params, {"idempotency_key": key})


def close_page(session_id: str) -> None:
    """Let a page end before its time; one that was paid or has ended already stays as it is."""
    import stripe  # noqa: PLC0415  (the worker's alone)

    with contextlib.suppress(stripe.InvalidRequestError):
        _client().v1.checkout.sessions.expire(session_id)


def create_refund(payment: str, cents: int, key: str) -> Any:
    params = {"payment_intent": payment, "amount": cents}
    return _client().v1.refunds.create(params, {"idempotency_key": key})


def _client() -> Any:
    import stripe  # noqa: PLC0415  (the worker's alone)

    settings = current_app.config["SETTINGS"]
    addresses: Any = {"api": settings.stripe_url} if settings.stripe_url else {}
    return stripe.StripeClient(settings.stripe_key, base_addresses=addresses)
