"""A small edition to plan: two days in May in Berlin, rooms that are open, sessions to place."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from cfp import clock
from cfp.access import Role
from cfp.db import db
from cfp.schedule import service
from tests.conftest import NOW
from tests.make import make_conference, make_member, make_room, make_talk

NINE_TO_FIVE = (time(9), time(17))


def draft_page(visitor, edition, **query):
    """The draft as this visitor sees it."""
    return visitor.get(edition.url("draft/"), query_string=query).text


def edit_in(page):
    """Which edit of the draft the forms of a page carry."""
    return re.search(r'name="edit" value="(\d+)"', page)[1]


class Edition:
    """``Edition(rooms=2, talks=3)``: everything in it has sensible defaults."""

    def __init__(self, rooms=2, talks=3, *, hours=NINE_TO_FIVE, **values):
        self.conference = make_conference(**values)
        self.organiser = make_member(self.conference, Role.ORGANISER)
        self.rooms = [
            make_room(self.conference, f"Room {n}", position=n) for n in range(1, rooms + 1)
        ]
        self.talks = [make_talk(self.conference, title=f"Talk {n}") for n in range(1, talks + 1)]
        db.session.expire(self.conference)
        if hours and rooms:
            days = self.conference.days
            service.set_openings(self.conference, self.rooms, days, hours, **self.by)

    @property
    def by(self):
        """Who changes something, and when."""
        return {"by": self.organiser, "at": NOW}

    def at(self, hour, minute=0, day=10):
        """A moment on the conference's clock."""
        wall = datetime.combine(date(2027, 5, day), time(hour, minute))
        return clock.from_wall(wall, self.conference.timezone)

    def place(self, talk=1, room=1, hour=10, minute=0, **more):
        """Put the n-th talk into the n-th room."""
        return service.place(
            self.conference,
            self.talks[talk - 1],
            self.rooms[room - 1],
            self.at(hour, minute),
            **(self.by | more),
        )

    def release(self, version="1.0", note="", **more):
        at = more.pop("at", NOW)
        return service.release(self.conference, self.organiser, at, version, note, **more)

    @property
    def programme(self):
        return service.read_programme(self.conference)

    @property
    def places(self):
        """Titles with room and wall time, as the draft has them."""
        zone = self.conference.timezone
        return {
            p.talk.title: (p.room.name, f"{clock.local(p.starts_at, zone):%d %H:%M}")
            for p in self.programme.placements
        }

    def speaker(self, talk=1):
        """The person on stage in the n-th talk."""
        return self.talks[talk - 1].submission.speakers[0].person

    def url(self, path=""):
        return f"/{self.conference.slug}/team/programme/{path}"
