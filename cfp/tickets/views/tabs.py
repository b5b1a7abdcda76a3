"""The parts of selling, as the organiser's pages show them side by side."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from cfp.access import allowed
from cfp.conference.current import roles_here

Part = tuple[str, str, str, dict[str, Any]]  # its key, its label, where it leads


SHOP = frozenset({"products", "stock", "audiences", "vouchers", "refunds", "settings", "preview"})


def tabs(current: str) -> list[dict[str, object]]:
    """The parts of selling that this visitor may open, with the open one marked."""
    found: list[Part] = [
        ("overview", _("Overview"), "tickets.overview", {}),
        ("orders", _("Orders"), "tickets.orders", {}),
        ("waiting", _("Waiting list"), "tickets.who_waits", {}),
        ("proofs", _("Proofs"), "tickets.proofs", {}),
        ("figures", _("Figures"), "tickets.figures", {}),
        ("shop", _("What is sold"), "tickets.things", {"section": "products"}),
        ("doors", _("Doors"), "tickets.doors", {}),
    ]
    mine = roles_here()
    if not allowed(current_app, "tickets.things") & mine:
        found[5] = ("shop", _("Another time"), "tickets.preview", {})
    if not allowed(current_app, "tickets.doors") & mine:
        found[6] = ("doors", _("Cash"), "tickets.cash", {})
    return _mine(found, "shop" if current in SHOP else current)


def shop_tabs(current: str) -> list[dict[str, object]]:
    """What makes the shop what it is: the catalogue, and the terms of the sale."""
    kinds = {
        "products": _("Products and prices"),
        "stock": _("Stock"),
        "audiences": _("Audiences"),
        "vouchers": _("Vouchers"),
        "refunds": _("Refunds"),
    }
    found: list[Part] = [
        *((key, label, "tickets.things", {"section": key}) for key, label in kinds.items()),
        ("settings", _("Sale"), "tickets.settings", {}),
        ("preview", _("Another time"), "tickets.preview", {}),
    ]
    return _mine(found, current)


def door_tabs(current: str) -> list[dict[str, object]]:
    """What there is at the doors, for whoever looks."""
    found: list[Part] = [
        ("state", _("Now"), "tickets.doors", {}),
        ("people", _("Find somebody"), "tickets.door_people", {}),
        ("sell", _("Sell"), "tickets.desk_window", {}),
        ("cash", _("Cash"), "tickets.cash", {}),
        ("badges", _("Badges"), "tickets.badges", {}),
        ("scanners", _("Doors and scanners"), "tickets.scanners_list", {}),
    ]
    return _mine(found, current)


def _mine(found: list[Part], current: str) -> list[dict[str, object]]:
    """The parts that this visitor may open, with the open one marked."""
    mine = roles_here()
    return [
        {"label": label, "url": url_for(endpoint, **values), "current": key == current}
        for key, label, endpoint, values in found
        if allowed(current_app, endpoint) & mine
    ]
