"""Every page that somebody finds by links opens, breaks nothing, and can be used by all."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.exceptions import HTTPException

from cfp import create_app
from cfp.config import read_settings
from tests.e2e.audit import audit
from tests.e2e.human import Human, told
from tests.e2e.installation import EDITION, Installation, link_in
from tests.e2e.organising import decide, let_the_solver_plan, release, send_letters

CHAIR = "organiser@example.org"
REVIEWER = "marit.solvaag@example.org"
PEOPLE = ("stranger", "speaker", "reviewer", "organiser")

NO_LINK_LEADS_TO = {
    "bootstrap.static": "no page",
    "static": "no page",
    "health.healthz": "asked by machines",
    "health.readyz": "asked by machines",
    "people.code": "a form leads there",
    "people.link_sent": "a form leads there",
    "catering.looking_ahead": "asked by a page whose look ahead is running",
    "interop.import_": "offered once a file has been handed over",
    "jobs.run": "asked by a page whose work is running",
    "materials.own_file": "offered once slides have been handed over",
    "reviews.assignment_run": "asked by a page whose plan is running",
    "reviews.invitation": "whoever was asked to review: a letter leads there",
    "reviews.length": "offered once the committee asks for another length",
    "reviews.length_by_link": "a speaker who was asked: a letter leads there",
    "schedule.alternative": "asked by a page whose plan is sought",
    "schedule.draft_state": "asked by the editor's script",
    "schedule.open_talk": "asked by the editor's script",
    "schedule.shade": "asked by the editor's script",
    "schedule.solving": "asked by a page whose solver is running",
    "site.card": "shown by others who link to a talk",
    "site.front_card": "shown by others who link to the conference",
    "site.door_signs": "a PDF once the worker has printed it, another page before",
    "site.my_stars": "asked by a page whose visitor has starred something",
    "site.now": "asked by the schedule while the conference is on",
    "site.programme_pdf": "a PDF once the worker has printed it, another page before",
    "site.robots": "asked by machines",
    "site.room_calendar": "offered where one room is asked for",
    "site.sitemap": "asked by machines",
    "site.sitemaps": "asked by machines",
    "site.star_calendar": "told to its owner once",
    "site.track_calendar": "offered where one track is asked for",
    "site.widget": "asked by other sites",
    "site.widget_messages": "asked by other sites",
    "site.slides": "offered once slides have been handed over",
    "site.worker": "asked by a page",
    "schedule.try_place": "asked by the editor's script",
    "sponsors.logo": "a picture, no page",
    "sponsors.own_logo": "a picture, no page",
    "sponsors.pressed_before": "a telephone that opens anew what was pressed",
    "submissions.file": "offered once a speaker has sent a file",
    "submissions.invited": "a letter leads there",
    "tickets.badges_pdf": "offered once badges have been printed",
    "tickets.door_manifest": "asked by browsers that install the scanner",
    "tickets.door_me": "asked by the scanner's script",
    "tickets.door_search": "asked by the scanner's script",
    "tickets.door_tickets": "asked by the scanner's script",
    "tickets.door_worker": "asked by the scanner's script",
    "tickets.invoice": "the buyer's own: a letter leads there",
    "tickets.my_place": "the waiting person's own: a letter leads there",
    "tickets.order_invoice_pdf": "offered once an invoice is issued",
    "tickets.order_pdf": "offered once the tickets are printed",
    "tickets.scans_table": "offered once somebody has come",
    "tickets.payment": "the buyer's own: a letter leads there",
    "tickets.scanner_link": "offered once a scanner has been added",
}


@dataclass
class Atlas:
    """Who finds which pages: an address for each endpoint, and the browsers that may open it."""

    app: Flask
    everybody: dict[str, Human] = field(default_factory=dict)
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    def explore(self, who: str, human: Human, *begin: str) -> None:
        """Follow every link from here on, but only one to each endpoint."""
        self.everybody[who], known = human, {}
        waiting = deque(["/", f"/{EDITION}/", *begin])
        while waiting:
            path = waiting.popleft()
            endpoint = self.endpoint_of(path)
            if endpoint is None or endpoint in known or endpoint in NO_LINK_LEADS_TO:
                continue
            answer = human.context.request.get(path)
            assert answer.ok, f"{who}: {answer.status} for {path}"
            known[endpoint] = path
            if answer.headers["content-type"].startswith("text/html"):
                waiting += (link.replace("&amp;", "&") for link in LINK.findall(answer.text()))
            else:
                self.others.add(endpoint)
        self.pages[who] = {e: path for e, path in known.items() if e not in self.others}

    def endpoint_of(self, link: str) -> str | None:
        """The endpoint behind an address; none for other addresses and what cannot be opened."""
        try:
            endpoint, _ = self.app.url_map.bind("here").match(urlsplit(link).path, "GET")
        except HTTPException:
            return None
        return str(endpoint)

    def is_first_seen_by(self, who: str, endpoint: str) -> bool:
        before = PEOPLE[: PEOPLE.index(who)]
        return not any(endpoint in self.pages[other] for other in before)


LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')


@pytest.fixture(scope="module")
def atlas(browser: Browser, installation: Installation, tmp_path_factory):
    """Explored in an edition in which everything has happened at least once."""
    chair, speaker, reviewer, stranger = (Human(browser, installation) for _ in PEOPLE)
    finish_the_edition(chair)
    speaker.sign_in(an_accepted_speaker(installation))
    begin_a_draft(speaker)
    reviewer.sign_in(REVIEWER)
    atlas = Atlas(an_app(tmp_path_factory.mktemp("app")))
    atlas.explore("stranger", stranger, *letters_to(stranger))
    atlas.explore("speaker", speaker)
    atlas.explore("reviewer", reviewer)
    atlas.explore("organiser", chair, "/_mailbox", "/_styleguide")
    yield atlas
    for human in atlas.everybody.values():
        human.end()


def an_app(folder) -> Flask:
    """Asked only which endpoint an address belongs to."""
    return create_app(
        read_settings({"CALLBOARD_ENV": "testing", "CALLBOARD_INSTANCE": str(folder)})
    )


def finish_the_edition(chair: Human) -> None:
    chair.sign_in(CHAIR)
    chair.organise()
    decide(chair)
    send_letters(chair, "Accepted", "Declined")
    let_the_solver_plan(chair)
    release(chair, "1.0", "")
    release(chair, "1.1", "As before, to be compared.")


def an_accepted_speaker(installation: Installation) -> str:
    """One who has been told, and has not answered yet."""
    return installation.when_delivered(
        lambda: next((m["To"] for m in installation.mails() if "is accepted" in m["Subject"]), None)
    )


def a_letter(installation: Installation) -> str:
    """The link to confirm in that speaker's letter."""
    mail = installation.read_mail(an_accepted_speaker(installation), "is accepted")
    return urlsplit(link_in(mail, "/confirm/")).path


