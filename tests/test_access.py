"""Who may enter which page: endpoint x role -> entry, as data; an undeclared page fails."""

from __future__ import annotations

import pytest

from cfp.access import TEAM, Role, allowed
from tests.make import make_conference, make_member
from tests.who_may_enter import EVERYBODY, WHO_MAY_ENTER
from tests.sponsors.entries import SPONSORS

EVERYBODY = {Role.ANYONE}
SIGNED_IN = {Role.SIGNED_IN}
REVIEW = {Role.REVIEWER}
ORGANISE = {Role.ORGANISER}
DECIDE = {Role.CHAIR}
RUN_IT = {Role.ORGANISER, Role.CHAIR}
LOOK_ON = RUN_IT | {Role.TRACK_CHAIR}
ADMIN = {Role.ADMIN}
SELL = {Role.ORGANISER, Role.TREASURER, Role.BOX_OFFICE}

WHO_MAY_ENTER: dict[str, set[Role]] = {
    "bootstrap.static": EVERYBODY,
    "static": EVERYBODY,
    "conference.access": RUN_IT,
    "conference.appoint": ORGANISE,
    "conference.dismiss": ORGANISE,
    "conference.editions": EVERYBODY,
    "conference.move_part": ORGANISE,
    "conference.new": ADMIN,
    "conference.new_part": ORGANISE,
    "conference.part": ORGANISE,
    "conference.parts": RUN_IT,
    "conference.plan": RUN_IT,
    "conference.remove_part": ORGANISE,
    "conference.save_plan": ORGANISE,
    "conference.save_settings": ORGANISE,
    "conference.settings": RUN_IT,
    "conference.team": RUN_IT,
    "health.healthz": EVERYBODY,
    "health.readyz": EVERYBODY,
    "jobs.cancel": RUN_IT,
    "jobs.run": RUN_IT,
    "mail.mailbox": EVERYBODY,
    "mail.message": RUN_IT,
    "mail.outbox": RUN_IT,
    "mail.send_again": RUN_IT,
    "materials.links": SIGNED_IN,
    "materials.overview": RUN_IT | {Role.CREW},
    "materials.remove": SIGNED_IN,
    "overview.timeline": LOOK_ON,
    "people.account": SIGNED_IN,
    "people.ask_link": EVERYBODY,
    "people.follow": EVERYBODY,
    "people.language": EVERYBODY,
    "people.link_sent": EVERYBODY,
    "people.password": SIGNED_IN,
    "people.revoke": SIGNED_IN,
    "people.sign_in": EVERYBODY,
    "people.sign_out": EVERYBODY,
    "people.sign_up": EVERYBODY,
    "reviews.assignment": RUN_IT,
    "reviews.assignment_run": RUN_IT,
    "reviews.bid": REVIEW,
    "reviews.bids": REVIEW,
    "reviews.conflicts": RUN_IT,
    "reviews.decide": DECIDE,
    "reviews.declare_conflict": REVIEW,
    "reviews.desk": REVIEW,
    "reviews.discard_assignment": RUN_IT,
    "reviews.lift_conflict": RUN_IT,
    "reviews.overview": LOOK_ON,
    "reviews.publish_assignment": RUN_IT,
    "reviews.ranking": LOOK_ON,
    "reviews.ranking_csv": LOOK_ON,
    "reviews.recuse": REVIEW,
    "reviews.review": REVIEW,
    "reviews.selection": RUN_IT,
    "reviews.selection_kept": RUN_IT,
    "reviews.selection_log": RUN_IT,
    "reviews.take_back": RUN_IT,
    "reviews.verdicts": LOOK_ON,
    "schedule.add_break": RUN_IT,
    "schedule.adopt": RUN_IT,
    "schedule.arrange": RUN_IT,
    "schedule.audience": LOOK_ON,
    "schedule.close": RUN_IT,
    "schedule.compare": LOOK_ON,
    "schedule.draft": LOOK_ON,
    "schedule.draft_state": LOOK_ON,
    "schedule.grid": LOOK_ON,
    "schedule.open_talk": LOOK_ON,
    "schedule.overview": LOOK_ON,
    "schedule.pin": RUN_IT,
    "schedule.pins": RUN_IT,
    "schedule.place": RUN_IT,
    "schedule.redo": RUN_IT,
    "schedule.release": RUN_IT,
    "schedule.releases": LOOK_ON,
    "schedule.remove_break": RUN_IT,
    "schedule.set_hours": RUN_IT,
    "schedule.solve": RUN_IT,
    "schedule.solving": LOOK_ON,
    "schedule.stop": RUN_IT,
    "schedule.swap": RUN_IT,
    "schedule.try_place": LOOK_ON,
    "schedule.undo": RUN_IT,
    "schedule.unplace": RUN_IT,
    "site.booklet": EVERYBODY,
    "site.calendar": EVERYBODY,
    "site.card": EVERYBODY,
    "site.changelog": EVERYBODY,
    "site.feed": EVERYBODY,
    "site.front": EVERYBODY,
    "site.forget_stars": EVERYBODY,
    "site.my_stars": EVERYBODY,
    "site.new_star_calendar": EVERYBODY,
    "site.now": EVERYBODY,
    "site.robots": EVERYBODY,
    "site.room_calendar": EVERYBODY,
    "site.schedule": EVERYBODY,
    "site.schedule_json": EVERYBODY,
    "site.schedule_xcal": EVERYBODY,
    "site.schedule_xml": EVERYBODY,
    "site.sitemap": EVERYBODY,
    "site.sitemaps": EVERYBODY,
    "site.speaker": EVERYBODY,
    "site.speaker_calendar": EVERYBODY,
    "site.speakers": EVERYBODY,
    "site.talk": EVERYBODY,
    "site.talk_calendar": EVERYBODY,
    "site.set_stars": EVERYBODY,
    "site.star": EVERYBODY,
    "site.star_calendar": EVERYBODY,
    "site.stars": EVERYBODY,
    "site.track_calendar": EVERYBODY,
    "site.version": EVERYBODY,
    "site.widget": EVERYBODY,
    "site.widget_messages": EVERYBODY,
    "site.worker": EVERYBODY,
    "submissions.call": EVERYBODY,
    "submissions.confirm": EVERYBODY,
    "submissions.decide": DECIDE,
    "submissions.desk": SIGNED_IN,
    "submissions.detail": LOOK_ON,
    "submissions.discard": SIGNED_IN,
    "submissions.edit": SIGNED_IN,
    "submissions.export": LOOK_ON,
    "submissions.leave": SIGNED_IN,
    "submissions.letter": RUN_IT,
    "submissions.letters": RUN_IT,
    "submissions.listing": LOOK_ON,
    "submissions.new": SIGNED_IN,
    "submissions.preview": SIGNED_IN,
    "submissions.respond": SIGNED_IN,
    "submissions.restore": SIGNED_IN,
    "submissions.send_letters": RUN_IT,
    "submissions.show": SIGNED_IN,
    "submissions.undo": DECIDE,
    "submissions.withdraw": SIGNED_IN,
    "tickets.again": EVERYBODY,  # here and below: who knows the order's secret
    "tickets.cancel": EVERYBODY,
    "tickets.cancel_for": {Role.ORGANISER, Role.BOX_OFFICE},
    "tickets.change": EVERYBODY,
    "tickets.choose": EVERYBODY,
    "tickets.detail": SELL,
    "tickets.invoice": EVERYBODY,
    "tickets.join_waiting": EVERYBODY,
    "tickets.link_again": EVERYBODY,
    "tickets.method": EVERYBODY,
    "tickets.new_step": ORGANISE,
    "tickets.new_thing": ORGANISE,
    "tickets.order": EVERYBODY,
    "tickets.orders": SELL,
    "tickets.overview": SELL,
    "tickets.pass_on": EVERYBODY,
    "tickets.payment": EVERYBODY,
    "tickets.people": EVERYBODY,
    "tickets.preview": SELL,
    "tickets.remove_step": ORGANISE,
    "tickets.remove_thing": ORGANISE,
    "tickets.see_proof": SELL,
    "tickets.send_link": SELL,
    "tickets.send_money": {Role.ORGANISER, Role.TREASURER},
    "tickets.settings": ORGANISE,
    "tickets.shop": EVERYBODY,
    "tickets.step": ORGANISE,
    "tickets.take_money": SELL,
    "tickets.thing": ORGANISE,
    "tickets.things": ORGANISE,
    "tickets.webhook": EVERYBODY,  # who has signed
    **SPONSORS,
}


