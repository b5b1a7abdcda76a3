"""What speakers ask the organisers for: changes that need a yes, travel and hotel."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.headers import attached
from cfp.people.session import me
from cfp.sheets import Table, as_csv
from cfp.submissions import queries
from cfp.submissions.forms import WishForm
from cfp.submissions.models import ChangeRequest
from cfp.submissions.receipts import post_change
from cfp.submissions.service import talks
from cfp.submissions.views import pages


@pages.get("/<conference>/team/proposals/changes/")
@allow(Role.ORGANISER, Role.CHAIR)
def changes():
    """See what speakers would like to be different."""
    return _changes(WishForm(formdata=None))


@pages.post("/<conference>/team/proposals/changes/<wish>/<any(agree, refuse):yes_or_no>")
@allow(Role.ORGANISER, Role.CHAIR)
def answer_change(wish, yes_or_no):
    """Agree to a change, or refuse it."""
    select = queries.requests(current_conference()).where(ChangeRequest.code == wish)
    found = db.session.scalar(select) or abort(404)
    form = WishForm()
    if not form.validate():
        return _changes(form, wish), 422
    deed = talks.agree if yes_or_no == "agree" else talks.refuse
    deed(found, by=me(), at=clock.now(), answer=form.answer.data)
    post_change(found, at=clock.now())
    flash(_("Answered. %(name)s gets a letter.", name=found.by.name), "success")
    return redirect(url_for("submissions.changes"))


@pages.get("/<conference>/team/proposals/travel/")
@allow(Role.ORGANISER, Role.CHAIR)
def travel():
    """See how speakers come and where they sleep."""
    sponsors = db.session.scalars(queries.travel_sponsors(current_conference())).all()
    return render_template("submissions/travel.html", found=_travellers(), sponsors=sponsors)


@pages.get("/<conference>/team/proposals/travel.csv")
@allow(Role.ORGANISER, Role.CHAIR)
def travel_csv():
    """Take travel and hotel along as CSV."""
    names = (
        *("comes_from", "needs_travel", "travel_cost", "needs_hotel"),
        *("arrives_on", "leaves_on", "wishes"),
    )
    rows = [
        (person.name, person.email, *(getattr(stay, name, None) for name in names))
        for person, stay in _travellers()
    ]
    text = as_csv(Table("travel", ("name", "email", *names), rows))
    return attached(text, f"{current_conference().slug}-travel.csv", "text/csv")


def _changes(form: WishForm, wish: str = "") -> str:
    """All wishes; ``wish`` is the one whose answer was not taken."""
    conference = current_conference()
    return render_template(
        "submissions/changes.html",
        found=db.session.scalars(queries.requests(conference)).all(),
        formats={one.id: one for one in conference.formats},
        form=form,
        wish=wish,
    )


def _travellers():
    """Everybody who comes, with what they said, if anything."""
    conference = current_conference()
    said = {one.person_id: one for one in db.session.scalars(queries.stays(conference))}
    return [(one, said.get(one.id)) for one in db.session.scalars(queries.coming(conference))]
