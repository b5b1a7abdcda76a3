"""Conflicts of interest with their reasons, for the chair's eyes only."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import SelectChoice

from cfp import clock
from cfp.access import Role, allow
from cfp.db import db
from cfp.forms import Form
from cfp.people.session import me
from cfp.reviews import conflicts as rules
from cfp.reviews import queries
from cfp.reviews.forms.committee import ConflictForm
from cfp.reviews.models import DeclaredConflict
from cfp.reviews.service import conflicts as service
from cfp.reviews.views.blueprint import get_proposal_or_404, pages, status
from cfp.submissions.models import Submission


@pages.route("/<conference>/team/reviews/conflicts/", methods=["GET", "POST"])
@allow(Role.CHAIR, Role.ORGANISER)
def conflicts():
    reviewers = db.session.scalars(queries.reviewers(g.conference.id)).all()
    columns = queries.proposals(g.conference.id).with_only_columns(
        Submission.id, Submission.code, Submission.title
    )
    proposals = db.session.execute(columns.order_by(Submission.title, Submission.id)).all()
    form = ConflictForm()
    form.reviewer.choices = [SelectChoice("", "")] + [
        SelectChoice(p.code, p.name) for p in reviewers
    ]
    form.proposal.choices = [SelectChoice("", "")] + [
        SelectChoice(code, title) for _id, code, title in proposals
    ]
    if form.validate_on_submit():
        submission = get_proposal_or_404(form.proposal.data)
        person = next(p for p in reviewers if p.code == form.reviewer.data)
        service.declare(submission, person, form.reason.data, by=me(), at=clock.now())
        flash(
            _("Written down: %(name)s will not be asked about this.", name=person.name), "success"
        )
        return redirect(url_for("reviews.conflicts"))
    found = service.of_edition(g.conference)
    page = render_template(
        "reviews/conflicts.html",
        form=form,
        found=listed(found, reviewers, {key: title for key, _code, title in proposals}),
        came_up=came_up(found),
        Kind=rules.Kind,
    )
    return page, status(form)


@pages.post("/<conference>/team/reviews/conflicts/<int:conflict_id>/lift")
@allow(Role.CHAIR, Role.ORGANISER)
def lift_conflict(conflict_id):
    select = queries.declared(g.conference.id).where(DeclaredConflict.id == conflict_id)
    declared = db.session.scalar(select) or abort(404)
    if Form().validate_on_submit():
        service.lift(
            declared,
            db.session.get_one(Submission, declared.submission_id),
            by=me(),
            at=clock.now(),
        )
        flash(_("This conflict no longer counts."), "success")
    return redirect(url_for("reviews.conflicts"))


@pages.post("/<conference>/team/reviews/conflicts/release")
@allow(Role.CHAIR, Role.ORGANISER)
def release_conflicts():
    """Reviews that have become a conflict since they were given leave their reviewers' lists."""
    if Form().validate_on_submit():
        number = service.release(g.conference, by=me(), at=clock.now())
        said = ngettext(
            "One review is taken back. Fill it again on this page.",
            "%(num)s reviews are taken back. Fill them again on this page.",
            number,
        )
        flash(said, "success")
    return redirect(url_for("reviews.assignment"))


def came_up(found):
    """Who reads what they should not; of one's own proposals nobody learns who reads them."""
    late = service.came_up(g.conference, found)
    own = set(db.session.scalars(queries.own(me(), g.conference.id))) if late else set()
    return [one for one in late if one.submission_id not in own]


def listed(found, reviewers, titles):
    """(reviewer, title, conflict, declaration to lift or None), reviewer by reviewer."""
    names = {person.id: person.name for person in reviewers}
    declared: dict[rules.Pair, int] = {
        (d.person_id, d.submission_id): d.id
        for d in db.session.scalars(queries.declared(g.conference.id))
    }
    return [
        (
            names[conflict.reviewer],
            titles[conflict.submission],
            conflict,
            declared.get(conflict.pair) if conflict.kind is rules.Kind.DECLARED else None,
        )
        for conflict in found
        if conflict.submission in titles
    ]
