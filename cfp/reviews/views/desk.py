"""The reviewer's desk: what is owed, one proposal at a time, and the way to hand one back."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.people.session import me
from cfp.questions.service import answers_of
from cfp.reviews.forms.verdict import SCALE, ArgumentForm, ReasonForm, review_form
from cfp.reviews.service import criteria, discussion, reviews
from cfp.reviews.views.blueprint import REVIEWER, pages, seen, status
from cfp.submissions.seen import answers_as_seen_by


@pages.get("/<conference>/reviews/")
@allow(Role.REVIEWER)
def desk():
    owed = reviews.owed_by(me(), g.conference)
    return render_template(
        "reviews/desk.html",
        owed=[(one, seen(one.submission)) for one in owed],
        written=sum(one.review is not None for one in owed),
        upcoming=next((one for one in owed if one.review is None), None),
        is_over=clock.is_past(g.conference.reviews_due_at, clock.now()),
        scale=SCALE,
        splits=discussion.splits(me(), g.conference),
    )


@pages.route("/<conference>/reviews/<code>/", methods=["GET", "POST"])
@allow(Role.REVIEWER)
def review(code):
    owed = reviews.owed_by(me(), g.conference)
    one = get_owed_or_404(owed, code)
    asked = criteria.of_edition(g.conference)
    form = review_form(asked, one.review)
    if form.validate_on_submit():
        said = verdict(form, asked)
        with form.refusals():
            reviews.write(one.assignment, said, at=clock.now())
        if not form.errors:
            return onwards(owed, one)
    return render_review(owed, one, form, ReasonForm(formdata=None)), status(form)


@pages.post("/<conference>/reviews/<code>/recuse")
@allow(Role.REVIEWER)
def recuse(code):
    owed = reviews.owed_by(me(), g.conference)
    one = get_owed_or_404(owed, code)
    reason = ReasonForm()
    if not reason.validate_on_submit():
        form = review_form(criteria.of_edition(g.conference), formdata=None)
        return render_review(owed, one, form, reason), 422
    reviews.recuse(one.assignment, reason.reason.data, at=clock.now())
    flash(_("You have handed this review back. Thank you for saying so."), "success")
    return redirect(url_for("reviews.desk"))


def verdict(form, asked):
    """What the form says."""
    further = {one.id: form[f"criterion-{one.code}"].data for one in asked}
    return reviews.Verdict(form.score.data, form.for_committee.data, form.for_speaker.data, further)


def get_owed_or_404(owed, code):
    """What is not on one's list does not exist: nobody learns what others review."""
    return next((one for one in owed if one.submission.code == code), None) or abort(404)


def onwards(owed, one):
    """To the next proposal without a verdict; or back here, where the others' are now shown."""
    after = reviews.next_owed(owed, one.submission)
    if request.form.get("then") == "stay":
        flash(_("Your review is saved."), "success")
        return redirect(url_for("reviews.review", code=one.submission.code))
    if after is None:
        flash(_("Saved. You have reviewed everything on your list: thank you!"), "success")
        return redirect(url_for("reviews.desk"))
    return redirect(url_for("reviews.review", code=after.submission.code))


def render_review(owed, one, form, reason):
    """One proposal with its form; others' verdicts only once one's own is written."""
    here = owed.index(one)
    return render_template(
        "reviews/review.html",
        one=one,
        proposal=seen(one.submission),
        answers=answers_as_seen_by(one.submission, answers_of(one.submission.id), me(), REVIEWER),
        form=form,
        reason=reason,
        may_read_others=reviews.may_read_others(one),
        others=reviews.verdicts_of_others(one),
        heard=discussion.heard(one.submission, me()) if reviews.may_read_others(one) else None,
        may_argue=not discussion.is_settled(one.submission),
        argument=ArgumentForm(formdata=None),
        before=owed[here - 1].submission.code if here else None,
        after=owed[here + 1].submission.code if here + 1 < len(owed) else None,
        position=here + 1,
        total=len(owed),
        written=sum(o.review is not None for o in owed),
        is_over=clock.is_past(g.conference.reviews_due_at, clock.now()),
        scale=SCALE,
    )
