"""The line-up: what would be in, as a question in the address; then the decision, written down."""

import secrets
import shlex

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import roles_here
from cfp.db import db
from cfp.forms import Form
from cfp.people.session import me
from cfp.reviews import queries
from cfp.reviews.forms.choosing import decide_form, read_wanted
from cfp.reviews.models import Selection
from cfp.reviews.queries import choosing
from cfp.reviews.service import lineup as service
from cfp.reviews.service import waitlist
from cfp.reviews.service.selection import decide_line_up
from cfp.reviews.views.blueprint import pages, status
from cfp.submissions.models import Outcome


@pages.get("/<conference>/team/selection/")
@allow(Role.CHAIR, Role.ORGANISER)
def selection():
    wanted = asked()
    lineup = service.line_up(g.conference, wanted)
    return render_template(
        "reviews/selection.html",
        lineup=lineup,
        wanted=wanted,
        may_decide=Role.CHAIR in roles_here(),
        fresh_seed=secrets.token_hex(4),
        goals=service.GOALS,
        open_vote=db.session.scalar(choosing.open_vote(g.conference.id)),
        up=waitlist.next_up(g.conference),
        own=set(db.session.scalars(queries.own(me(), g.conference.id))),
        Outcome=Outcome,
    )


@pages.route("/<conference>/team/selection/decide", methods=["GET", "POST"])
@allow(Role.CHAIR)
def decide():
    """What will happen to how many, and why where it is the chair's own word."""
    wanted = asked()
    lineup = service.line_up(g.conference, wanted)
    last = last_selection()
    form = decide_form(lineup.overruled, last.result["overruled"] if last else {})
    if form.validate_on_submit():
        reasons = {name.removeprefix("why-"): text for name, text in form.data.items()}
        with form.refusals():
            done = decide_line_up(
                g.conference, wanted, seen=form.seen.data, reasons=reasons, by=me(), at=clock.now()
            )
        if not form.errors:
            return decided(done, len(lineup.changes))
    form.seen.data = lineup.fingerprint
    page = render_template(
        "reviews/decide.html", form=form, lineup=lineup, wanted=wanted, Outcome=Outcome
    )
    return page, status(form)


@pages.post("/<conference>/team/selection/move-up")
@allow(Role.CHAIR)
def move_up():
    """Whoever waits takes the places that became free."""
    if Form().validate_on_submit():
        codes = request.form.getlist("up")
        number = waitlist.move_up(g.conference, codes, by=me(), at=clock.now())
        said = ngettext(
            "One proposal moves up. Its letter waits to be sent.",
            "%(num)s proposals move up. Their letters wait to be sent.",
            number,
        )
        flash(said, "success")
    return redirect(url_for("reviews.selection"))


@pages.get("/<conference>/team/selection/log/")
@allow(Role.CHAIR, Role.ORGANISER)
def selection_log():
    found = db.session.scalars(queries.selections(g.conference.id)).all()
    return render_template("reviews/selection_log.html", found=found)


@pages.get("/<conference>/team/selection/log/<int:selection_id>/")
@allow(Role.CHAIR, Role.ORGANISER)
def selection_kept(selection_id):
    """One earlier selection with all that is needed to check it."""
    select = queries.selections(g.conference.id).where(Selection.id == selection_id)
    kept = db.session.scalar(select) or abort(404)
    own = set(db.session.scalars(queries.own(me(), g.conference.id)))
    titles = {
        code: (title, submission_id in own)
        for submission_id, code, title in db.session.execute(queries.titles(g.conference.id))
    }
    seed = shlex.quote(kept.seed)  # never a command, whatever somebody chose for it
    return render_template(
        "reviews/selection_kept.html", kept=kept, titles=titles, seed_quoted=seed
    )


def last_selection():
    return db.session.scalars(queries.selections(g.conference.id).limit(1)).first()


def asked():
    """What the address asks for; without a word what was decided last, else the settings."""
    last = last_selection()
    usual = service.as_kept(last) if last else service.by_settings(g.conference)
    return read_wanted(request.args, usual)


def decided(done, number):
    if done is None:
        flash(_("Everything was decided like this already."), "info")
    else:
        flash(
            ngettext(
                "One decision is written down. Nobody has been told yet.",
                "%(num)s decisions are written down. Nobody has been told yet.",
                number,
            ),
            "success",
        )
    return redirect(url_for("reviews.selection_log"))
