"""Everything that is kept of one person, and nothing that belongs to somebody else."""

import json
from datetime import timedelta

import pytest

from cfp.db import db as database
from cfp.people.models import SignIn
from cfp.people.passwords import hash_password
from cfp.people.privacy import kept_of
from tests.conftest import NOW
from tests.make import (
    make_assignment,
    make_conference,
    make_person,
    make_review,
    make_submission,
    make_talk,
)

PASSWORD = "a-night-at-the-theatre"


@pytest.fixture
def mila(db):
    return make_person("Mila Sommer", employer="Nordwind", biography="I fall.")


def test_it_holds_account_proposals_talks_and_what_one_wrote(mila):
    conference = make_conference()
    talk = make_talk(conference, speakers=[mila])
    talk.submission.decision.told_at = NOW
    make_submission(conference, title="Ice", speakers=[mila, make_person("Joana")])
    other = make_submission(conference, title="Of somebody else")
    make_assignment(other, mila)
    make_review(other, mila, 4, for_committee="I was there.")
    kept = kept_of(mila)
    assert kept["person"][0]["biography"] == "I fall."
    assert {row["title"] for row in kept["submission"]} == {talk.title, "Ice"}
    assert [row["title"] for row in kept["talk"]] == [talk.title]
    assert [row["for_committee"] for row in kept["review"]] == ["I was there."]
    json.dumps(kept)


def test_it_gives_no_acceptance_away_of_which_nobody_was_told(mila):
    make_talk(speakers=[mila])
    assert "talk" not in kept_of(mila)
    assert "submission" in kept_of(mila)


def test_it_holds_neither_secrets_nor_the_reviews_of_others_nor_their_names(mila):
    submission = make_submission(speakers=[mila, make_person("Joana Costa")])
    critic = make_person("Rosa Ranglage")
    make_review(submission, critic, 1, for_committee="Never again.")
    text = json.dumps(kept_of(mila))
    for secret in ("hash", "token", "Never again.", "Rosa", "Joana"):
        assert secret not in text


def test_the_password_is_asked_again_of_who_signed_in_long_ago(client, house, now):
    mila = make_person(password_hash=hash_password(PASSWORD))
    visitor = client(mila)
    assert visitor.post("/account/data", status=200).json["kept"]
    database.session.query(SignIn).one().created_at = now - timedelta(days=3650)
    visitor.get("/account/data")
    visitor.post("/account/data", status=422)
    wrong = visitor.post("/account/data", {"password": "guessed"}, status=422)
    assert "not your password" in wrong.text
    answer = visitor.post("/account/data", {"password": PASSWORD}, status=200)
    assert answer.json["kept"]["person"][0]["email"] == mila.email
    assert "attachment" in answer.headers["Content-Disposition"]
