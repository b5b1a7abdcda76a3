"""What the treasurer's pages have in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role
from cfp.billing.words import money as written
from cfp.conference.current import current_conference
from cfp.db import db

pages = Blueprint("billing", __name__)
MONEY = (Role.TREASURER, Role.ORGANISER)
Thing = TypeVar("Thing")


def get_or_404(select: sa.Select[Any]) -> Any:
    """The one thing of this edition that an address names."""
    return db.session.scalar(select) or abort(404)


def money(cents: int, currency: str = "EUR") -> str:
    """An amount as the reader writes it."""
    return written(Decimal(cents).scaleb(-2), currency, str(get_locale().language))


def today():
    return clock.local(clock.now(), current_conference().timezone).date()


def show(template: str, **values: Any) -> str:
    """A page with the tabs of the treasurer above it."""
    places = (
        ("billing.invoices", _("Invoices")),
        ("billing.bank", _("Bank")),
        ("billing.late", _("Late")),
        ("billing.reports", _("Reports")),
        ("billing.seller", _("Seller")),
    )
    tabs = [
        {"label": label, "url": url_for(name), "current": request.endpoint == name}
        for name, label in places
    ]
    return render_template(template, tabs=tabs, money=money, today=today(), **values)


def read_upload(file: Any, most: int) -> bytes:
    """At most so many bytes of what was uploaded, if anything was; its file is closed."""
    if not hasattr(file, "read"):
        return b""
    with file.stream as stream:
        return bytes(stream.read(most))
