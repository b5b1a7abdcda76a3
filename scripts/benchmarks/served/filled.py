"""An installation in the middle of its work: proposals, reviews, letters, a released programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cfp.access import Role
from cfp.catering.service import looking, ordering, setting_up
from cfp.conference.models import Conference
from cfp.db import db
from cfp.mail.service import post_text
from cfp.people.models import Person
from cfp.reviews.service.conflicts import declare
from cfp.reviews.service.lineup import Wanted, line_up
from cfp.reviews.service.selection import decide_line_up
from cfp.schedule import service
from cfp.submissions.models import Outcome, Submission
from cfp.wishlist.models import WishedTalk, WishState
from tests.catering.kitchens import fill_kitchen, fill_purse
from tests.make import (
    make_assignment,
    make_conference,
    make_decision,
    make_format,
    make_member,
    make_opening,
    make_person,
    make_placement,
    make_review,
    make_room,
    make_schedule,
    make_submission,
    make_talk,
    make_track,
)

from .sold import sold, stocked

NINE = datetime(2027, 5, 10, 7, 0, tzinfo=UTC)  # nine o'clock in Berlin, on the first day
BEFORE = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
ROOMS, TRACKS, REVIEWERS, EACH, A_DAY = 5, 6, 14, 3, 10
SOLD = 120
ABSTRACT = "What we tried, what it cost, what we would do again. " * 12


@dataclass(frozen=True)
class Filled:
    """The edition, one person of each kind, and a proposal and a talk to look at."""

    conference: Conference
    organiser: Person
    reviewer: Person
    speaker: Person
    reviewed: Submission
    talk: str

    def address(self, path: str) -> str:
        return path.format(
            here=f"/{self.conference.slug}", reviewed=self.reviewed.code, talk=self.talk
        )


def filled(proposals: int = 200, talks: int = 100) -> Filled:
    """An edition of two days with that many proposals, of which so many are talks and released."""
    conference = make_conference(slug="filled", reviews_each=EACH, call_text=ABSTRACT)
    _wish(conference, proposals // 10)
    tracks = [make_track(conference, f"Track {n}", colour=n + 1) for n in range(TRACKS)]
    formats = [make_format(conference, f"Format {n}", 40) for n in range(2)]
    organiser = make_member(conference, Role.ORGANISER)
    make_member(conference, Role.CHAIR, organiser)
    team = [make_member(conference, Role.REVIEWER) for _ in range(REVIEWERS)]
    made = [
        make_submission(
            conference,
            title=f"What we learnt in the year {n} about things of the kind {n % 7}",
            abstract=ABSTRACT,
            format_id=formats[n % 2].id,
            track_id=tracks[n % TRACKS].id,
            submitted_at=BEFORE - timedelta(hours=n),
            speakers=[make_person(f"Speaker {n}", biography=ABSTRACT[:300])],
        )
        for n in range(proposals)
    ]
    sold(conference, stocked(conference)[0], SOLD)
    _review(made, team)
    _decide(conference, organiser, made, talks)
    _cook(conference, organiser)
    return Filled(
        conference,
        organiser,
        team[0],
        made[0].speakers[0].person,
        made[0],
        _release(conference, organiser, made[:talks]),
    )


def _wish(conference: Conference, wishes: int) -> None:
    """What visitors would like to hear, read and unread."""
    conference.takes_wishes = True
    for n in range(wishes):
        state = WishState.SHOWN if n % 3 else WishState.WAITING
        wished = WishedTalk(conference_id=conference.id, title=f"Wish {n}", state=state)
        db.session.add(wished)
    db.session.flush()


def _cook(conference: Conference, organiser: Person) -> None:
    """A kitchen with two earlier editions, looked ahead and ordered from."""
    caterer = fill_kitchen(conference)
    fill_purse(conference)
    kitchen = setting_up.find_kitchen(conference)
    assert kitchen is not None  # noqa: S101  (made a moment ago)
    seen = looking.look_ahead(conference, kitchen, NINE - timedelta(days=40))
    ordering.order(conference, caterer, seen, "", by=organiser, at=BEFORE)


def _review(made: list[Submission], team: list[Person]) -> None:
    """Three reviews each, nearly all of them written; a conflict here and there."""
    for n, submission in enumerate(made):
        for k in range(EACH):
            person = team[(n + 5 * k) % len(team)]
            make_assignment(submission, person)
            if n == 0 or (n + k) % 10:
                make_review(submission, person, 1 + (n * 7 + k) % 5, for_committee="As I see it.")
        if n % 20 == 0:
            reason = "We work together."
            declare(submission, team[(n + 1) % len(team)], reason, by=team[0], at=BEFORE)


def _decide(conference: Conference, organiser: Person, made: list[Submission], talks: int) -> None:
    """The first are accepted and told, some of the rest wait or are declined, some are open."""
    for n, submission in enumerate(made):
        told = {"told_at": BEFORE, "told_outcome": Outcome.ACCEPT}
        if n < talks:
            make_decision(submission, Outcome.ACCEPT, by=organiser, **told)
            make_talk(conference, submission=submission)
        elif n % 4 == 0:
            make_decision(submission, Outcome.REJECT, by=organiser)
        person = submission.speakers[0].person
        text = "Dear all,\n\nthis is about your proposal.\n"
        post_text("accepted", person, "Your proposal", text, at=BEFORE, conference_id=conference.id)
    wanted = Wanted(total=talks + 1, waitlist=5, seed="filled-1")
    seen = line_up(conference, wanted).fingerprint
    decide_line_up(conference, wanted, seen=seen, reasons={}, by=organiser, at=BEFORE)


def _release(conference: Conference, organiser: Person, accepted: list[Submission]) -> str:
    """All talks in five rooms on two days, released twice; returns the code of one."""
    rooms = [make_room(conference, f"Room {n}", position=n) for n in range(ROOMS)]
    for room in rooms:
        for day in range(2):
            make_opening(room, NINE + timedelta(days=day), hours=9)
    draft = make_schedule(conference)
    for n, submission in enumerate(accepted):
        assert submission.talk is not None  # noqa: S101  (made a moment ago)
        day, place = divmod(n // ROOMS, A_DAY)
        starts = NINE + timedelta(days=day, minutes=50 * place)
        make_placement(draft, submission.talk, rooms[n % ROOMS], starts)
    for version in ("1.0", "1.1"):
        service.release(conference, organiser, BEFORE, version, "What is new")
    assert accepted[0].talk is not None  # noqa: S101
    return accepted[0].talk.code
