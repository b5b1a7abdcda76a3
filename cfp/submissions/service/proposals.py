"""What speakers do with a proposal: begin, change, hand in, withdraw, throw away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from cfp.conference.models import Conference, FormatKind
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.invited.service import Doors, doors_of
from cfp.people.models import Person
from cfp.people.service import log
from cfp.questions import queries as question_queries
from cfp.questions import service as questions
from cfp.questions.models import Question
from cfp.questions.service import Given
from cfp.submissions import queries
from cfp.submissions.models import Speaker, Submission, SubmissionState
from cfp.submissions.service.answers import cancel_talk
from cfp.submissions.service.content import (
    Content,
    check_complete,
    check_content,
    content_of,
)
from cfp.submissions.service.keynotes import accept_keynote

MOST_PROPOSALS = 30  # of one person in one edition; nobody means more, a script might


@dataclass(frozen=True)
class Saving:
    """How a proposal is saved: by a button, or by the script of its form.

    ``saves`` are this save and those before it whose answers got lost on the way: what they saved
    is not somebody else's. What a draft saves ``by_itself`` is not logged each time.
    """

    saves: tuple[str, ...] = ()
    by_itself: bool = False


BY_BUTTON = Saving()


class SavedElsewhere(Refused):
    """Somebody (another tab, a co-speaker) saved this proposal after it was opened here."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(
            _("This was saved elsewhere while you wrote. Compare, then save again to keep yours.")
        )
        self.submission = submission


def begin(
    conference: Conference,
    content: Content,
    *,
    key: str,
    by: Person,
    at: datetime,
    saves: Sequence[str] = (),
) -> tuple[Submission, bool]:
    """A draft with ``by`` as its speaker, and whether it is new: one ``key`` begins one draft."""
    known = find_begun(conference, key=key, by=by)
    if known is not None:
        return known, False
    doors = doors_of(conference, [by.id], at)
    _check_call(doors, content.track_id, at)
    check_content(doors, content)
    if (db.session.scalar(queries.count_of(by, conference)) or 0) >= MOST_PROPOSALS:
        raise Refused(_("You have %(n)s proposals here. That is as many as one may have.", n=30))
    submission = Submission(
        conference_id=conference.id,
        source_key=_source_key(key, by),
        created_by_id=by.id,
        created_at=at,
        saved_by=saves[0] if saves else None,
        speakers=[Speaker(person=by)],
        **asdict(content),
    )
    try:
        with db.session.begin_nested():
            db.session.add(submission)
    except IntegrityError:  # the same click, a moment ago, in another process
        begun = queries.by_source_key(conference, _source_key(key, by))
        return db.session.scalars(begun).one(), False
    log("drafted", submission, by=by, at=at)
    return submission, True


def find_begun(conference: Conference, *, key: str, by: Person) -> Submission | None:
    """What this person began with this key, if anything."""
    begun = queries.by_source_key(conference, _source_key(key, by))
    found: Submission | None = db.session.scalar(begun)
    return found


def _source_key(key: str, by: Person) -> str:
    return f"form:{by.id}:{key}"


def change(
    submission: Submission,
    content: Content,
    *,
    seen: int,
    by: Person,
    at: datetime,
    answers: Given | None = None,
    how: Saving = BY_BUTTON,
) -> None:
    """Write new content over version ``seen``; a later version is never overwritten unseen.

    ``answers`` are those to the organisers' own questions; what is not among them stays.
    """
    lock(submission)
    doors = check_may_write(submission, at)
    _check_call(doors, content.track_id, at)
    check_content(doors, content, submission.format_id)
    before, after = asdict(content_of(submission)), asdict(content)
    changed = [name for name in after if after[name] != before[name]]
    answered = questions.changed_answers(submission.id, answers or {})
    is_elsewhere = submission.version != seen and submission.saved_by not in how.saves
    if is_elsewhere and (changed or answered):
        raise SavedElsewhere(submission)
    if submission.state is SubmissionState.SUBMITTED:
        check_complete(submission.conference, content)
    for name in changed:
        setattr(submission, name, after[name])
    if answered:
        _answer(submission, answered, at)
    if changed or answered:
        submission.saved_by = how.saves[0] if how.saves else None
        db.session.flush()
    if (changed or answered) and not how.by_itself:
        said = [*changed, *(["answers"] if answered else [])]
        log("edited", submission, by=by, at=at, changed=said)


