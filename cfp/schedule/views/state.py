"""What the editor shows, as data: where every card stands, what is wrong with it, what is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import display
from cfp.db import db
from cfp.people.session import me
from cfp.schedule import queries, service
from cfp.schedule.models import Placement
from cfp.schedule.problem import Level
from cfp.schedule.puzzle import Programme, chairs_of, end_of
from cfp.schedule.service.told import place_in_words, tell
from cfp.schedule.views.blueprint import wall
from cfp.schedule.views.board import Board, Card, board_of, days_of
from cfp.schedule.views.plan import Plan
from cfp.submissions.models import Talk

MOST_SAID = 2  # clashes that are spoken after a move; the list has them all


class Desk:
    """One look at the draft, as the page and the script that moves its cards see it."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.plan = Plan(programme)
        self.placed: dict[date, list[Placement]] = days_of(programme)

    @cached_property
    def boards(self) -> list[Board]:
        return [board_of(self.programme, day, found) for day, found in self.placed.items()]

    def state(self) -> dict[str, Any]:
        """Where everything stands."""
        return {
            "edit": self.programme.edit,
            "undo": self.programme.may_undo,
            "redo": self.programme.may_redo,
            "frames": {b.day.isoformat(): [wall(b.first), b.rows] for b in self.boards},
            "cards": {
                card.placement.talk.code: self._card(board, card)
                for board in self.boards
                for card in board.cards
            },
            "side": [talk.code for talk in self.programme.unplaced],
            "placed": _("%(n)s of %(all)s sessions are placed.", **self._counts()),
        }

    def findings(self) -> str:
        """What is wrong and what could be nicer, as the page shows it."""
        return render_template("schedule/_findings.html", plan=self.plan, programme=self.programme)

    def _counts(self) -> dict[str, int]:
        return {"n": len(self.programme.placements), "all": len(self.programme.talks)}

    def _card(self, board: Board, card: Card) -> dict[str, Any]:
        placement = card.placement
        clashes = self.plan.clashes_of(placement.talk)
        chairs = self.chairs(placement.talk)
        return {
            "day": board.day.isoformat(),
            "room": placement.room_id,
            "at": card.stretch.at,
            "long": card.stretch.long,
            "lane": [min(card.lane, 3), min(card.lanes, 3)],
            "pinned": placement.pinned,
            "level": level_of(clashes),
            "time": display.daytime(placement.starts_at),
            "where": where_in_words(placement),
            "words": [display.said(clash.sentence) for clash in clashes],
        } | ({"chairs": chairs} if chairs else {})

    def chairs(self, talk: Talk) -> str:
        """Who chairs a session; nothing for most."""
        names = ", ".join(chair.name for chair in chairs_of(self.programme, talk))
        return _("Chair: %(names)s", names=names) if names else ""

    def talks(self) -> dict[str, dict[str, Any]]:
        """What a card says of its session; a move changes none of it."""
        return {
            talk.code: {
                "title": talk.title,
                "names": ", ".join(speakers_of(talk)),
                "minutes": talk.minutes,
                "track": talk.track.colour if talk.track else None,
                "trackName": talk.track.name if talk.track else None,
                "unconfirmed": talk.state.value == "unconfirmed",
            }
            for talk in self.programme.talks
        }

    def said(self, talks: Iterable[Talk]) -> str:
        """Where these sessions are now and what is wrong there, for those who do not see it."""
        talks = list(talks)
        clashes = list(dict.fromkeys(c for talk in talks for c in self.plan.clashes_of(talk)))
        sentences = [self._is_where(talk) for talk in talks[:MOST_SAID]]
        if len(talks) > MOST_SAID:
            sentences = [ngettext("%(num)d session", "%(num)d sessions", len(talks)) + "."]
        sentences += [display.said(clash.sentence) for clash in clashes[:MOST_SAID]]
        if len(clashes) > MOST_SAID:
            more = len(clashes) - MOST_SAID
            sentences.append(ngettext("%(num)d more clash.", "%(num)d more clashes.", more))
        if not clashes and any(str(talk.id) in self.programme.placed for talk in talks):
            sentences.append(_("Nothing clashes there."))
        return " ".join(sentences)

    def _is_where(self, talk: Talk) -> str:
        placement = self.programme.placed.get(str(talk.id))
        if placement is None:
            return _("“%(title)s” waits at the side.", title=talk.title)
        where = where_in_words(placement)
        held = " " + _("It is pinned.") if placement.pinned else ""
        return _("“%(title)s”: %(where)s.", title=talk.title, where=where) + held


def level_of(clashes: Iterable[Any]) -> str:
    """The gravest level of a card's clashes: "stop", "warn" or nothing."""
    levels = {clash.level for clash in clashes}
    if levels - {Level.WARN}:
        return "stop"
    return "warn" if levels else ""


def where_in_words(placement: Placement) -> str:
    """Such as: Room 2, Mon 10 May, 14:00 to 14:40."""
    place = place_in_words(g.conference, placement.room.name, placement.starts_at)
    return _("%(place)s to %(end)s", place=place, end=display.daytime(end_of(placement)))


def speakers_of(talk: Talk) -> Iterator[str]:
    return (s.person.name for s in talk.submission.speakers if not s.declined_at)


def asks_for_state() -> bool:
    """Whether a script asked, which wants data and no page."""
    return request.accept_mimetypes.best == "application/json"


def news_since(programme: Programme, edit: int) -> list[str]:
    """What others did to the draft after it had that edit."""
    if programme.draft is None or not 0 <= edit <= programme.edit:
        return []
    steps = db.session.scalars(queries.steps_since(programme.draft.id, edit))
    return tell(g.conference, [step for step in steps if step.by_id != me().id])


def state_now(edit: int, *codes: str, refused: str = "") -> dict[str, Any]:
    """The draft as it stands, for a script that has just asked for something."""
    programme = service.read_programme(g.conference, me())
    desk = Desk(programme)
    talks = [talk for code in codes if (talk := programme.find_talk(code))]
    news = news_since(programme, edit)
    said = refused or desk.said(talks)
    more = {"refused": bool(refused), "said": said, "news": news, "findings": desk.findings()}
    return desk.state() | more
