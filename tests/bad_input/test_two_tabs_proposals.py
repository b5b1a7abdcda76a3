"""A proposal open twice: a sentence or the same result, never a double or a lost one."""

from __future__ import annotations

from collections import Counter

import pytest
import sqlalchemy as sa

from cfp.db import db as database
from cfp.mail.models import Message
from cfp.submissions.models import Submission
from tests.bad_input.tabs import Tab
from tests.make import (
    make_person,
    make_submission,
    make_talk,
)

pytestmark = pytest.mark.usefixtures("in_the_call")


@pytest.fixture
def speaker(house):
    return make_person("Mila")


def test_a_new_proposal_sent_twice_is_one(client, edition, speaker):
    tab = Tab(client(speaker), "/here/proposals/new?key=1")
    typed = {"title": "Snow", "abstract": "It fell.", "format_id": "1", "invite": "co@example.org"}
    one, two = (tab.send(button="hand_in", **typed) for _n in range(2))
    assert one.location == two.location
    assert database.session.query(Submission).filter_by(title="Snow").count() == 1
    assert Counter(m.kind for m in database.session.query(Message)) == {
        "submitted": 1,  # who is invited hears of it when they say yes
        "invited_speaker": 1,
    }


def test_a_proposal_saved_elsewhere_is_not_overwritten_unseen(client, edition, speaker):
    submission = make_submission(edition.conference, speakers=[speaker], title="Snow")
    visitor, url = client(speaker), f"/here/proposals/{submission.code}/edit"
    old, new = Tab(visitor, url), Tab(visitor, url)
    new.send(button="save", title="Hail")
    answer = old.send(status=422, button="save", abstract="Only in the old tab.")
    assert "saved elsewhere" in answer.text
    assert "Only in the old tab." in answer.text
    database.session.refresh(submission)
    assert (submission.title, "old tab" in submission.abstract) == ("Hail", False)


def test_a_draft_thrown_away_in_another_tab_keeps_what_was_typed(client, edition, speaker):
    visitor = client(speaker)
    Tab(visitor, "/here/proposals/new?key=1").send(button="save", title="Snow")
    submission = database.session.query(Submission).filter_by(title="Snow").one()
    tab = Tab(visitor, f"/here/proposals/{submission.code}/edit")
    visitor.post(f"/here/proposals/{submission.code}/discard")
    page = tab.send(status=404, button="save", abstract="Written for an hour.").text
    assert "Written for an hour." in page


def test_who_was_signed_out_in_another_tab_keeps_what_was_typed(client, edition, speaker):
    visitor = client(speaker)
    tab = Tab(visitor, "/here/proposals/new?key=1")
    visitor.post("/sign-out")
    page = tab.send(status=401, button="save", abstract="Written for an hour.").text
    assert "Please sign in first" in page
    assert "Written for an hour." in page


def test_a_form_whose_token_is_old_keeps_what_was_typed(client, edition, speaker):
    visitor = client(speaker)
    tab = Tab(visitor, "/here/proposals/new?key=1")
    stale = dict(tab.form.data({"abstract": "Written for an hour."})) | {"csrf_token": "old"}
    page = visitor.post(tab.form.action, stale, status=400).text
    assert "Please send this again" in page
    assert "Written for an hour." in page


def test_an_answer_sent_twice_counts_once(client, edition, speaker):
    code = make_talk(edition.conference, speakers=[speaker]).submission.code
    Tab(client(edition.organiser), "/here/team/letters/", having="outcome").send()
    visitor = client(speaker)
    tabs = [Tab(visitor, f"/here/proposals/{code}/", to="submissions.respond") for _n in range(2)]
    for tab in tabs:
        tab.send(answer="yes")
    entries = database.session.execute(
        sa.text("SELECT count(*) FROM log_entry WHERE action = 'confirmed'")
    )
    assert entries.scalar() == 1
