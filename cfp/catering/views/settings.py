"""What the organisers know about who will come."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.catering.forms import KitchenForm
from cfp.catering.service import setting_up
from cfp.catering.service.setting_up import find_kitchen
from cfp.catering.views.blueprint import COOKS, pages
from cfp.conference.current import memberships
from cfp.people.session import me


@pages.route("/<conference>/team/kitchen/settings", methods=["GET", "POST"])
@allow(*COOKS)
def settings():
    """Say what you know: target, capacity, price steps, crew, codes, the crowd."""
    kitchen = find_kitchen(g.conference)
    form = KitchenForm(obj=kitchen)
    here = g.conference
    mine = {m.conference.id: m.conference for m in memberships() if m.role in COOKS}
    before = [one for one in mine.values() if one.starts_on < here.starts_on]
    form.offer(before)
    if kitchen is None and before and not form.is_submitted():
        form.follows_id.data = max(before, key=lambda one: one.starts_on).id
    if form.validate_on_submit():
        with form.refusals():
            setting_up.save_kitchen(here, form.values(), by=me(), at=clock.now())
        if not form.errors:
            flash(_("Saved. The next look ahead counts with it."), "success")
            return redirect(url_for("catering.overview"))
    return render_template("catering/settings.html", form=form, kitchen=kitchen), form.status