def _answer(submission: Submission, answered: Given, at: datetime) -> None:
    """Keep the answers; they are a new version of the proposal, for other tabs to notice."""
    asked = _asked(submission)
    questions.keep_answers(submission.id, asked, answered, at=at)
    flag_modified(submission, "notes")
    if submission.state is SubmissionState.SUBMITTED:
        _check_answers(submission)


def hand_in(submission: Submission, *, by: Person, at: datetime) -> None:
    """Hand a draft, or a withdrawn proposal, to the committee. Twice is once."""
    if submission.state is SubmissionState.SUBMITTED:
        return
    lock(submission)
    _check_call(_doors(submission, at), submission.track_id, at)
    if submission.decision is not None:
        raise Refused(_("The committee is done with this proposal."))
    check_complete(submission.conference, content_of(submission))
    _check_answers(submission)
    was, submission.state, submission.submitted_at = submission.state, SubmissionState.SUBMITTED, at
    db.session.flush()
    log("submitted", submission, by=by, at=at, was=was.value, state="submitted")
    if submission.format is not None and submission.format.kind is FormatKind.KEYNOTE:
        accept_keynote(submission, by=by, at=at)


def withdraw(submission: Submission, *, by: Person, at: datetime) -> None:
    """Take a proposal back, at any time; a talk that came of it is cancelled."""
    lock(submission)
    if submission.state is SubmissionState.DRAFT:
        raise Refused(_("This was never handed in. You can throw the draft away."))
    if submission.state is SubmissionState.WITHDRAWN:
        return
    submission.state = SubmissionState.WITHDRAWN
    cancel_talk(submission, by=by, at=at)
    db.session.flush()
    log("withdrawn", submission, by=by, at=at, was="submitted", state="withdrawn")


def discard(submission: Submission, *, by: Person, at: datetime) -> None:
    """Throw a draft away."""
    if submission.state is not SubmissionState.DRAFT:
        raise Refused(_("This was handed in. You can withdraw it."))
    log("discarded", submission, by=by, at=at)
    db.session.delete(submission)
    db.session.flush()


def _asked(submission: Submission) -> list[Question]:
    return list(db.session.scalars(question_queries.asked(submission.conference)))


def _check_answers(submission: Submission) -> None:
    questions.check_complete(
        submission.id,
        _asked(submission),
        format_id=submission.format_id,
        track_id=submission.track_id,
    )


def check_may_write(submission: Submission, at: datetime) -> Doors:
    """The doors through which its speakers may still change it; :class:`Refused` once shut."""
    doors = _doors(submission, at)
    if submission.state is SubmissionState.SUBMITTED:
        _check_call(doors, submission.track_id, at)
    _check_open(submission)
    return doors


def _doors(submission: Submission, at: datetime) -> Doors:
    """What is open for those on a proposal: whoever of them was invited lets the others in."""
    return doors_of(submission.conference, [s.person_id for s in submission.speakers], at)


def _check_call(doors: Doors, track_id: int | None, at: datetime) -> None:
    if doors.are_open(track_id, at):
        return
    opens = doors.conference.call_opens_at
    if opens is None or at < opens:
        raise Refused(_("The call for papers is not open yet."))
    if doors.are_open(None, at):
        raise Refused(_("The call for this track has ended."), field="track_id")
    raise Refused(_("The call for papers has ended. Nothing was changed."))


def _check_open(submission: Submission) -> None:
    if submission.state is SubmissionState.WITHDRAWN:
        raise Refused(_("This proposal is withdrawn."))
    if submission.decision is not None:
        raise Refused(_("The committee is at work on this proposal; its text stays as it is."))
