"""The parts of selling, as the organiser's pages show them side by side."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from cfp.access import allowed
from cfp.conference.current import roles_here


def tabs(current: str) -> list[dict[str, object]]:
    """Those that this visitor may open, with the open one marked."""
    kinds = {
        "products": _("Products and prices"),
        "stock": _("Stock"),
        "audiences": _("Audiences"),
        "vouchers": _("Vouchers"),
        "refunds": _("Refunds"),
    }
    found: list[tuple[str, str, str, dict[str, Any]]] = [
        ("overview", _("Overview"), "tickets.overview", {}),
        ("orders", _("Orders"), "tickets.orders", {}),
        ("figures", _("Figures"), "tickets.figures", {}),
        ("doors", _("Doors"), "tickets.doors", {}),
        *((key, label, "tickets.things", {"section": key}) for key, label in kinds.items()),
        ("waiting", _("Waiting list"), "tickets.who_waits", {}),
        ("proofs", _("Proofs"), "tickets.proofs", {}),
        ("settings", _("Sale"), "tickets.settings", {}),
        ("preview", _("Another time"), "tickets.preview", {}),
    ]
    mine = roles_here()
    return [
        {"label": label, "url": url_for(endpoint, **values), "current": key == current}
        for key, label, endpoint, values in found
        if allowed(current_app, endpoint) & mine
    ]
