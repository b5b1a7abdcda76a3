"""What is typed over a handed-in proposal is kept for its author alone, until it is too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from cfp.codes import new_code
from cfp.db import db, lock
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.submissions import queries
from cfp.submissions.models import Submission, UnsentEdit
from cfp.submissions.service.proposals import check_may_write

Typed = dict[str, list[str]]  # field of the form -> its values


class TypedElsewhere(Refused):
    """Another tab or device of the same person keeps something else that is not handed in."""

    def __init__(self, unsent: UnsentEdit) -> None:
        super().__init__(_("You typed other changes elsewhere, which are not handed in either."))
        self.unsent = unsent


def find_unsent(submission: Submission, person: Person) -> UnsentEdit | None:
    """What this person typed over the proposal and has not handed in."""
    found: UnsentEdit | None = db.session.scalar(queries.unsent(person, [submission.id]))
    return found


def check_unsent(
    submission: Submission, *, kept: str, saves: Sequence[str], by: Person
) -> UnsentEdit | None:
    """What is kept, unless another tab kept it since ``kept``: :class:`TypedElsewhere`."""
    unsent = find_unsent(submission, by)
    if unsent is not None and unsent.saved_by not in {kept, *saves}:
        raise TypedElsewhere(unsent)
    return unsent


def keep_unsent(
    submission: Submission,
    typed: Typed,
    *,
    seen: int,
    kept: str,
    saves: Sequence[str],
    by: Person,
    at: datetime,
) -> UnsentEdit:
    """Keep what was typed over version ``seen``, going on from the save ``kept``.

    Nobody but ``by`` reads it, and what it says is judged when it is handed in.
    """
    lock(submission)
    check_may_write(submission, at)
    unsent = check_unsent(submission, kept=kept, saves=saves, by=by)
    if unsent is None:
        unsent = UnsentEdit(submission_id=submission.id, person_id=by.id)
        db.session.add(unsent)
    unsent.typed, unsent.seen, unsent.at = typed, seen, at
    unsent.saved_by = saves[0] if saves else new_code()
    db.session.flush()
    return unsent


def forget_unsent(submission: Submission, person: Person) -> None:
    """It is handed in or thrown away, or the person speaks no longer."""
    unsent = find_unsent(submission, person)
    if unsent is not None:
        db.session.delete(unsent)
        db.session.flush()
