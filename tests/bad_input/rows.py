"""The things of an edition, in an order on which an address can rely."""

from typing import Any

from cfp.conference.models import Conference
from cfp.db import db


def rows_of(model: Any, edition: Conference) -> list[Any]:
    """What an edition has of a thing, as it came in."""
    return db.session.query(model).filter_by(conference_id=edition.id).order_by(model.id).all()
