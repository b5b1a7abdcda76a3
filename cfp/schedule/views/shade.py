"""Where a session cannot stand, whatever else does: shaded while somebody carries it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby

from flask import abort, g

from cfp.access import allow
from cfp.schedule import service
from cfp.schedule.problem import Place
from cfp.schedule.rules.trial import Trial
from cfp.schedule.views.blueprint import READERS, pages
from cfp.schedule.views.board import RASTER, Board
from cfp.schedule.views.plan import Plan
from cfp.schedule.views.state import Desk
from cfp.submissions.models import Talk


@pages.get("/<conference>/team/programme/draft/<code>/shade")
@allow(*READERS)
def shade(code):
    """For each day the stretches that no place of the session covers: [room, row, rows]."""
    programme = service.read_programme(g.conference)
    talk = programme.find_talk(code) or abort(404)
    desk = Desk(programme)
    may, length = _may(desk.plan, talk), timedelta(minutes=talk.minutes)
    return {
        board.day.isoformat(): [
            [number, *run]
            for number, room in enumerate(programme.rooms)
            for run in _runs(board, may.get(str(room.id), ()), length)
        ]
        for board in desk.boards
    }


def _may(plan: Plan, talk: Talk) -> dict[str, list[Place]]:
    """Where the rule book lets it stand as far as the house and its people go, by room."""
    trial = Trial(plan.problem, plan.timetable, str(talk.id))
    found: dict[str, list[Place]] = {}
    for opening in plan.problem.openings:
        start, last = opening.start, opening.end - timedelta(minutes=talk.minutes)
        step = timedelta(minutes=opening.raster.every)
        while start <= last:
            place = Place(opening.room, start)
            if trial.fits(place):
                found.setdefault(opening.room, []).append(place)
            start += step
    return found


def _runs(board: Board, may: Iterable[Place], length: timedelta) -> Iterator[tuple[int, int]]:
    """The rows of a room on a day that none of these places covers: from, and how many."""
    covered: set[int] = set()
    for place in may:
        first = (place.start - board.first) // RASTER
        covered.update(range(first, first - (-length // RASTER)))
    for free, rows in groupby(range(board.rows), lambda row: row not in covered):
        if free:
            stretch = list(rows)
            yield stretch[0], len(stretch)
