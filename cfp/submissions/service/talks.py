"""After the yes: what speakers change of their talk at once, and what organisers agree to first."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from cfp.db import db, lock
from cfp.errors import Refused
from cfp.invited.letters import post
from cfp.invited.service import invite_to_speak
from cfp.people.models import Person
from cfp.people.service import log
from cfp.submissions import queries
from cfp.submissions.models import ChangeRequest, RequestState, Submission, Talk, TalkState
from cfp.submissions.service.answers import follow
from cfp.submissions.service.speakers import MOST_SPEAKERS, count_invitation


@dataclass(frozen=True)
class Free:
    """What a speaker may change at once."""

    abstract: str
    subtitle: str
    recording_consent: bool


@dataclass(frozen=True)
class Wanted:
    """What a speaker would like to be different, and the organisers decide."""

    title: str
    format_id: int
    add: tuple[str, ...] = ()  # addresses
    remove: tuple[str, ...] = ()  # codes of people


def change_freely(submission: Submission, free: Free, *, by: Person, at: datetime) -> None:
    """Write what needs nobody's yes; the next release of the schedule prints it."""
    talk = _talk(submission)
    changed = [name for name, value in asdict(free).items() if getattr(talk, name) != value]
    for name in changed:
        setattr(talk, name, getattr(free, name))
    if changed:
        log("changed talk", submission, by=by, at=at, changed=changed)
        db.session.flush()


def ask_for(
    submission: Submission, wanted: Wanted, *, why: str, by: Person, at: datetime
) -> ChangeRequest | None:
    """Ask the organisers for what differs; a newer request takes the place of an open one."""
    lock(submission)
    talk = _talk(submission)
    asked = _difference(talk, submission, wanted)
    if len(submission.speakers) + len(wanted.add) - len(wanted.remove) > MOST_SPEAKERS:
        raise Refused(_("At most %(n)s people may speak.", n=MOST_SPEAKERS), field="invite")
    earlier = db.session.scalar(queries.open_request(submission))
    if not asked:
        return None
    if earlier is not None:
        earlier.state = RequestState.WITHDRAWN
    request = ChangeRequest(submission=submission, by=by, asked_at=at, wanted=asked, why=why)
    db.session.add(request)
    db.session.flush()
    log("asked for a change", submission, by=by, at=at, changed=sorted(asked))
    return request


def withdraw_request(submission: Submission, *, by: Person, at: datetime) -> None:
    """The speaker no longer wants it."""
    lock(submission)
    request = db.session.scalar(queries.open_request(submission))
    if request is not None:
        request.state = RequestState.WITHDRAWN
        log("withdrew change", submission, by=by, at=at)
        db.session.flush()


def agree(request: ChangeRequest, *, by: Person, at: datetime, answer: str = "") -> None:
    """The organisers say yes: it is done as asked; whoever is added is invited."""
    submission = _answer(request, RequestState.AGREED, by, at, answer)
    talk, wanted = _talk(submission), request.wanted
    if "title" in wanted:
        talk.title = wanted["title"]
    if "format_id" in wanted:
        found = {f.id: f for f in submission.conference.formats}.get(wanted["format_id"])
        if found is None:
            raise Refused(_("This format no longer exists. Please say no, and tell them why."))
        talk.format, talk.minutes = found, found.minutes
    _change_speakers(submission, wanted, request, at)
    db.session.flush()
    log("agreed to a change", submission, by=by, at=at, changed=sorted(wanted))


def refuse(request: ChangeRequest, *, by: Person, at: datetime, answer: str = "") -> None:
    """The organisers say no; everything stays as it is."""
    submission = _answer(request, RequestState.REFUSED, by, at, answer)
    log("refused a change", submission, by=by, at=at, changed=sorted(request.wanted))
    db.session.flush()


def may_change(submission: Submission) -> bool:
    """Whether there is a talk that its speakers may still say something about."""
    decision, talk = submission.decision, submission.talk
    told = decision is not None and decision.told_at is not None
    return told and talk is not None and talk.state is not TalkState.CANCELLED


def _talk(submission: Submission) -> Talk:
    if submission.talk is None or not may_change(submission):
        raise Refused(_("There is no session that could be changed."))
    return submission.talk


def _difference(talk: Talk, submission: Submission, wanted: Wanted) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    if wanted.title != talk.title:
        asked["title"] = wanted.title
    if wanted.format_id != talk.format_id:
        asked["format_id"] = wanted.format_id
    known = {speaker.person.email for speaker in submission.speakers}
    add = [email for email in dict.fromkeys(wanted.add) if email not in known]
    if add:
        asked["add"] = add
    remove = [s.person.code for s in submission.speakers if s.person.code in wanted.remove]
    if len(remove) == len(submission.speakers):
        raise Refused(_("Somebody has to stay. Withdraw the proposal instead."), field="remove")
    if remove:
        asked["remove"] = remove
    return asked


def _answer(
    request: ChangeRequest, state: RequestState, by: Person, at: datetime, answer: str
) -> Submission:
    lock(request)
    if request.state is not RequestState.OPEN:
        raise Refused(_("This was answered or withdrawn meanwhile."))
    request.state, request.answered_by, request.answered_at = state, by, at
    request.answer = answer
    return request.submission


def _change_speakers(
    submission: Submission, wanted: dict[str, Any], request: ChangeRequest, at: datetime
) -> None:
    for speaker in [s for s in submission.speakers if s.person.code in wanted.get("remove", ())]:
        submission.speakers.remove(speaker)
    db.session.flush()
    for email in wanted.get("add", ()):
        count_invitation(request.by, at)
        one = invite_to_speak(submission.conference, submission.id, email, by=request.by, at=at)
        post(one, at=at, title=_talk(submission).title)
    follow(_talk(submission), submission, at)
