"""Questions about wishes, as selects."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from cfp.conference.models import Conference
from cfp.wishlist.models import Support, WishedTalk, WishState
from cfp.wishlist.visitor import Visitor

MOST_SHOWN = 200


def with_code(conference: Conference, code: str) -> sa.Select[WishedTalk]:
    return sa.select(WishedTalk).where(
        WishedTalk.conference_id == conference.id, WishedTalk.code == code
    )


def titled(conference: Conference, title: str) -> sa.Select[WishedTalk]:
    """The wish that says the same already, however it is written."""
    return sa.select(WishedTalk).where(
        WishedTalk.conference_id == conference.id,
        WishedTalk.state != WishState.REMOVED,
        sa.func.lower(WishedTalk.title) == title.lower(),
    )


def ranked(conference: Conference, state: WishState) -> sa.Select[WishedTalk, int]:
    """Wishes and how many support each, the most wanted first, then the oldest."""
    count = WishedTalk.forgotten + sa.func.count(Support.id)
    return (
        sa.select(WishedTalk, count)
        .outerjoin(Support, Support.wish_id == WishedTalk.id)
        .where(WishedTalk.conference_id == conference.id, WishedTalk.state == state)
        .options(joinedload(WishedTalk.invitation))
        .group_by(WishedTalk.id)
        .order_by(count.desc(), WishedTalk.id)
        .limit(MOST_SHOWN)
    )


def support_of(visitor: Visitor) -> sa.Select[Support]:
    """What a visitor supports, by the account and by the browser together."""
    mine = [Support.browser_hash == visitor.browser_hash] if visitor.browser_hash else []
    if visitor.person is not None:
        mine.append(Support.person_id == visitor.person.id)
    return sa.select(Support).where(sa.or_(sa.false(), *mine))


def how_many(wish: WishedTalk) -> sa.Select[int]:
    known = sa.select(sa.func.count(Support.id)).where(Support.wish_id == WishedTalk.id)
    count = WishedTalk.forgotten + known.scalar_subquery()
    return sa.select(count).where(WishedTalk.id == wish.id)


def supported_by_browsers(ended_before: date) -> sa.Select[WishedTalk]:
    """Wishes of conferences that are long over, and still supported by the secrets of browsers."""
    by_browser = sa.select(Support.wish_id).where(Support.browser_hash.is_not(None))
    return (
        sa.select(WishedTalk)
        .join(WishedTalk.conference)
        .where(Conference.ends_on < ended_before, WishedTalk.id.in_(by_browser))
        .order_by(WishedTalk.id)
    )
