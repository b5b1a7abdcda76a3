"""The programme open twice: an old page moves, releases and solves nothing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from cfp.db import db as database
from cfp.mail.models import Message
from cfp.schedule.models import Break, Schedule
from tests.bad_input.tabs import Tab
from tests.visitor import rows

pytestmark = pytest.mark.usefixtures("in_the_call")


def draft(visitor, edition, talk=1, **more):
    url = edition.url(f"draft/?talk={edition.talks[talk - 1].code}")
    return Tab(visitor, url, **more)


def test_a_move_from_an_old_page_is_refused(organiser, edition):
    old, new = (draft(organiser, edition, having="start") for _n in range(2))
    new.send(start="2027-05-10T10:00")
    answer = old.send(status=409, start="2027-05-10T14:00")
    assert answer.status_code == 409
    assert edition.places == {"Talk 1": ("Room 1", "10 10:00")}


def test_a_draft_that_another_tab_edited_is_not_released(organiser, edition):
    edition.place()
    old, new = (Tab(organiser, edition.url("release/")) for _n in range(2))
    draft(organiser, edition, talk=2, having="start").send(start="2027-05-10T14:00")
    for tab in (old, new):
        assert "1.0" in tab.send(status=422).text
    assert released() == []


def test_a_release_happens_once(organiser, edition):
    edition.place()
    old, new = (Tab(organiser, edition.url("release/")) for _n in range(2))
    new.send(note="The first one.")
    messages = rows(Message)
    answer = old.send(status=422, note="The first one, again.")
    assert "There is a version of this name already." in answer.text
    assert "The first one, again." in answer.text
    assert (released(), rows(Message)) == (["1.0"], messages)


def test_a_break_removed_twice_is_gone(organiser, edition):
    grid = edition.url("grid/")
    Tab(organiser, grid, to="schedule.add_break").send(
        **{"break-title": "Lunch", "break-first": "12:00", "break-last": "13:00"}
    )
    url = f"{grid}breaks/{database.session.query(Break).first().id}/remove"
    organiser.post(url)
    assert "There is nothing here" in organiser.post(url, status=404).text


def test_the_solver_is_asked_once(organiser, edition):
    old, new = (Tab(organiser, edition.url("draft/"), to="schedule.solve") for _n in range(2))
    new.send()
    old.send()
    count = database.session.execute(sa.text("SELECT count(*) FROM job_run"))
    assert count.scalar() == 1


def released():
    return [s.version for s in database.session.query(Schedule).filter(Schedule.number > 0)]
