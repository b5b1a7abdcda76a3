"""Letters of the committee: what was decided, told to every speaker once; and a reminder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from cfp import clock, display
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.mail import service as mail
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.people.service import log
from cfp.submissions import queries, wording
from cfp.submissions.links import answer_link, own_page
from cfp.submissions.models import Decision, Outcome, Speaker, Submission

KINDS = {
    Outcome.ACCEPT: "accepted",
    Outcome.WAITLIST: "waitlisted",
    Outcome.REJECT: "declined",
}
PATIENCE = timedelta(days=7)  # then those who have not answered are reminded, once


@dataclass(frozen=True)
class Letter:
    """One letter to one speaker, as it will be or was sent."""

    speaker: Speaker
    kind: str
    subject: str
    body: str


def compose(decision: Decision, speaker: Speaker) -> Letter:
    """The letter that tells ``speaker`` of the decision, in their language."""
    submission = decision.submission
    return _compose(
        KINDS[decision.outcome], submission, speaker, link=answer_link(decision, speaker)
    )


def send_letters(
    conference: Conference, outcome: Outcome, *, expected: int, by: Person, at: datetime
) -> list[Speaker]:
    """Tell all speakers of all untold decisions of one kind; returns whom no mail can reach.

    ``expected`` is how many decisions the page showed. Two organisers who press at once send
    once: the second waits for the first, finds another number, and is told so.
    """
    check_words(conference, outcome)
    due = queries.letters_due(conference, outcome).with_for_update(of=Decision)
    decisions = db.session.scalars(due).all()
    if len(decisions) != expected or not decisions:
        raise Refused(
            _("There are %(n)s such letters to send by now. Please look again.", n=len(decisions))
        )
    try:
        with db.session.begin_nested():
            return [speaker for decision in decisions for speaker in tell(decision, by=by, at=at)]
    except IntegrityError as twice:
        raise Refused(_("Somebody is sending these letters right now.")) from twice


def check_words(conference: Conference, outcome: Outcome) -> None:
    """Refuse letters in which a placeholder would stay empty or unknown."""
    wording.check(conference, KINDS[outcome], _known_to_all(conference))


def _known_to_all(conference: Conference) -> dict[str, str]:
    """Which words of a letter have something to fill in, for everybody."""
    by = written(conference.confirm_by, conference.timezone)
    return dict.fromkeys(wording.WORDS, "known") | {"confirm_by": by}


def tell(decision: Decision, *, by: Person | None, at: datetime) -> list[Speaker]:
    """Post the letters of one decision; returns the speakers without an address."""
    submission = decision.submission
    for speaker in submission.speakers:
        _post(
            compose(decision, speaker),
            submission,
            at=at,
            key=f"decision:{decision.id}:{speaker.person_id}:{decision.outcome.value}",
        )
    decision.told_at, decision.told_outcome = at, decision.outcome
    log("told", submission, by=by, at=at, outcome=decision.outcome.value)
    return [speaker for speaker in submission.speakers if not speaker.person.email]


def remind_unanswered(at: datetime) -> int:
    """Remind those who were told a week ago that they are in and have not answered; once."""
    sent = 0
    for speaker, decision in db.session.execute(queries.unanswered(at - PATIENCE)).all():
        submission = speaker.submission
        if clock.is_past(_end(submission.conference), at):
            continue
        letter = _compose("confirm_please", submission, speaker, answer_link(decision, speaker))
        key = f"reminder:{decision.id}:{speaker.person_id}"
        sent += _post(letter, submission, at=at, key=key) is not None
    return sent


def _end(conference: Conference) -> datetime:
    midnight = datetime.combine(conference.ends_on, time()) + timedelta(days=1)
    return clock.from_wall(midnight, conference.timezone)


def _compose(kind: str, submission: Submission, speaker: Speaker, link: str) -> Letter:
    conference, person = submission.conference, speaker.person
    with force_locale(person.language):
        values = {
            "name": person.name,
            "conference": conference.name,
            "title": " ".join(submission.title.split()),
            "link": link,
            "page": own_page(submission),
            "confirm_by": written(conference.confirm_by, conference.timezone),
        }
        words = wording.filled(conference, kind, str(person.language), values)
    return Letter(speaker, kind, words.subject, words.body)


def tried(kind: str, speaker: Speaker) -> Letter:
    """What this letter would say to somebody, whatever is decided; its link is their own page."""
    return _compose(kind, speaker.submission, speaker, own_page(speaker.submission))


def _post(letter: Letter, submission: Submission, *, at: datetime, key: str) -> Message | None:
    return mail.post_text(
        letter.kind,
        letter.speaker.person,
        letter.subject,
        letter.body,
        at=at,
        conference_id=submission.conference_id,
        key=key,
    )


def written(moment: datetime | None, zone: str) -> str:
    """A deadline as a letter says it, with its offset: "18 February 2027, 23:59 (UTC+1)"."""
    if moment is None:
        return ""
    pattern = display.date_pattern("d MMMM y, HH:mm", get_locale())
    text = format_datetime(moment, pattern, ZoneInfo(zone), locale=get_locale())
    return f"{text} ({clock.offset_name(moment, zone)})"
