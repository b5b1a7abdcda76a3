"""A draft that saves itself: what the script of the form asks of the server."""

import pytest

from cfp.db import db as database
from cfp.invited.models import Invitation
from cfp.people.models import LogEntry
from cfp.submissions.models import Submission, SubmissionState
from tests.submissions.typed import form, only
from tests.visitor import rows

NEW = "/here/proposals/new"
QUIETLY = {"headers": {"X-Autosave": "1"}}


@pytest.fixture
def save(visitor, edition):
    def send(place=NEW, status=200, **changes):
        return visitor.post(place, form(edition, **changes), status=status, **QUIETLY).json

    return send


def test_a_title_begins_a_draft_by_itself(save, visitor):
    said = save(unheard="one")
    assert said == {"version": 1, "code": only().code, "url": f"/here/proposals/{only().code}/edit"}
    assert only().state is SubmissionState.DRAFT
    said = save(said["url"], version="1", title="Ice", unheard="two")
    assert (said["version"], only().title) == (2, "Ice")


def test_it_neither_hands_in_nor_writes_to_anybody_nor_fills_the_log(save):
    said = save(hand_in="1", invite="joana@example.org")
    save(said["url"], version="1", title="Ice")
    assert only().state is SubmissionState.DRAFT
    assert rows(Invitation) == 0
    actions = [entry.action for entry in database.session.query(LogEntry)]
    assert actions.count("edited") == 0


def test_what_cannot_be_saved_yet_gets_a_sentence(save):
    assert "needs a title" in save(status=422, title="")["sentence"]
    assert "at most 200" in save(status=422, title="x" * 400)["sentence"]
    assert rows(Submission) == 0


def test_another_tab_is_not_overwritten_unseen(save):
    place = save()["url"]
    save(place, version="1", title="Ice", unheard="tab-one")
    said = save(place, status=409, version="1", title="Hail", unheard="tab-two")
    assert "saved elsewhere" in said["sentence"]
    assert only().title == "Ice"


def test_an_answer_lost_on_the_way_is_no_other_tab(save, visitor, edition):
    save(unheard="first")  # it arrived, and nobody heard of it
    said = save(title="Snow!", unheard="second first")
    assert (said["version"], rows(Submission)) == (2, 1)
    save(said["url"], version="2", title="Snow!!", unheard="third")
    data = form(edition, version="2", title="Snow!!!", unheard="third", hand_in="1")
    visitor.post(said["url"], data)
    assert (only().title, only().state) == ("Snow!!!", SubmissionState.SUBMITTED)


def test_whoever_is_signed_out_is_told_so(client, edition, visitor):
    visitor.post("/sign-out")
    visitor.post(NEW, form(edition), status=401, **QUIETLY)
    assert rows(Submission) == 0
