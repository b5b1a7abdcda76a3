"""What stands around every page: the stages of the conference, one's own pages, the way home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from babel.dates import format_datetime
from flask import Flask, g, has_request_context, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from cfp import clock, display
from cfp.access import TEAM, Role, allowed
from cfp.conference.current import memberships, roles_here
from cfp.overview import stages as overview
from cfp.people.views import own_path

DOORS = frozenset(
    f"people.{name}"
    for name in ("sign_up", "sign_in", "ask_link", "link_sent", "follow", "sign_out", "language")
)

# Rooms whose pages stand among those of another stage.
KIN = {
    "questions": "conference",
    "invited": "submissions",
    "wishlist": "submissions",
    "interop": "submissions",
}


@dataclass(frozen=True)
class Page:
    """An entry of a navigation; ``waiting`` is how many things wait there, if any do."""

    label: str
    url: str
    current: bool = False
    key: str = ""
    waiting: int | None = None


def _page(app: Flask, label: str, endpoint: str, key: str = "", **more: Any) -> Page | None:
    """The page, unless it does not exist or this visitor may not enter."""
    if endpoint not in app.view_functions:
        return None
    labels = allowed(app, endpoint)
    if Role.ANYONE not in labels and not labels & roles_here():
        return None
    package = endpoint.partition(".")[0]
    here = (request.endpoint or "").partition(".")[0]
    current = request.endpoint == endpoint or (bool(key) and package == KIN.get(here, here))
    return Page(label, url_for(endpoint), current=current, key=key, **more)


def stages(app: Flask) -> list[Page]:
    """The stages of a conference in order, as far as this visitor works in them."""
    if g.get("conference") is None or not roles_here() & TEAM:
        return []
    waiting = overview.waiting()
    pages = [
        _page(app, label, endpoint, key, waiting=waiting.get(key) or None)
        for key, label, endpoint in (
            ("overview", _("Overview"), "overview.timeline"),
            ("call", _("Call for papers"), "submissions.listing"),
            ("reviews", _("Reviews"), "reviews.overview"),
            ("programme", _("Programme"), "schedule.overview"),
            ("tickets", _("Tickets"), "tickets.overview"),
            ("kitchen", _("Kitchen"), "catering.overview"),
            ("sponsors", _("Sponsors"), "sponsors.listing"),
            ("billing", _("Money"), "billing.invoices"),
            ("budget", _("Money ahead"), "budget.overview"),
            ("mail", _("Mail"), "mail.outbox"),
            ("settings", _("Settings"), "conference.settings"),
        )
    ]
    return [page for page in pages if page]


def public_pages(app: Flask) -> list[Page]:
    if g.get("conference") is None:
        return []
    pages = [
        _page(app, _("Schedule"), "site.schedule"),
        _page(app, _("Speakers"), "site.speakers"),
        _page(app, _("Call for papers"), "submissions.call"),
        _page(app, _("Tickets"), "tickets.shop"),
        _page(app, _("Sponsors"), "sponsors.public"),
    ]
    return [page for page in pages if page]


def own_pages(app: Flask) -> list[Page]:
    if not current_user.is_authenticated or g.get("conference") is None:
        return []
    pages = [
        _page(app, _("My proposals"), "submissions.desk"),
        _page(app, _("My reviews"), "reviews.desk"),
        _page(app, _("Organise"), "overview.timeline"),
    ]
    return [page for page in pages if page]


def editions() -> list[dict[str, Any]]:
    """The editions in which one works, newest first, each once."""
    current = g.get("conference")
    mine = {m.conference.id: m.conference for m in memberships()}
    return [
        {
            "name": conference.name,
            "url": url_for("overview.timeline", conference=conference.slug),
            "current": current is not None and conference.id == current.id,
        }
        for conference in mine.values()
    ]


def conference_time() -> str | None:
    conference = g.get("conference")
    if conference is None:
        return None
    now = clock.now()
    pattern = display.date_pattern("EEE d MMM, HH:mm", get_locale())
    text = format_datetime(clock.local(now, conference.timezone), pattern, locale=get_locale())
    return f"{text} {clock.offset_name(now, conference.timezone)}"


def here() -> str | None:
    """The page that one looks at, as a way back to it; a door leads on to where it was to lead."""
    if request.endpoint in DOORS:
        target = request.args.get("next")
        return target if target and own_path(target) == target else None
    can_be_opened = request.url_rule is None or "GET" in (request.url_rule.methods or ())
    return request.full_path.rstrip("?") if can_be_opened else None


def init_app(app: Flask) -> None:
    @app.context_processor
    def around() -> dict[str, Any]:
        if not has_request_context():
            return {}  # a mail written by the worker has nothing around it
        conference = g.get("conference")
        home = "site.front" if conference is not None else "conference.editions"
        return {
            "conference": conference,
            "accent": conference.accent if conference is not None else None,
            "home_url": url_for(home),
            "public_url": url_for("site.front") if conference is not None else None,
            "public_pages": public_pages(app),
            "own_pages": own_pages(app),
            "stages": stages(app),
            "editions": editions() if current_user.is_authenticated else [],
            "conference_time": conference_time(),
            "sign_in_url": url_for("people.sign_in", next=here()),
            "sign_out_url": url_for("people.sign_out"),
            "account_url": url_for("people.account"),
            "language_url": url_for("people.language", next=here()),
        }