def test_every_endpoint_is_in_the_table(sqlite_house):
    endpoints = {rule.endpoint for rule in sqlite_house.url_map.iter_rules()}
    assert {e for e in endpoints if not e.startswith("styleguide.")} == set(WHO_MAY_ENTER)


def test_every_view_declares_what_the_table_says(sqlite_house):
    declared = {e: set(allowed(sqlite_house, e)) for e in WHO_MAY_ENTER}
    assert declared == WHO_MAY_ENTER


NEEDS = {
    "code": "NOBODY",
    "token": "x",
    "purpose": "sign_in",
    "version": "1.0",
    "filename": "x.css",
    "kind": "rooms",
    "question": "room",
    "verb": "adopt",
    "entry": "costs",
    "way": "up",
    "ticket_code": "NOBODY",
    "section": "products",
    "form": "pdf",
}


def addresses(app):
    """Every address of the house with made-up parts, and the method that opens it."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("styleguide."):
            continue
        values = {name: NEEDS.get(name, 1) for name in rule.arguments} | {"conference": "here"}
        with app.test_request_context():
            url = app.url_map.bind("localhost").build(
                rule.endpoint, {k: v for k, v in values.items() if k in rule.arguments}
            )
        yield rule.endpoint, url, "GET" if "GET" in rule.methods else "POST"


def opened(visitor, url, method):
    data = {"csrf_token": visitor.token()} if method == "POST" else None
    return visitor.browser.open(url, method=method, data=data).status_code


def test_a_stranger_is_sent_to_sign_in_or_refused(client, house):
    make_conference(slug="here")
    visitor = client()
    visitor.get("/")
    for endpoint, url, method in addresses(house):
        if WHO_MAY_ENTER[endpoint] == EVERYBODY:
            continue
        expected = 303 if method == "GET" else 401
        assert opened(client(), url, method) == expected, endpoint


@pytest.mark.parametrize("role", sorted(TEAM, key=str))
def test_a_role_enters_what_is_declared_for_it_and_nothing_else(client, house, role):
    conference = make_conference(slug="here")
    person = make_member(conference, role)
    visitor = client(person)
    visitor.get("/")
    for endpoint, url, method in addresses(house):
        if endpoint in {"people.sign_out", "people.revoke"}:
            continue
        status = opened(visitor, url, method)
        may = WHO_MAY_ENTER[endpoint] & {Role.ANYONE, Role.SIGNED_IN, role}
        assert (status != 403) == bool(may), f"{endpoint} answers {status}"
        assert status < 500, f"{endpoint} answers {status}"


@pytest.mark.parametrize("role", sorted(TEAM, key=str))
def test_a_role_in_one_edition_is_nobody_in_another(client, house, role):
    make_conference(slug="here")
    person = make_member(make_conference(slug="there"), role)
    visitor = client(person)
    visitor.get("/")
    for endpoint, url, method in addresses(house):
        if not WHO_MAY_ENTER[endpoint] & {Role.ANYONE, Role.SIGNED_IN} and "/here/" in url:
            assert opened(visitor, url, method) == 403, endpoint
