"""The rule book of an edition: what forbids, blocks a release, warns, is a wish; what is waived."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp.access import allow
from cfp.errors import Refused
from cfp.people.session import me
from cfp.schedule import service
from cfp.schedule.forms.rules import TABLE, rules_form, shown
from cfp.schedule.problem import Level
from cfp.schedule.views.blueprint import EDITORS, READERS, pages
from cfp.schedule.views.draft import possible_chairs
from cfp.schedule.views.why import set_aside_of


@pages.get("/<conference>/team/programme/rules/")
@allow(*READERS)
def rulebook():
    return rules_page(service.read_programme(g.conference))


@pages.post("/<conference>/team/programme/rules/")
@allow(*EDITORS)
def set_rules():
    """From now on the solver, the editor and the release go by this."""
    programme = service.read_programme(g.conference)
    form = rules_form(programme, possible_chairs(programme))
    if not form.validate():
        return rules_page(programme, form), 422
    act = {"by": me(), "at": clock.now(), "edit": form.edit.data}
    try:
        service.set_rules(g.conference, form.chosen(), form.told(programme), **act)
    except Refused as refused:
        return rules_page(programme, form, refused.sentence), 409
    flash(_("The rules are kept; the draft is judged by them from now on."), "success")
    return redirect(url_for("schedule.rulebook"))


def rules_page(programme, form=None, refusal=None):
    if form is None:
        people = possible_chairs(programme)
        form = rules_form(programme, people, formdata=None, data=shown(programme))
    taken = programme.decided.rules.settings
    wishes = [rule for rule in TABLE if (taken.get(rule.key) or rule.default).level is Level.WISH]
    strict = [rule for rule in TABLE if rule not in wishes]
    return render_template(
        "schedule/rules.html",
        programme=programme,
        form=form,
        groups=((_("What must be"), strict), (_("What should be"), wishes)),
        aside=set_aside_of(programme),
        refusal=refusal,
    )
