"""The organiser's look into the outbox: what waits, what went out, what is stuck."""

import sqlalchemy as sa
from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _

from cfp import clock
from cfp.access import Role, allow
from cfp.codes import known_number
from cfp.db import db
from cfp.forms import clean_line
from cfp.mail import queries, service
from cfp.mail.forms import CameBackForm
from cfp.mail.models import Message, MessageState
from cfp.mail.service import has_left

pages = Blueprint("mail", __name__)
PER_PAGE = 50


@pages.get("/<conference>/team/mail/")
@allow(Role.ORGANISER, Role.CHAIR)
def outbox():
    page = max(request.args.get("page", 1, known_number), 1)
    state, q = request.args.get("state"), clean_line(request.args.get("q"))[:200]
    select = queries.of_conference(g.conference.id)
    if state == "came-back":
        select = queries.came_back(g.conference.id)
    elif state in {s.value for s in MessageState}:
        select = select.where(Message.state == MessageState(state))
    select = queries.matching(select, q)
    found = db.paginate(select, page=page, per_page=PER_PAGE, error_out=False)
    counts = dict(db.session.execute(queries.counts(g.conference.id)).all())
    back = select_count(queries.came_back(g.conference.id))
    return render_template(
        "mail/outbox.html", found=found, state=state, q=q, counts=counts, came_back=back
    )


def select_count(select):
    """How many rows a question has."""
    return db.session.scalar(
        sa.select(sa.func.count()).select_from(select.order_by(None).subquery())
    )


@pages.get("/<conference>/team/mail/<int:message_id>/")
@allow(Role.ORGANISER, Role.CHAIR)
def message(message_id):
    found, form = _get(message_id), CameBackForm()
    return render_template("mail/message.html", message=found, form=form, has_left=has_left(found))


@pages.post("/<conference>/team/mail/<int:message_id>/send-again")
@allow(Role.ORGANISER, Role.CHAIR)
def send_again(message_id):
    service.send_again(_get(message_id), clock.now())
    flash(_("This message waits to be sent again."), "success")
    return redirect(url_for("mail.message", message_id=message_id))


@pages.post("/<conference>/team/mail/<int:message_id>/came-back")
@allow(Role.ORGANISER, Role.CHAIR)
def came_back(message_id):
    """Mark a letter whose return one's own mailbox was told of."""
    found, form = _get(message_id), CameBackForm()
    if form.validate_on_submit():
        service.mark_bounced(found, form.reason.data, clock.now())
        flash(_("It is marked as having come back."), "success")
        return redirect(url_for("mail.message", message_id=message_id))
    page = render_template("mail/message.html", message=found, form=form, has_left=has_left(found))
    return page, form.status


@pages.post("/<conference>/team/mail/<int:message_id>/arrived")
@allow(Role.ORGANISER, Role.CHAIR)
def arrived(message_id):
    """Take the mark of having come back away."""
    service.unmark_bounced(_get(message_id))
    flash(_("The mark is taken away."), "success")
    return redirect(url_for("mail.message", message_id=message_id))


def _get(message_id: int) -> Message:
    found = db.session.get(Message, message_id)
    if found is None or found.conference_id != g.conference.id:
        abort(404)
    return found


@pages.get("/_mailbox")
@allow(Role.ANYONE)
def mailbox():
    """Every mail of a development installation, so that links can be followed without a server."""
    if not current_app.config["SETTINGS"].is_development:
        abort(404)
    messages = db.session.scalars(queries.newest().limit(50)).all()
    return render_template("mail/mailbox.html", messages=messages)
