"""The public wish list, and what the team does with it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cfp import clock
from cfp.access import TEAM, Role, allow
from cfp.conference.current import current_conference, roles_here
from cfp.conference.models import FormatKind
from cfp.db import db
from cfp.invited.forms import InvitationForm
from cfp.people.doors import guard
from cfp.people.session import me
from cfp.wishlist import queries, service
from cfp.wishlist.browser import first_key, known_visitor, remember, visitor
from cfp.wishlist.forms import WishedTalkForm
from cfp.wishlist.models import WishedTalk, WishState

pages = Blueprint("wishlist", __name__)
TEAM_LIST = "/<conference>/team/proposals/wishes/"


@pages.route("/<conference>/wishes/", methods=["GET", "POST"])
@allow(Role.ANYONE)
def listing():
    """Read what others would like to hear, and wish for a talk."""
    conference, form = _taking_wishes(), WishedTalkForm()
    if form.validate_on_submit():
        with form.refusals():
            known = known_visitor()
            guard("wish", most=3)
            typed = (form.title.data, form.why.data, form.speaker.data)
            is_team = bool(roles_here() & TEAM)
            made = service.wish(conference, *typed, visitor=known, at=clock.now(), is_team=is_team)
        if not form.errors:
            flash(_told(made), "success")
            return remember(redirect(url_for("wishlist.listing")), known)
    found = db.session.execute(queries.ranked(conference, WishState.SHOWN)).all()
    mine = {one.wish_id for one in db.session.scalars(queries.support_of(visitor()))}
    page = render_template(
        "wishlist/listing.html",
        form=form,
        found=found,
        mine=mine,
        key=first_key(),
        is_over=service.is_over(conference, clock.now()),
    )
    return page, form.status


@pages.post("/<conference>/wishes/<wished>/support")
@allow(Role.ANYONE)
def support(wished):
    """Say that one would like to hear this as well."""
    found, known = _shown(wished), known_visitor()
    service.support(found, known)
    flash(_("You would like to hear “%(title)s”.", title=found.title), "success")
    return remember(redirect(url_for("wishlist.listing")), known)


@pages.post("/<conference>/wishes/<wished>/take-back")
@allow(Role.ANYONE)
def take_back(wished):
    """Take one's support back."""
    found = _shown(wished)
    service.take_back(found, visitor())
    flash(_("Your support of “%(title)s” is taken back.", title=found.title), "success")
    return redirect(url_for("wishlist.listing"))


@pages.get(TEAM_LIST)
@allow(Role.ORGANISER, Role.CHAIR)
def team():
    """Read what visitors wish for, show it, and ask somebody to give that talk."""
    conference = current_conference()
    found = {
        state.value: db.session.execute(queries.ranked(conference, state)).all()
        for state in WishState
    }
    return render_template("wishlist/team.html", found=found, at=clock.now())


@pages.post(f"{TEAM_LIST}<wished>/show")
@allow(Role.ORGANISER, Role.CHAIR)
def show(wished):
    """Let everybody read and support a wish."""
    found = _get(wished)
    service.show(found, by=me(), at=clock.now())
    flash(_("Everybody can read and support “%(title)s”.", title=found.title), "success")
    return redirect(url_for("wishlist.team"))


@pages.post(f"{TEAM_LIST}<wished>/remove")
@allow(Role.ORGANISER, Role.CHAIR)
def remove(wished):
    """Take a wish off the list."""
    found = _get(wished)
    service.remove(found, by=me(), at=clock.now())
    flash(_("“%(title)s” is off the list.", title=found.title), "success")
    return redirect(url_for("wishlist.team"))


@pages.route(f"{TEAM_LIST}<wished>/invite", methods=["GET", "POST"])
@allow(Role.ORGANISER, Role.CHAIR)
def invite(wished):
    """Ask somebody to give the talk that visitors wish for."""
    found, conference = _get(wished), current_conference()
    form = InvitationForm(conference, data={"note": _note(found)})
    if form.validate_on_submit():
        with form.refusals():
            wanted = form.wanted(conference.timezone)
            made = service.invite_for(found, wanted, by=me(), at=clock.now())
        if not form.errors:
            flash(_("%(name)s is asked.", name=made.name), "success")
            return redirect(url_for("invited.listing"))
    has_keynotes = any(f.kind is FormatKind.KEYNOTE for f in conference.formats)
    page = render_template("wishlist/invite.html", form=form, wish=found, has_keynotes=has_keynotes)
    return page, form.status


def _taking_wishes():
    conference = current_conference()
    return conference if conference.takes_wishes else abort(404)


def _shown(wished: str) -> WishedTalk:
    """A wish on the list of a conference that is still to be shaped."""
    conference = _taking_wishes()
    service.check_not_over(conference, clock.now())
    found = db.session.scalar(queries.with_code(conference, wished))
    return found if found is not None and found.state is WishState.SHOWN else abort(404)


def _get(wished: str) -> WishedTalk:
    return db.session.scalar(queries.with_code(current_conference(), wished)) or abort(404)


def _told(made: WishedTalk) -> str:
    if made.state is WishState.SHOWN:
        return _("Your wish is on the list.")
    return _("Thank you. Your wish shows as soon as an organiser has read it.")


def _note(found: WishedTalk) -> str:
    count = db.session.scalar(queries.how_many(found)) or 0
    return ngettext(
        "%(num)d visitor would like to hear a talk about this: “%(title)s”.",
        "%(num)d visitors would like to hear a talk about this: “%(title)s”.",
        count,
        title=found.title,
    )
