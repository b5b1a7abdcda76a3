"""What visitors do with stars: set and take back, carry over to an account, subscribe, forget."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp.codes import hashed, new_token
from cfp.conference.models import Conference
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.stars import queries
from cfp.stars.models import Star, StarList

MOST = 500  # stars of one visitor


def starred(conference: Conference, person: Person | None, browser: str | None) -> set[int]:
    """The talks that this visitor wants, by the account's and the browser's list together."""
    lists = db.session.scalars(queries.lists_of(conference.id, person, browser))
    return {star.talk_id for found in lists for star in found.stars}


def own_list(conference: Conference, person: Person | None, browser: str, at: datetime) -> StarList:
    """The visitor's one list: what the browser had goes over to the account."""
    found = _lists(conference, person, browser)
    mine = _own(found, person)
    if mine is None:
        try:
            with db.session.begin_nested():
                mine = _new(conference, person, browser, at)
        except IntegrityError:  # another tab made it in this very moment
            found = _lists(conference, person, browser)
            mine = _own(found, person)
            if mine is None:
                raise
    lock(mine)
    for other in found:
        if other is not mine:
            _take_over(mine, other)
    return mine


def _lists(conference: Conference, person: Person | None, browser: str | None) -> list[StarList]:
    return list(db.session.scalars(queries.lists_of(conference.id, person, browser)))


def _own(found: list[StarList], person: Person | None) -> StarList | None:
    return next((one for one in found if person is None or one.person_id == person.id), None)


def _new(conference: Conference, person: Person | None, browser: str, at: datetime) -> StarList:
    owner = {"person_id": person.id} if person else {"browser_hash": hashed(browser)}
    mine = StarList(conference_id=conference.id, changed_on=at.date(), stars=[], **owner)
    db.session.add(mine)
    db.session.flush()
    return mine


def _take_over(mine: StarList, other: StarList) -> None:
    known = {star.talk_id for star in mine.stars}
    new = [star.talk_id for star in other.stars if star.talk_id not in known]
    feed = other.feed_hash
    db.session.delete(other)
    db.session.flush()
    mine.stars += [Star(talk_id=talk_id) for talk_id in new]
    mine.feed_hash = mine.feed_hash or feed  # who subscribed as a stranger stays subscribed


def change(
    conference: Conference,
    person: Person | None,
    browser: str,
    wishes: Mapping[str, bool],
    at: datetime,
) -> StarList:
    """Star and unstar talks by their codes; codes that nobody knows are left alone."""
    mine = own_list(conference, person, browser, at)
    known = {
        talk.code: talk.id
        for talk in db.session.scalars(queries.talks_by_code(conference.id, set(wishes)))
    }
    have = {star.talk_id: star for star in mine.stars}
    for code, wanted in wishes.items():
        talk_id = known.get(code)
        if talk_id is None:
            continue
        if wanted and talk_id not in have:
            have[talk_id] = Star(talk_id=talk_id)
            mine.stars.append(have[talk_id])
        elif not wanted and talk_id in have:
            mine.stars.remove(have.pop(talk_id))
    if len(mine.stars) > MOST:
        raise Refused(_("These are more stars than one can keep."))
    mine.changed_on = at.date()
    db.session.flush()
    return mine


def new_feed(mine: StarList) -> str:
    """The secret in the address of this list's calendar; the one before stops working."""
    token = new_token()
    mine.feed_hash = hashed(token)
    db.session.flush()
    return token


def forget(conference: Conference, person: Person | None, browser: str | None) -> None:
    """Drop everything that is kept of this visitor's stars."""
    for found in db.session.scalars(queries.lists_of(conference.id, person, browser)):
        db.session.delete(found)
    db.session.flush()
