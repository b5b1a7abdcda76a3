"""Which pages are measured, and who opens them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

import flask_migrate
from flask import Flask

from cfp import create_app
from cfp.config import read_settings
from cfp.db import transaction
from cfp.people.models import Person
from tests.visitor import Visitor

from .filled import Filled, filled


@dataclass(frozen=True)
class Page:
    """A page by its name, its address (see ``Filled.address``), and who opens it."""

    name: str
    path: str
    who: str = "stranger"
    again: bool = False  # by somebody whose browser has it already


PAGES = (
    Page("public schedule, unchanged (304)", "{here}/schedule/", again=True),
    Page("public schedule (200)", "{here}/schedule/"),
    Page("public schedule, searched", "{here}/schedule/?q=year"),
    Page("talk", "{here}/talk/{talk}/"),
    Page("front page", "{here}/"),
    Page("overview", "{here}/team/", "organiser"),
    Page("proposals, first 100", "{here}/team/proposals/", "organiser"),
    Page("ranking", "{here}/team/ranking/", "organiser"),
    Page("selection", "{here}/team/selection/", "organiser"),
    Page("draft of the schedule", "{here}/team/programme/draft/", "organiser"),
    Page("review", "{here}/reviews/{reviewed}/", "reviewer"),
)


@dataclass(frozen=True)
class Installation:
    """An application on a filled database, and the cookies of those who work there."""

    app: Flask
    house: Filled
    cookies: Mapping[str, str]

    def visitor(self, who: str) -> Visitor:
        return Visitor(self.app, self._person(who))

    def _person(self, who: str) -> Person | None:
        house = self.house
        people = {"organiser": house.organiser, "reviewer": house.reviewer}
        return {**people, "speaker": house.speaker}.get(who)


def install(environ: Mapping[str, str], proposals: int = 200, talks: int = 100) -> Installation:
    """Make the database that ``environ`` names, fill it, and sign everybody in."""
    app = create_app(read_settings({**os.environ, **environ}))
    with app.app_context():
        flask_migrate.upgrade()
    with app.test_request_context():
        with transaction():
            house = filled(proposals, talks)
        empty = Installation(app, house, {})
        cookies = {who: _cookie(empty.visitor(who)) for who in ("organiser", "reviewer")}
    return Installation(app, house, {"stranger": "", **cookies})


def _cookie(visitor: Visitor) -> str:
    cookie = visitor.browser.get_cookie("session")
    if cookie is None:
        raise RuntimeError("nobody is signed in")
    return f"session={cookie.value}"
