"""The decision that makes a line-up real, kept with its seed and reasons: anyone can check it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.people.service import log
from cfp.reviews import queries
from cfp.reviews.models import Selection
from cfp.reviews.service.lineup import LineUp, Wanted, line_up
from cfp.reviews.service.voting import said_of
from cfp.sentences import stored
from cfp.submissions.models import Submission
from cfp.submissions.service import decide


def decide_line_up(
    conference: Conference,
    wanted: Wanted,
    *,
    seen: str,
    reasons: Mapping[str, str],
    by: Person,
    at: datetime,
) -> Selection | None:
    """Decide everything as this line-up says; None when everything was decided so already.

    ``seen`` is the fingerprint of the line-up that the chair looked at; ``reasons`` say, by code,
    why the chair's word counts instead of the quotas. Nobody is told anything yet.
    """
    _one_at_a_time(conference)
    lineup = line_up(conference, wanted)
    if lineup.fingerprint != seen:
        raise Refused(
            _("Something has changed since you looked. Please look at the line-up again.")
        )
    _check_overrules(lineup, reasons, by)
    voted = said_of(conference, lineup.fingerprint)
    changes = {row.id: row.code for row in lineup.changes}
    if not changes:
        return None
    select = sa.select(Submission).where(Submission.id.in_(changes)).order_by(Submission.id)
    for submission in db.session.scalars(select):
        reason = reasons.get(submission.code, "")
        decide(submission, lineup.outcomes[submission.code], by=by, at=at, reason=reason)
    selection = Selection(
        conference_id=conference.id,
        by_id=by.id,
        at=at,
        seed=wanted.seed,
        quotas=_quotas_kept(lineup),
        result=_result_kept(lineup, reasons) | {"voted": voted},
    )
    db.session.add(selection)
    db.session.flush()
    log("selected", selection, by=by, at=at, changes=len(changes))
    return selection


def _one_at_a_time(conference: Conference) -> None:
    """Of two who decide at once the second looks at what the first has done."""
    db.session.execute(
        sa.select(Conference.id).where(Conference.id == conference.id).with_for_update()
    )


def _check_overrules(lineup: LineUp, reasons: Mapping[str, str], by: Person) -> None:
    both = set(lineup.wanted.put_in) & set(lineup.wanted.left_out)
    if both:
        raise Refused(_("A proposal cannot be both put in and left out."))
    if lineup.promised:
        titles = "; ".join(row.title for row in lineup.promised)
        raise Refused(_("The speakers were told that they are in: %(titles)s.", titles=titles))
    own = set(db.session.scalars(queries.own(by, lineup.conference_id)))
    for row in lineup.overruled:
        if row.id in own:
            raise Refused(_("You cannot overrule the ranking for a proposal of your own."))
        if not reasons.get(row.code, "").strip():
            raise Refused(_("Please say why."), field=f"why-{row.code}")


def _quotas_kept(lineup: LineUp) -> dict[str, Any]:
    wanted = lineup.wanted
    return {
        "total": wanted.total,
        "waitlist": wanted.waitlist,
        "score": "mean" if wanted.by_mean else "adjusted",
        "formats": {str(key): number for key, number in wanted.formats.items()},
        "tracks": {str(key): list(bounds) for key, bounds in wanted.tracks.items()},
        "put_in": list(wanted.put_in),
        "left_out": list(wanted.left_out),
        "goals": dict(wanted.goals),
        "price": wanted.price,
    }


def _result_kept(lineup: LineUp, reasons: Mapping[str, str]) -> dict[str, Any]:
    """Enough to check the selection with pencil, paper and ``sha256sum``."""
    by_mean = lineup.wanted.by_mean
    return {
        "outcomes": {code: outcome.value for code, outcome in lineup.outcomes.items()},
        "scores": {
            code: row.mean if by_mean else row.adjusted for code, row in lineup.rows.items()
        },
        "places": {code: [row.format_id, row.track_id] for code, row in lineup.rows.items()},
        "overruled": {row.code: reasons[row.code] for row in lineup.overruled},
        "ties": [
            {"members": list(tie.members), "chosen": list(tie.chosen), "score": tie.score}
            for tie in lineup.chosen.ties
        ],
        "sentences": [stored(said) for said in lineup.chosen.sentences],
    }
