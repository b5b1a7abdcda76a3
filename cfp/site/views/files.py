"""The schedule as files for apps, for widgets on other sites, for search engines, and offline."""

from __future__ import annotations

import json

from flask import Response, abort, render_template, url_for
from flask_babel import gettext as _

from cfp.access import Role, allow
from cfp.conference import queries
from cfp.config import ROOT
from cfp.db import db
from cfp.site import card as cards
from cfp.site.answers import conditional, for_other_sites
from cfp.site.programme import speakers
from cfp.site.release import find_release, get_release
from cfp.site.views.blueprint import pages
from cfp.site.views.feeds import export, kept_file

WORKER = ROOT / "cfp" / "static" / "js" / "schedule-worker.js"


@pages.get("/<conference>/schedule.xml")
@allow(Role.ANYONE)
def schedule_xml():
    from cfp.interop.schedule_xml import write  # noqa: PLC0415

    release = get_release()
    return kept_file(release, "xml", lambda: write(export(release)), "application/xml")


@pages.get("/<conference>/schedule.json")
@allow(Role.ANYONE)
def schedule_json():
    from cfp.interop.schedule_json import write  # noqa: PLC0415

    release = get_release()
    return kept_file(release, "json", lambda: write(export(release)), "application/json")


@pages.get("/<conference>/schedule.xcal")
@allow(Role.ANYONE)
def schedule_xcal():
    from cfp.interop.xcal import write  # noqa: PLC0415

    release = get_release()
    return kept_file(release, "xcal", lambda: write(export(release)), "application/xml")


@pages.get("/<conference>/schedule/widgets/schedule.json")
@allow(Role.ANYONE)
def widget():
    """What pretalx' widget reads, so that it shows our schedule on any site."""
    from cfp.interop.widget import write  # noqa: PLC0415

    release = get_release()
    return kept_file(release, "widget", lambda: write(release.content), "application/json")


@pages.get("/<conference>/schedule/widget/messages.json")
@allow(Role.ANYONE)
def widget_messages():
    """The words that the widget says, in the reader's language."""
    said = {
        "favs_not_logged_in": _("Your stars are kept in this browser."),
        "favs_not_saved": _("Your stars could be kept in this browser only."),
        "no_matching_options": _("Nothing fits."),
        "view_changelog": _("All versions"),
        "go_to_current_version": _("To the current schedule"),
        "reset_all_filters": _("Show all"),
    }
    file = json.dumps(said, ensure_ascii=False)
    return for_other_sites(conditional(file, "application/json"))


@pages.get("/<conference>/talk/<code>/card.png")
@allow(Role.ANYONE)
def card(code):
    """The picture of a talk that is shown where somebody links to it."""
    release = get_release()
    talk = release.talk(code) or abort(404)
    return kept_file(
        release, f"card:{code}", lambda: cards.of_talk(talk, release.content), "image/png"
    )


@pages.get("/<conference>/schedule/worker.js")
@allow(Role.ANYONE)
def worker():
    """The service worker that keeps a copy for where there is no network."""
    response = conditional(WORKER.read_bytes(), "text/javascript")
    response.headers["Service-Worker-Allowed"] = url_for("site.front")
    return response


@pages.get("/<conference>/sitemap.xml")
@allow(Role.ANYONE)
def sitemap():
    """Every public page of the edition, in every language."""
    release = find_release()
    content = release.content if release else {"talks": []}
    page = render_template(
        "site/sitemap.xml",
        release=release,
        talks=content["talks"],
        speakers=[person for person, _talks in speakers(content)],
    )
    return conditional(page, "application/xml")


@pages.get("/sitemap.xml")
@allow(Role.ANYONE)
def sitemaps():
    """The sitemaps of all public editions."""
    found = db.session.scalars(queries.public()).all()
    return conditional(render_template("site/sitemaps.xml", editions=found), "application/xml")


@pages.get("/robots.txt")
@allow(Role.ANYONE)
def robots() -> Response:
    address = url_for("site.sitemaps", _external=True)
    return conditional(f"User-agent: *\nDisallow: /*/team/\nSitemap: {address}\n", "text/plain")
