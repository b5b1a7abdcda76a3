"""Wish for a talk, support a wish, show it or take it off, turn it into an invitation."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp import clock
from cfp.conference.models import Conference
from cfp.conference.service.clone import Clone, taken_along
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.invited import letters
from cfp.invited import service as invitations
from cfp.invited.models import Invitation
from cfp.people.models import Person
from cfp.people.service import log
from cfp.wishlist import queries
from cfp.wishlist.models import Support, WishedTalk, WishState
from cfp.wishlist.visitor import Visitor

KEPT_AFTER = timedelta(days=30)  # the secrets of browsers, behind the end of a conference
MOST_WAITING = 200  # unread; then the list rests until somebody of the team has read some


def wish(
    conference: Conference,
    title: str,
    why: str = "",
    speaker: str = "",
    *,
    visitor: Visitor,
    at: datetime,
    is_team: bool = False,
) -> WishedTalk:
    """Put a wish on the list; whoever makes it supports it. The team's own show at once."""
    check_not_over(conference, at)
    known: WishedTalk | None = db.session.scalar(queries.titled(conference, title))
    if known is not None and known.state is WishState.SHOWN:
        raise Refused(_("This wish is on the list already: support it there."), field="title")
    if known is not None:
        support(known, visitor)  # it shows once it was read; nobody is told who else wrote it
        return known
    if not is_team and _how_many_wait(conference) >= MOST_WAITING:
        raise Refused(_("So many wishes wait to be read that no more are taken today."))
    state = WishState.SHOWN if is_team else WishState.WAITING
    made = WishedTalk(
        conference_id=conference.id,
        title=title,
        why=why,
        speaker=speaker,
        state=state,
        made_at=at,
    )
    db.session.add(made)
    db.session.flush()
    support(made, visitor)
    return made


def _how_many_wait(conference: Conference) -> int:
    waiting = sa.select(sa.func.count(WishedTalk.id)).where(
        WishedTalk.conference_id == conference.id, WishedTalk.state == WishState.WAITING
    )
    return db.session.scalar(waiting) or 0


def support(wished: WishedTalk, visitor: Visitor) -> None:
    """One visitor, one support; twice is once, also from two tabs at the same moment."""
    mine = queries.support_of(visitor).where(Support.wish_id == wished.id)
    if db.session.scalar(mine) is not None:
        return
    owner = (
        {"person_id": visitor.person.id}
        if visitor.person is not None
        else {"browser_hash": visitor.browser_hash}
    )
    try:
        with db.session.begin_nested():
            db.session.add(Support(wish_id=wished.id, **owner))
    except IntegrityError:
        return  # the other tab was quicker


def is_over(conference: Conference, at: datetime) -> bool:
    """Whether the conference has passed: its list can be read, and says nothing new."""
    return conference.ends_on < clock.local(at, conference.timezone).date()


def check_not_over(conference: Conference, at: datetime) -> None:
    if is_over(conference, at):
        raise Refused(_("This conference is over, and so is its wish list."))


def forget_browsers(at: datetime) -> int:
    """Drop the secrets by which browsers supported wishes of long ago; how many there were stays.

    A row is counted by whoever deletes it, so that it counts once.
    """
    past = db.session.scalars(queries.supported_by_browsers(at.date() - KEPT_AFTER)).all()
    for wished in past:
        theirs = sa.delete(Support).where(
            Support.wish_id == wished.id, Support.browser_hash.is_not(None)
        )
        gone = db.session.execute(theirs).rowcount  # type: ignore[attr-defined]
        wished.forgotten = WishedTalk.forgotten + gone
    db.session.flush()
    return len(past)


def take_back(wished: WishedTalk, visitor: Visitor) -> None:
    """The visitor does not support it any more."""
    mine = queries.support_of(visitor).where(Support.wish_id == wished.id)
    for found in db.session.scalars(mine):
        db.session.delete(found)
    db.session.flush()


def show(wished: WishedTalk, *, by: Person, at: datetime) -> None:
    """Everybody may read and support it."""
    _move(wished, WishState.SHOWN, by, at)


def remove(wished: WishedTalk, *, by: Person, at: datetime) -> None:
    """Nobody sees it any more; it can be shown again."""
    _move(wished, WishState.REMOVED, by, at)


def _move(wished: WishedTalk, state: WishState, by: Person, at: datetime) -> None:
    lock(wished)
    if wished.state is not state:
        log("moved wish", wished, by=by, at=at, was=wished.state.value, state=state.value)
        wished.state = state
        db.session.flush()


def invite_for(
    wished: WishedTalk, wanted: invitations.Wanted, *, by: Person, at: datetime
) -> Invitation:
    """Ask somebody to give this talk: a personal link, which the wish remembers."""
    lock(wished)
    if wished.invitation is not None and wished.invitation.waits(at):
        raise Refused(_("%(name)s has been asked and may still say yes.", name=_name_in(wished)))
    made = invitations.invite(wished.conference, wanted, by=by, at=at)
    letters.post(made, at=at)
    wished.invitation = made
    log("invited for wish", wished, by=by, at=at, invitation=made.id)
    db.session.flush()
    return made


def _name_in(wished: WishedTalk) -> str:
    return wished.invitation.name if wished.invitation is not None else ""


@taken_along
def _open_wishes(clone: Clone) -> None:
    """Wishes that nobody was asked about are still wishes the year after; support begins anew."""
    for wished, _count in db.session.execute(queries.ranked(clone.source, WishState.SHOWN)):
        if wished.invitation_id is None:
            copied = {name: getattr(wished, name) for name in ("title", "why", "speaker", "state")}
            db.session.add(WishedTalk(conference_id=clone.target.id, **copied))
