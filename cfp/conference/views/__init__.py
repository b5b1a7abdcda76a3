"""The editions, and the settings of one: basics, deadlines, rooms, tracks, formats, team."""

from flask import Blueprint

pages = Blueprint("conference", __name__)

from cfp.conference.views import (  # noqa: E402  (they hang their pages on the blueprint above)
    access,
    editions,
    log,
    parts,
    settings,
    team,
)

__all__ = ["access", "editions", "log", "pages", "parts", "settings", "team"]
