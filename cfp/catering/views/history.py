"""Earlier editions: bring in the files of their sales, see what they tell, take them away."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import clock
from cfp.access import allow
from cfp.catering import queries
from cfp.catering.forms import PastForm
from cfp.catering.models import PastEdition
from cfp.catering.service import history as past
from cfp.catering.service import looking
from cfp.catering.views.blueprint import COOKS, READERS, get_or_404, pages
from cfp.db import db
from cfp.people.session import me


@pages.get("/<conference>/team/kitchen/past/")
@allow(*READERS)
def history():
    """See what earlier editions sold and how well they would have been foreseen."""
    counts = db.session.execute(queries.past_counts(g.conference.id))
    snapshot = looking.latest(g.conference)
    return render_template(
        "catering/history.html",
        past=db.session.scalars(queries.past_editions(g.conference.id)).all(),
        counts={row.edition_id: row for row in counts},
        asked=snapshot.result.get("asked_again", []) if snapshot else [],
        record=snapshot.result.get("record") if snapshot else None,
    )


@pages.route("/<conference>/team/kitchen/past/new", methods=["GET", "POST"])
@allow(*COOKS)
def new_past():
    """Bring in the sales of an earlier edition, or of this one where it is sold elsewhere."""
    form = PastForm()
    if form.validate_on_submit():
        with form.refusals():
            sales = past.read(form.content(), g.conference)
            past.keep(g.conference, None, form.values(), sales, by=me(), at=clock.now())
        if not form.errors:
            n = len(sales)
            flash(ngettext("One ticket came in.", "%(num)d tickets came in.", n), "success")
            return redirect(url_for("catering.history"))
    return render_template("catering/past.html", form=form), form.status


@pages.post("/<conference>/team/kitchen/past/<code>/remove")
@allow(*COOKS)
def remove_past(code):
    """Forget what an earlier edition sold."""
    edition = get_or_404(queries.past_editions(g.conference.id).where(PastEdition.code == code))
    past.remove(edition, by=me(), at=clock.now())
    flash(_("The edition is forgotten."), "success")
    return redirect(url_for("catering.history"))
