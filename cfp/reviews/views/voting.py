"""The committee votes on a line-up; the chair puts it to the vote and closes it."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import roles_here
from cfp.db import db
from cfp.forms import Form
from cfp.people.session import me
from cfp.reviews import queries as reviews
from cfp.reviews.forms.choosing import DecideForm, VoteForm
from cfp.reviews.models import Ballot
from cfp.reviews.queries import choosing as queries
from cfp.reviews.service import voting as service
from cfp.reviews.views.blueprint import pages
from cfp.reviews.views.selection import asked


@pages.post("/<conference>/team/selection/vote")
@allow(Role.CHAIR)
def put_to_vote():
    """Ask the committee about the line-up that this address makes."""
    form, question = DecideForm(), request.query_string.decode("ascii", "ignore")
    if form.validate_on_submit():
        service.put_to_vote(
            g.conference,
            asked(),
            seen=form.seen.data,
            address_of=question,
            by=me(),
            at=clock.now(),
        )
        flash(_("The committee is asked. Everybody gets one mail."), "success")
        return redirect(url_for("reviews.voting"))
    return redirect(url_for("reviews.selection"))


@pages.get("/<conference>/reviews/vote/")
@allow(*queries.COMMITTEE)
def voting():
    """The line-ups that were put to the committee; of one's own proposals nothing is said."""
    found = db.session.scalars(queries.ballots(g.conference.id)).all()
    own = set(db.session.scalars(reviews.own(me(), g.conference.id)))
    titles = {
        code: title
        for key, code, title in db.session.execute(reviews.titles(g.conference.id))
        if key not in own
    }
    said = {
        ballot.id: next((v.yes for v in ballot.votes if v.person_id == me().id), None)
        for ballot in found
    }
    entitled = service.entitled(g.conference.id)
    counts = {ballot.id: service.count(ballot, entitled) for ballot in found}
    return render_template(
        "reviews/voting.html",
        found=found,
        titles=titles,
        said=said,
        counts=counts,
        is_chair=Role.CHAIR in roles_here(),
        is_reviewer=Role.REVIEWER in roles_here(),
    )


@pages.post("/<conference>/reviews/vote/<ballot>/")
@allow(*queries.COMMITTEE)
def vote(ballot):
    found, form = get_ballot_or_404(ballot), VoteForm()
    if not form.validate_on_submit():
        abort(400)  # only the two buttons send this form
    service.vote(found, yes=form.value.data == "yes", by=me(), at=clock.now())
    flash(_("Your vote counts. You may change it while the vote is open."), "success")
    return redirect(url_for("reviews.voting"))


@pages.post("/<conference>/team/selection/vote/<ballot>/close")
@allow(Role.CHAIR)
def close_vote(ballot):
    found = get_ballot_or_404(ballot)
    if Form().validate_on_submit():
        counted = service.close(found, by=me(), at=clock.now())
        if counted.has_majority:
            flash(_("The majority says yes. You can decide this line-up."), "success")
        else:
            flash(_("There is no majority. The chair decides, and the log says so."), "info")
    return redirect(url_for("reviews.voting"))


def get_ballot_or_404(code) -> Ballot:
    select = queries.ballots(g.conference.id).where(Ballot.code == code)
    return db.session.scalar(select) or abort(404)
