"""One real conference on its way from a file of proposals to a released schedule."""

from __future__ import annotations

import contextvars
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask, current_app

from cfp.access import Role
from cfp.conference import queries as conferences
from cfp.conference.models import Conference
from cfp.db import db
from cfp.jobs import service as jobs
from cfp.jobs.models import JobRun, RunState
from cfp.people.models import Person

Facts = dict[str, int | str]
"""What a stage has to show: "reviewers" -> 31."""


class Missed(Exception):  # noqa: N818
    """A stage ended otherwise than it has to."""


@dataclass(frozen=True)
class Source:
    """Where a conference's proposals come from; ``bids`` where there are real ones."""

    slug: str
    name: str
    file: str
    bids: str = ""


SOURCES = (
    Source("pycon-italia-2017", "PyCon Italia 2017", "cfp/pyconit8-2017.csv", "csconf1_bids.csv"),
    Source("pycon-france-2025", "PyCon France 2025", "schedules/pyconfr-2025/norm.json"),
    Source("debconf-2023", "DebConf 2023", "schedules/debconf-2023/schedule.xml"),
    Source("31c3", "31C3", "schedules/31c3-2014/schedule.xml"),
)


@dataclass(frozen=True)
class Job:
    """A conference, the folder with the real data, and how long the solver may think."""

    source: Source
    data: Path
    seconds: int = 30

    @property
    def path(self) -> Path:
        return self.data / self.source.file

    @property
    def conference(self) -> Conference:
        return db.session.scalars(conferences.by_slug(self.source.slug)).one()

    @property
    def organiser(self) -> Person:
        """Who runs and chairs the edition: whoever imported it."""
        return db.session.scalars(conferences.people_with(self.conference, Role.ORGANISER)).one()

    def lot(self, what: str) -> Random:
        """Chance that falls the same way each time."""
        return Random(f"{self.source.slug} {what}")  # noqa: S311  (made-up tastes, no secrets)


def must(condition: object, sentence: str) -> None:
    """What is promised has to hold before the next stage begins."""
    if not condition:
        raise Missed(sentence)


def work(number: int) -> dict[str, Any]:
    """What the worker does once it is woken; returns what came of the run with that id.

    In a context of its own: the worker knows no request.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001

    def run() -> None:
        with app.app_context():
            jobs.run_waiting()

    contextvars.Context().run(run)
    db.session.rollback()
    db.session.expire_all()
    ended = db.session.get_one(JobRun, number)
    must(ended.state is RunState.DONE, f"{ended.job} {ended.state.value}: {ended.error}")
    return ended.result
