"""Orders to caterers: make the next version, read one with what changed, take it as a PDF."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.catering import admissions, queries
from cfp.catering.forms import OrderForm
from cfp.catering.models import OrderSheet
from cfp.catering.service import looking, ordering
from cfp.catering.tasks import PAPER
from cfp.catering.views.blueprint import COOKS, READERS, get_or_404, pages
from cfp.catering.views.meals import find_caterer
from cfp.db import db
from cfp.headers import attached
from cfp.jobs import service as job_service
from cfp.people.session import me


@pages.get("/<conference>/team/kitchen/orders/")
@allow(*READERS)
def orders():
    """See what caterers were told, the newest first."""
    sheets = db.session.scalars(queries.sheets(g.conference.id)).all()
    caterers = db.session.scalars(queries.caterers(g.conference.id)).all()
    return render_template("catering/orders.html", sheets=sheets, caterers=caterers)


@pages.route("/<conference>/team/kitchen/caterers/<code>/order", methods=["GET", "POST"])
@allow(*COOKS)
def order(code):
    """Order from a caterer: what the last look ahead says, as the next version."""
    caterer, form = find_caterer(code), OrderForm()
    snapshot = looking.latest(g.conference)
    if form.validate_on_submit():
        with form.refusals():
            at, language = clock.now(), str(get_locale())
            sheet = ordering.order(
                g.conference, caterer, snapshot, form.note.data, by=me(), at=at, language=language
            )
        if not form.errors:
            job_service.ask(PAPER, by=me(), at=at, conference_id=g.conference.id, sheet=sheet.code)
            flash(_("Version %(n)d is written. Its PDF is being made.", n=sheet.number), "success")
            return redirect(url_for("catering.sheet", code=sheet.code))
    codes = {meal.code for meal in caterer.meals}
    lines = [one for one in (snapshot.result["meals"] if snapshot else []) if one["code"] in codes]
    page = render_template(
        "catering/order.html", form=form, caterer=caterer, snapshot=snapshot, lines=lines
    )
    return page, form.status


@pages.get("/<conference>/team/kitchen/orders/<code>/")
@allow(*READERS)
def sheet(code):
    """Read one version of an order and what changed since the one before."""
    found = find_sheet(code)
    earlier = queries.sheets_of(found.caterer_id).where(OrderSheet.number < found.number)
    before = db.session.scalar(earlier.limit(1))
    return render_template(
        "catering/sheet.html",
        sheet=found,
        before=before,
        changes=ordering.differences(before, found) if before else [],
        has_pdf=db.session.scalar(queries.has_pdf(found.id)),
        allergies=db.session.execute(admissions.allergies(g.conference.id)).all(),
    )


@pages.get("/<conference>/team/kitchen/orders/<code>.pdf")
@allow(*READERS)
def sheet_pdf(code):
    """Take an order along as a PDF."""
    found = find_sheet(code)
    if found.pdf is None:
        abort(404)
    name = f"{g.conference.slug}-{found.code}-v{found.number}.pdf"
    return attached(found.pdf, name, "application/pdf")


def find_sheet(code: str) -> OrderSheet:
    return get_or_404(queries.sheets(g.conference.id).where(OrderSheet.code == code))
