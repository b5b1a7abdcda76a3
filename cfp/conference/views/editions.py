"""The editions of this installation, and a new one."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from cfp import clock
from cfp.access import Role, allow
from cfp.conference import queries
from cfp.conference.current import memberships
from cfp.conference.forms import NewForm
from cfp.conference.service.editions import create_edition
from cfp.conference.views import pages
from cfp.db import db
from cfp.people.session import me

# Words that may begin addresses one day; an edition must never stand in their way.
KEPT = frozenset({"admin", "api", "docs", "feed", "feeds", "help", "media", "new", "robots.txt"})


@pages.get("/")
@allow(Role.ANYONE)
def editions():
    """See the conferences."""
    mine = {m.conference.id: m.conference for m in memberships()}
    found = db.session.scalars(queries.public()).all()
    return render_template(
        "conference/editions.html",
        mine=list(mine.values()),
        found=[edition for edition in found if edition.id not in mine],
        may_create=current_user.is_authenticated and current_user.is_admin,
    )


@pages.route("/new", methods=["GET", "POST"])
@allow(Role.ADMIN)
def new():
    """Create an edition."""
    others = db.session.scalars(queries.all_editions()).all()
    form = NewForm()
    form.source.choices = [SelectChoice(0, _("Nothing, start empty"))] + [
        SelectChoice(edition.id, edition.name) for edition in others
    ]
    if form.validate_on_submit():
        source = next((e for e in others if e.id == form.source.data), None)
        with form.refusals():
            conference = create_edition(
                form.slug.data.lower(),
                form.basics(),
                reserved=reserved_words(),
                by=me(),
                at=clock.now(),
                source=source,
            )
        if not form.errors:
            flash(_("Here is the new edition. This list says what it still needs."), "success")
            return redirect(url_for("conference.settings", conference=conference.slug))
    return render_template("conference/new.html", form=form), 422 if form.is_submitted() else 200


def reserved_words() -> frozenset[str]:
    """The words with which other addresses of the application begin."""
    firsts = {rule.rule.split("/")[1] for rule in current_app.url_map.iter_rules()}
    return KEPT | {word for word in firsts if word and not word.startswith("<")}
