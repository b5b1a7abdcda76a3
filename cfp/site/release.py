"""The release that the public reads: found by a cheap question, its content loaded when needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import abort, g

from cfp.db import db
from cfp.schedule import queries
from cfp.schedule.models import Schedule
from cfp.site.kept import Kept

_contents: Kept[dict[str, Any]] = Kept(8)


@dataclass(frozen=True)
class Release:
    """A released version; ``content`` is the JSON frozen at its release."""

    id: int
    version: str
    number: int
    released_at: datetime
    digest: str

    @property
    def content(self) -> dict[str, Any]:
        """Kept in this process: a release never changes."""
        select = sa.select(Schedule.released_content).where(Schedule.id == self.id)
        return _contents.get_or_make(self.digest, lambda: db.session.scalar(select) or {})

    def talk(self, code: str) -> dict[str, Any] | None:
        """A talk of this release by its code, announced or cancelled."""
        everything = [*self.content["talks"], *self.content["cancelled"]]
        return next((talk for talk in everything if talk["code"] == code), None)


def _columns(select: sa.Select[Schedule]) -> sa.Select[*tuple[Any, ...]]:
    return select.with_only_columns(
        Schedule.id, Schedule.version, Schedule.number, Schedule.released_at, Schedule.digest
    )


def find_release(version: str | None = None) -> Release | None:
    """The current release of this edition, or the one of that version."""
    select = queries.current_release(g.conference.id)
    if version is not None:
        select = queries.release_by_version(g.conference.id, version)
    row = db.session.execute(_columns(select)).first()
    return Release(*row) if row else None


def get_release(version: str | None = None) -> Release:
    return find_release(version) or abort(404)


def all_releases() -> list[tuple[Release, str]]:
    """Every release with its note, newest first."""
    select = _columns(queries.releases(g.conference.id)).add_columns(Schedule.note)
    return [(Release(*row[:5]), row[5]) for row in db.session.execute(select)]
