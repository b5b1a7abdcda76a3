"""The settings open twice: what somebody saved meanwhile is not overwritten unseen."""

from __future__ import annotations

import pytest

from cfp.conference.models import Room
from cfp.db import db as database
from cfp.mail.models import Message
from tests.bad_input.forms import forms_of
from tests.bad_input.tabs import ELSEWHERE, Tab
from tests.make import (
    make_person,
)
from tests.visitor import rows

pytestmark = pytest.mark.usefixtures("in_the_call")


@pytest.mark.parametrize(
    ("page", "field", "kept"),
    [
        ("settings/", "tagline", "tagline"),
        ("settings/deadlines", "call_text", "call_text"),
    ],
)
def test_settings_saved_in_one_tab_are_not_overwritten_unseen_in_another(
    organiser, edition, page, field, kept
):
    old, new = (Tab(organiser, f"/here/team/{page}", having=field) for _n in range(2))
    new.send(**{field: "From the new tab"})
    answer = old.send(status=422, **{field: "From the old tab"})
    assert ELSEWHERE in answer.text
    assert "From the old tab" in answer.text
    database.session.refresh(edition.conference)
    assert getattr(edition.conference, kept) == "From the new tab"


def test_who_has_read_that_may_save_all_the_same(organiser, edition):
    old, new = (Tab(organiser, "/here/team/settings/deadlines") for _n in range(2))
    new.send(call_closes_at="2027-03-01T12:00")
    page = old.send(status=422, call_closes_at="2027-03-02T12:00").text
    again = next(
        form
        for form in forms_of(organiser.app, old.form.page, page)
        if form.endpoint == "conference.save_plan"
    )
    organiser.post(again.action, {field.name: list(field.sends) for field in again.fields})
    database.session.refresh(edition.conference)
    assert f"{edition.conference.call_closes_at:%d %H:%M:%S}" == "02 11:00:59"


def test_the_same_settings_twice_are_saved_once_without_a_word(organiser, edition):
    for page in ("settings/", "settings/deadlines", "settings/rooms/1"):
        tab = Tab(organiser, f"/here/team/{page}", having="name" if "dead" not in page else None)
        tab.send()
        tab.send()
    tab = Tab(organiser, "/here/team/settings/deadlines")
    tab.send(call_text="We want snow.", reviews_due_at="2027-03-01T12:00")
    tab.send(call_text="We want snow.", reviews_due_at="2027-03-01T12:00")


def test_a_room_that_changed_meanwhile_is_not_overwritten_unseen(organiser, edition):
    old, new = (Tab(organiser, "/here/team/settings/rooms/1", having="name") for _n in range(2))
    new.send(capacity="50")
    assert ELSEWHERE in old.send(status=422, equipment="Piano").text
    room = database.session.get(Room, 1)
    database.session.refresh(room)
    assert (room.capacity, room.equipment) == (50, [])


def test_a_room_added_twice_is_one_room(organiser, edition):
    tab = Tab(organiser, "/here/team/settings/rooms/new")
    tab.send(name="Foyer")
    answer = tab.send(status=422, name="Foyer")
    assert "There is one of this name already." in answer.text
    assert rows(Room) == 3


def test_a_room_removed_in_another_tab_keeps_what_was_typed(organiser, edition):
    tab = Tab(organiser, "/here/team/settings/rooms/2", having="name")
    organiser.post("/here/team/settings/rooms/2/remove")
    page = tab.send(status=404, equipment="A piano, tuned").text
    assert "There is nothing here" in page
    assert "A piano, tuned" in page
    organiser.post("/here/team/settings/rooms/2/remove", status=404)


def test_the_same_person_is_appointed_once(organiser, edition):
    tab = Tab(organiser, "/here/team/settings/team/", having="email")
    tab.send(email="new@example.org", role="reviewer")
    answer = tab.send(status=422, email="new@example.org", role="reviewer")
    assert "has this role already" in answer.text
    assert rows(Message) == 1


def test_a_profile_is_not_overwritten_unseen(client, house):
    person = make_person("Mila")
    visitor = client(person)
    old, new = (Tab(visitor, "/account", having="name") for _n in range(2))
    new.send(biography="Plays the organ.")
    assert ELSEWHERE in old.send(status=422, employer="Town hall").text
    database.session.refresh(person)
    assert (person.biography, person.employer) == ("Plays the organ.", "")
