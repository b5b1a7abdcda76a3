"""What reviewers are asked beside their verdict, worded by whoever runs the edition."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.people.session import me
from cfp.reviews.forms.committee import criteria_form
from cfp.reviews.service import criteria as service
from cfp.reviews.views.blueprint import pages, status


@pages.route("/<conference>/team/reviews/criteria/", methods=["GET", "POST"])
@allow(Role.CHAIR, Role.ORGANISER)
def criteria():
    form = criteria_form(service.of_edition(g.conference))
    if form.validate_on_submit():
        with form.refusals():
            service.keep(
                g.conference, form.labels(), form.added.data or "", by=me(), at=clock.now()
            )
        if not form.errors:
            flash(_("Reviewers are asked this from now on."), "success")
            return redirect(url_for("reviews.criteria"))
    return render_template("reviews/criteria.html", form=form), status(form)
