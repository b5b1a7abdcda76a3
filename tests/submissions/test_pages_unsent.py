"""What is typed over a handed-in proposal waits on the server for its author, and nobody else."""

import json
import re
from datetime import timedelta

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.people import erasing
from cfp.people.privacy import kept_of
from cfp.submissions import service
from cfp.submissions.models import Speaker, Submission, UnsentEdit
from tests.conftest import NOW
from tests.make import (
    make_assignment,
    make_member,
    make_person,
    make_submission,
)
from tests.submissions.typed import form
from tests.visitor import rows

QUIETLY = {"headers": {"X-Autosave": "1"}}


def value(page, name):
    """What an input of the page holds."""
    inputs = re.findall(r"<input[^>]*>", page.text)
    [tag] = [tag for tag in inputs if f' name="{name}"' in tag]
    return re.search(r'value="([^"]*)"', tag)[1]


@pytest.fixture
def proposal(edition, mila, visitor):
    return make_submission(
        edition,
        title="Snow",
        abstract="It falls.",
        track=edition.tracks[0],
        speakers=[mila],
    )


@pytest.fixture
def own_page(proposal):
    return f"/here/proposals/{proposal.code}/"


@pytest.fixture
def write(visitor, edition, own_page, proposal):
    """A browser that types over the proposal, by itself unless told otherwise."""

    def send(status=200, *, by_itself=True, **changes):
        data = form(edition, version=str(proposal.version), **changes)
        how = QUIETLY if by_itself else {}
        return visitor.post(own_page + "edit", data, status=status, **how)

    return send


def test_it_is_there_again_on_another_device_as_it_was_typed(write, visitor, own_page, proposal):
    said = write(title="Ice", abstract="It melts.", unheard="one").json
    assert said == {"version": str(proposal.version), "kept": "one"}
    assert database.session.get(Submission, proposal.id).title == "Snow"
    page = visitor.get(own_page + "edit")
    assert (value(page, "title"), value(page, "kept")) == ("Ice", "one")
    assert "It melts." in page.text
    assert "These changes are not handed in" in page.text
    for where in (own_page, "/here/my/"):
        assert "changes that are not handed in" in visitor.get(where).text


def test_what_no_button_would_take_is_kept_as_well(write, visitor, own_page):
    write(title="", abstract="x" * 6000, level="", unheard="one")
    page = visitor.get(own_page + "edit")
    assert value(page, "title") == ""
    assert "x" * 6000 in page.text


def test_handed_in_or_discarded_it_is_gone(write, visitor, own_page, proposal):
    write(title="Ice", unheard="one")
    write(302, by_itself=False, title="Ice", kept="one")
    assert (database.session.get(Submission, proposal.id).title, rows(UnsentEdit)) == ("Ice", 0)
    write(title="Hail", unheard="two")
    visitor.post(own_page + "unsent/discard")
    assert (database.session.get(Submission, proposal.id).title, rows(UnsentEdit)) == ("Ice", 0)
    visitor.post(own_page + "unsent/discard")  # twice is once


def test_typing_it_back_leaves_nothing_to_hand_in(write):
    write(title="Ice", unheard="one")
    assert write(kept="one").json["sentence"] == "This is what you handed in."
    assert rows(UnsentEdit) == 0


def test_two_devices_of_one_person_do_not_overwrite_each_other_unseen(write, proposal):
    write(title="Ice", unheard="phone")
    assert "elsewhere" in write(409, title="Hail", unheard="laptop").json["sentence"]
    page = write(422, by_itself=False, title="Hail")
    assert "Typed elsewhere" in page.text
    assert proposal.title == "Snow"
    write(302, by_itself=False, title="Hail", kept=value(page, "kept"))
    assert (database.session.get(Submission, proposal.id).title, rows(UnsentEdit)) == ("Hail", 0)


def test_an_answer_lost_on_the_way_is_no_other_device(write):
    write(title="Ice", unheard="one")  # it arrived, and nobody heard of it
    assert write(title="Ice!", unheard="two one").json["kept"] == "two"


def test_a_co_speaker_who_was_faster_is_compared_when_it_is_handed_in(
    write, visitor, own_page, proposal
):
    write(title="Ice", unheard="one")
    proposal.title = "Hail"
    database.session.flush()
    page = visitor.get(own_page + "edit")
    data = {name: value(page, name) for name in ("key", "version", "kept", "title")}
    page = visitor.post(own_page + "edit", data | {"save": "1"}, status=422)
    assert "What is saved now" in page.text
    assert rows(UnsentEdit) == 1


def test_nobody_else_finds_it(write, client, edition, proposal):
    write(title="Ice under the stage", unheard="one")
    other = make_person("Joana Costa")
    proposal.speakers.append(Speaker(person=other, position=1))
    critic, chair = make_person("Rosa"), make_person("Chair")
    make_assignment(proposal, make_member(edition, Role.REVIEWER, critic))
    make_member(edition, Role.CHAIR, chair)
    code = proposal.code
    for person, places in {
        other: [f"proposals/{code}/", f"proposals/{code}/edit", "my/"],
        critic: [f"reviews/{code}/", "reviews/"],
        chair: [
            f"team/proposals/{code}/",
            "team/proposals/",
            "team/proposals.csv",
            "team/proposals.json",
        ],
    }.items():
        browser = client(person)
        for where in places:
            assert "Ice under" not in browser.get(f"/here/{where}").text, where


def test_once_the_call_is_over_nothing_more_is_kept_and_the_rest_can_be_read(
    write, visitor, own_page, today
):
    write(title="Ice", unheard="one")
    today.move_to(NOW + timedelta(days=20))
    assert "has ended" in write(409, title="Hail", unheard="two", kept="one").json["sentence"]
    assert "can no longer be handed in" in visitor.get(own_page).text
    assert value(visitor.get(own_page + "edit"), "title") == "Ice"


def test_whoever_leaves_or_is_erased_leaves_nothing_of_it(write, mila, proposal):
    write(title="Ice", unheard="one")
    assert json.dumps(kept_of(mila)).count("Ice") == 1
    proposal.speakers.append(Speaker(person=make_person("Joana"), position=1))
    service.leave(proposal, by=mila, at=NOW)
    assert rows(UnsentEdit) == 0
    proposal.speakers.append(Speaker(person=mila, position=2))
    write(title="Hail", unheard="two")
    erasing.erase(mila, at=NOW)
    assert rows(UnsentEdit) == 0
