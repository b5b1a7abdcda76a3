"""A visitor's stars: set by a press, kept in the browser or with the account, as a calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import (
    Response,
    abort,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from cfp import clock, db, headers
from cfp.access import Role, allow
from cfp.codes import new_token
from cfp.forms import clean_line
from cfp.people import service as people
from cfp.people.session import visitor
from cfp.site import wishes
from cfp.site.release import find_release, get_release
from cfp.site.views.blueprint import pages
from cfp.site.views.feeds import written
from cfp.stars import queries, service
from cfp.stars.models import StarList

COOKIE = "stars"
NEW_FEED = "new star calendar"
NEW_LISTS, WINDOW = 600, timedelta(minutes=15)  # of one network: a hall full of people is one


def browser() -> str | None:
    """The secret by which a browser knows its list."""
    return request.cookies.get(COOKIE) or None


@pages.get("/<conference>/schedule/stars/")
@allow(Role.ANYONE)
def stars():
    """What I have starred, what of it overlaps, and my calendar."""
    release = find_release()
    wanted = service.starred(g.conference, visitor(), browser())
    mine = wishes.of(release.content, wanted) if release else None
    token = session.pop(NEW_FEED, None)
    address = url_for("site.star_calendar", token=token, _external=True) if token else None
    return render_template("site/stars.html", release=release, mine=mine, address=address)


@pages.get("/<conference>/schedule/stars/mine.json")
@allow(Role.ANYONE)
def my_stars():
    """For the script of the schedule: my stars by code, and what it needs to send others."""
    release = find_release()
    wanted = service.starred(g.conference, visitor(), browser())
    talks = release.content["talks"] if release else []
    codes = [talk["code"] for talk in talks if talk["id"] in wanted]
    return jsonify(stars=codes, token=generate_csrf())


@pages.post("/<conference>/schedule/stars/")
@allow(Role.ANYONE)
def set_stars():
    """Star and unstar the talks whose codes stand in ``add`` and ``remove``."""
    asked = dict.fromkeys(clean_line(request.form.get("add")).split(), True)
    asked |= dict.fromkeys(clean_line(request.form.get("remove")).split(), False)
    own = browser()
    if own is None and visitor() is None:
        guard_new_lists()
    secret = own or new_token()
    mine = service.change(g.conference, visitor(), secret, asked, clock.now())
    if request.accept_mimetypes.best == "application/json":
        return remember(jsonify(stars=codes_of(mine)), secret, mine)
    flash(_("Your stars are kept."), "success")
    return remember(redirect(url_for("site.stars"), 303), secret, mine)


def guard_new_lists() -> None:
    """A list costs nothing to make; so much the more must not be made by a machine."""
    door = f"stars:net:{request.remote_addr}"
    people.check_attempts(door, most=NEW_LISTS, within=WINDOW, at=clock.now())
    db.in_any_case(lambda: people.remember_attempts([door], clock.now()))


def codes_of(mine: StarList) -> list[str]:
    release = find_release()
    wanted = {star.talk_id for star in mine.stars}
    talks = release.content["talks"] if release else []
    return [talk["code"] for talk in talks if talk["id"] in wanted]


def remember(response: Any, secret: str, mine: StarList) -> Any:
    """The browser keeps its secret as long as its list is not the account's."""
    path = url_for("site.front")
    if mine.person_id is None:
        headers.remember(response, COOKIE, secret, path)
    elif browser():
        response.delete_cookie(COOKIE, path=path)
    return response


@pages.get("/<conference>/talk/<code>/star/")
@allow(Role.ANYONE)
def star(code):
    """One button, for whoever has no scripts."""
    found = get_release().talk(code) or abort(404)
    has = found["id"] in service.starred(g.conference, visitor(), browser())
    return render_template("site/star.html", talk=found, has=has)


@pages.post("/<conference>/schedule/stars/calendar")
@allow(Role.ANYONE)
def new_star_calendar():
    """A new secret address of my calendar; it is shown once."""
    secret = browser() or new_token()
    mine = service.own_list(g.conference, visitor(), secret, clock.now())
    session[NEW_FEED] = service.new_feed(mine)
    return remember(redirect(url_for("site.stars"), 303), secret, mine)


@pages.post("/<conference>/schedule/stars/forget")
@allow(Role.ANYONE)
def forget_stars():
    service.forget(g.conference, visitor(), browser())
    flash(_("Your stars are forgotten."), "success")
    response = redirect(url_for("site.stars"), 303)
    response.delete_cookie(COOKIE, path=url_for("site.front"))
    return response


@pages.get("/<conference>/stars/<token>.ics")
@allow(Role.ANYONE)
def star_calendar(token):
    """What its owner has starred, for calendar apps: they cannot sign in."""
    mine = db.db.session.scalar(queries.list_by_feed(g.conference.id, token)) or abort(404)
    release = get_release()
    wanted = {star.talk_id for star in mine.stars}
    everything = [*release.content["talks"], *release.content["cancelled"]]
    codes = {talk["code"] for talk in everything if talk["id"] in wanted}
    name = _("My sessions at %(name)s", name=g.conference.name)
    response = Response(written(release, codes, name), mimetype="text/calendar")
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.make_conditional(request)
    return response
