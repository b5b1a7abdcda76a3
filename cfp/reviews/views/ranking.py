"""The ranking of all proposals, and the verdicts on one, for those who run the edition."""

from flask import abort, g, render_template, request
from flask_babel import gettext as _

from cfp.access import Role, allow
from cfp.conference.current import roles_here
from cfp.db import db
from cfp.headers import attached
from cfp.people.session import me
from cfp.reviews import queries
from cfp.reviews.forms.verdict import SCALE, ArgumentForm
from cfp.reviews.service import criteria, discussion
from cfp.reviews.service import ranking as service
from cfp.reviews.views.blueprint import get_proposal_or_404, is_theirs_to_see, pages, tracks_here
from cfp.reviews.views.discussion import OVERSEERS
from cfp.sheets import as_csv
from cfp.submissions.models import Outcome
from cfp.submissions.seen import as_seen_by

PER_PAGE = 50


@pages.get("/<conference>/team/ranking/")
@allow(Role.CHAIR, Role.ORGANISER, Role.TRACK_CHAIR)
def ranking():
    found = service.ranking(g.conference, me(), tracks_here())
    rows = service.narrowed(found.rows, asked())
    last = max(-(-len(rows) // PER_PAGE), 1)
    page = min(max(request.args.get("page", 1, int), 1), last)
    return render_template(
        "reviews/ranking.html",
        rows=rows[(page - 1) * PER_PAGE : page * PER_PAGE],
        found=found,
        total=len(rows),
        page=page,
        pages=last,
        sort=asked().sort,
        first=(page - 1) * PER_PAGE + 1,
        agreement=service.agreement_of(found.scores),
        names=service.names_of(rows[(page - 1) * PER_PAGE : page * PER_PAGE]),
        split=sum(row.is_split for row in found.rows),
        filters=filters(),
        Outcome=Outcome,
    )


@pages.get("/<conference>/team/ranking.csv")
@allow(Role.CHAIR, Role.ORGANISER, Role.TRACK_CHAIR)
def ranking_csv():
    """The same rows as on the page, all of them, in the same order."""
    rows = service.narrowed(service.ranking(g.conference, me(), tracks_here()).rows, asked())
    name = f"ranking-{g.conference.slug}.csv"
    table = service.as_table(rows, criteria.columns(g.conference))
    return attached(as_csv(table), name, "text/csv")


@pages.get("/<conference>/team/ranking/<code>/")
@allow(Role.CHAIR, Role.ORGANISER, Role.TRACK_CHAIR)
def verdicts(code):
    """One proposal with all verdicts on it; nobody reads those on their own."""
    submission = get_proposal_or_404(code)
    if not is_theirs_to_see(submission):
        abort(404)
    reviews = db.session.scalars(queries.reviews_of(submission)).all()
    return render_template(
        "reviews/verdicts.html",
        proposal=as_seen_by(submission, me(), roles_here()),
        reviews=reviews,
        means=criteria.means_of(reviews),
        scale=SCALE,
        heard=discussion.heard(submission, me()),
        may_argue=bool(roles_here() & OVERSEERS) and not discussion.is_settled(submission),
        may_offer=Role.CHAIR in roles_here() and len(g.conference.formats) > 1,
        argument=ArgumentForm(formdata=None),
    )


def filters():
    """(name, label, what no choice means, choices) of each filter of the list."""
    own = tracks_here()
    tracks = [track for track in g.conference.tracks if own is None or track.id in own]
    outcomes = [
        ("open", _("open")),
        ("accept", _("accepted")),
        ("waitlist", _("waiting")),
        ("reject", _("declined")),
    ]
    return [
        ("track", _("Track"), _("All tracks"), named(tracks)),
        ("format", _("Format"), _("All formats"), named(g.conference.formats)),
        ("outcome", _("Decision"), _("Any"), outcomes),
    ]


def named(things):
    return [(thing.id, thing.name) for thing in things]


def asked():
    """What the address asks for; a wrong word in it asks for nothing."""
    given, sort = request.args, request.args.get("sort", "")
    return service.Asked(
        sort=sort if sort.removeprefix("-") in service.SORTS else service.Asked.sort,
        track=given.get("track", type=int),
        format=given.get("format", type=int),
        outcome=given.get("outcome", ""),
        fewer_than=g.conference.reviews_each if given.get("few") else None,
        split=bool(given.get("split")),
        words=tuple(given.get("q", "").casefold().split()),
    )