def letters_to(stranger: Human) -> list[str]:
    """Where somebody begins who comes by a letter."""
    here = stranger.installation
    offer = here.read_mail("rieke.lampe@rampenlicht.example.com", "unser Angebot")
    return [sign_up(stranger), a_letter(here), urlsplit(link_in(offer, "/sponsor/")).path]


def begin_a_draft(speaker: Human) -> None:
    speaker.open(f"/{EDITION}/proposals/new")
    speaker.fill(Title="Something for another year")
    speaker.press("Save as draft")


def sign_up(stranger: Human) -> str:
    """The link that a newcomer finds in the mail."""
    stranger.open("/sign-up")
    stranger.fill(Name="Nora Neu", E_mail="nora.neu@example.org", Password="something long")
    stranger.press("Sign up")
    mail = stranger.installation.read_mail("nora.neu@example.org", "confirm your address")
    return urlsplit(link_in(mail)).path


@pytest.mark.parametrize("who", PEOPLE)
def test_every_screen_can_be_used_wide_and_narrow_light_and_dark(atlas, who):
    human, faults = atlas.everybody[who], []
    for endpoint, path in atlas.pages[who].items():
        if atlas.is_first_seen_by(who, endpoint):
            found = audit(human.page, path)
            faults += [f"{endpoint} ({path}): {fault}" for fault in found]
    faults += human.complaints
    assert not faults, told(faults)


def test_links_lead_somebody_to_every_page(atlas):
    found = {endpoint for pages in atlas.pages.values() for endpoint in pages} | atlas.others
    pages = {
        rule.endpoint
        for rule in atlas.app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.endpoint.startswith("styleguide.")
    }
    assert sorted(pages - found - set(NO_LINK_LEADS_TO)) == []
    assert sorted(set(NO_LINK_LEADS_TO) - (pages - found)) == []


def test_a_page_that_does_not_exist_can_be_used_too(atlas):
    human = atlas.everybody["organiser"]
    human.expected = {404}
    assert not list(audit(human.page, f"/{EDITION}/nothing-here/"))
