"""Every form of the house that somebody can find."""

from __future__ import annotations

from flask import Flask

from cfp.access import Role, allowed
from tests.bad_input.forms import Form, forms_of
from tests.bad_input.house import OpenHouse, addresses

# Every page is opened by the first of these people who may enter it.
PEOPLE = {
    "stranger": {Role.ANYONE},
    "speaker": {Role.SIGNED_IN},
    "reviewer": {Role.REVIEWER},
    "organiser": {Role.ORGANISER, Role.CHAIR},
    "admin": {Role.ADMIN},
}


def first_to_enter(app: Flask, endpoint: str) -> str:
    """Who of our people opens this page."""
    may = allowed(app, endpoint)
    return next(role for role, labels in PEOPLE.items() if labels & may)


def crawl(house: OpenHouse) -> list[tuple[str, Form]]:
    """One of each kind of form, with the person who was offered it."""
    found: dict[tuple[str, frozenset[str]], tuple[str, Form]] = {}
    house.restore()
    for endpoint, url in addresses(house.app, house.world):
        role = first_to_enter(house.app, endpoint)
        response = house.open(role, url, follow_redirects=True)
        if response.status_code == 200 and response.mimetype == "text/html":
            for form in forms_of(house.app, response.request.full_path.rstrip("?"), response.text):
                found.setdefault(form.signature, (role, form))
    return list(found.values())
