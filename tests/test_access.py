"""Who may enter which page: endpoint x role -> entry, as data; an undeclared page fails."""

from __future__ import annotations

from cfp.access import Role, allowed

EVERYBODY = {Role.ANYONE}
SIGNED_IN = {Role.SIGNED_IN}
RUN_IT = {Role.ORGANISER, Role.CHAIR}

WHO_MAY_ENTER: dict[str, set[Role]] = {
    "static": EVERYBODY,
    "bootstrap.static": EVERYBODY,
    "health.healthz": EVERYBODY,
    "health.readyz": EVERYBODY,
    "people.sign_up": EVERYBODY,
    "people.sign_in": EVERYBODY,
    "people.sign_out": EVERYBODY,
    "people.ask_link": EVERYBODY,
    "people.link_sent": EVERYBODY,
    "people.follow": EVERYBODY,
    "people.account": SIGNED_IN,
    "people.password": SIGNED_IN,
    "people.revoke": SIGNED_IN,
    "mail.mailbox": EVERYBODY,
    "mail.outbox": RUN_IT,
    "mail.message": RUN_IT,
    "mail.send_again": RUN_IT,
    "jobs.run": RUN_IT,
    "jobs.cancel": RUN_IT,
    "conference.editions": EVERYBODY,
}


def test_every_endpoint_is_in_the_table(sqlite_house):
    endpoints = {rule.endpoint for rule in sqlite_house.url_map.iter_rules()}
    assert endpoints - {"styleguide.show"} == set(WHO_MAY_ENTER)


def test_every_view_declares_what_the_table_says(sqlite_house):
    declared = {e: set(allowed(sqlite_house, e)) for e in WHO_MAY_ENTER}
    assert declared == WHO_MAY_ENTER
