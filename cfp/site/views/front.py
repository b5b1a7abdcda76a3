"""The front page: what, where, when, the programme at a glance; readable without scripts."""

from __future__ import annotations

from datetime import date

from flask import render_template, request, url_for
from markupsafe import Markup

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.conference.models import Conference
from cfp.display import span
from cfp.markdown import plain
from cfp.money import Money
from cfp.site import card as cards
from cfp.site import linked_data, programme
from cfp.site.answers import conditional
from cfp.site.release import Release, find_release
from cfp.site.views.blueprint import fragments, key_of, pages, safe, talks_url
from cfp.site.views.schedule import moment_of, today
from cfp.sponsors.service.logos import wall_of
from cfp.sponsors.service.travel import named
from cfp.tickets.front import Goods, cheapest_now
from cfp.tickets.service.shelf import shelf_of

ON_STAGE = 5  # sessions of a day that are seen at first glance


@pages.get("/<conference>/")
@allow(Role.ANYONE)
def front():
    here, at, release = current_conference(), clock.now(), find_release()
    ticket = cheapest_now(shelf_of(here), at)
    page = render_template(
        "site/front.html",
        release=release,
        glance=glance(release, today(release.content, at)) if release else None,
        moment=moment_of(release, at) if release else None,
        talks_url=talks_url(),
        call_is_open=here.call_is_open(at),
        sponsor_wall=wall_of(here),
        travel_sponsors=named(here),
        ticket=ticket,
        linked=linked_data.edition(
            about(here), url_for("site.front", _external=True), offer(ticket)
        ),
    )
    return conditional(page)


def glance(release: Release, here: date | None) -> Markup:
    """The programme at a first glance: the main stage of each day to come, and who speaks."""

    def make() -> Markup:
        days = programme.days(release.content)
        ahead = [day for day in days if here is None or day.date >= here]
        return safe(
            render_template(
                "site/_glance.html",
                stage=programme.main_stage(ahead, ON_STAGE),
                people=programme.speakers(release.content),
                talks=release.content["talks"],
                talks_url=talks_url(),
            )
        )

    return fragments.get_or_make(key_of(release, "glance", str(here), request.script_root), make)


def about(conference: Conference) -> dict[str, str]:
    """The conference in the words of its release, so that it can be said before there is one."""
    return {
        "name": conference.name,
        "starts_on": conference.starts_on.isoformat(),
        "ends_on": conference.ends_on.isoformat(),
        "venue": conference.venue,
        "city": conference.city,
        "about": conference.tagline or plain(conference.about)[:300],
    }


def offer(ticket: Goods | None) -> dict[str, str] | None:
    """What it costs to come now, in schema.org's words."""
    if ticket is None:
        return None
    return {
        "name": ticket.product.name,
        "price": str(Money(ticket.prices[0].cents).amount),
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{'LimitedAvailability' if ticket.few else 'InStock'}",
    } | ({"validThrough": ticket.rise.at.isoformat()} if ticket.rise and ticket.rise.at else {})


@pages.get("/<conference>/card.png")
@allow(Role.ANYONE)
def front_card():
    """The picture of the conference."""
    here = current_conference()
    where = ", ".join(filter(None, (here.venue, here.city)))
    when = span(here.starts_on, here.ends_on)
    lines = (when, here.name, here.tagline, where, cards.colour_of(here.accent))
    picture = fragments.get_or_make(("card", *lines), lambda: cards.draw(*lines))
    return conditional(picture, "image/png")
