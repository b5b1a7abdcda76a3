"""Where the card company tells us what happened: signed, fresh, and heard once."""

from __future__ import annotations

from flask import abort, current_app, request

from cfp import clock
from cfp.access import Role, allow
from cfp.tickets.service import cards
from cfp.tickets.stripe import is_signed
from cfp.tickets.views.blueprint import pages

MOST_BYTES = 256 * 1024


@pages.post("/webhooks/stripe")
@allow(Role.ANYONE)
def webhook():
    """Hear what Stripe says; who has not signed it is not heard."""
    secret, at = current_app.config["SETTINGS"].stripe_webhook_secret, clock.now()
    if not secret:
        abort(404)
    if (request.content_length or 0) > MOST_BYTES:
        abort(413)
    body = request.get_data(cache=True)
    if not is_signed(body, request.headers.get("Stripe-Signature", ""), secret, at):
        abort(400)
    event = request.get_json(force=True, silent=True)
    if not isinstance(event, dict) or not {"id", "type", "data"} <= set(event):
        abort(400)
    try:
        cards.hear(event, at=at)
    except cards.NotKnownYet:
        return "not known yet, please say it again", 409
    return "heard"


@pages.record_once
def without_token(state) -> None:
    """Stripe has no form of ours: its signature stands for the token."""
    state.app.extensions["csrf"].exempt(f"{webhook.__module__}.{webhook.__name__}")
