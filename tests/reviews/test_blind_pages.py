"""Blind is blind: no answer to a reviewer names a speaker, none to a speaker a reviewer."""

import re

import pytest

from cfp.access import Role
from cfp.db import transaction
from cfp.submissions.models import Outcome
from tests.make import (
    make_assignment,
    make_conference,
    make_decision,
    make_member,
    make_person,
    make_review,
    make_submission,
)

SECRETS = ("Zebulon", "Quixwood", "zebulon@quixwood.example", "Quixwood Industries", "I am Zebulon")


@pytest.fixture
def edition(house):
    return make_conference(slug="b27")


@pytest.fixture
def reviewer(edition):
    return make_member(edition, Role.REVIEWER)


@pytest.fixture
def desk(client, reviewer):
    return client(reviewer)


@pytest.fixture
def secret_proposal(edition):
    speaker = make_person(
        "Zebulon Quixwood",
        email="zebulon@quixwood.example",
        employer="Quixwood Industries",
        biography="I am Zebulon.",
    )
    return make_submission(edition, speakers=[speaker], title="Snow", notes="I am Zebulon.")


def addresses(visitor, code):
    """Every address of reviews with this proposal in it, and how it may be opened."""
    for rule in sorted(visitor.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint.startswith("reviews."):
            url = rule.rule.replace("<conference>", "b27").replace("<code>", code)
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield method, re.sub(r"<int:\w+>", "1", url)


def opened(visitor, method, url, **headers):
    """The answer, whatever its status."""
    data = {"csrf_token": visitor.token(), "value": "yes"} if method == "POST" else None
    return visitor.browser.open(url, method=method, data=data, headers=headers)


def test_who_is_a_chair_too_is_blind_as_a_reviewer(desk, edition, reviewer, secret_proposal):
    """In fragments as well; tests/bad_input/test_blind.py asks everything as a reviewer."""
    make_assignment(secret_proposal, reviewer)
    make_review(secret_proposal, make_member(edition, Role.REVIEWER), 5)
    make_member(edition, Role.CHAIR, reviewer)
    with transaction():
        pass
    named = 0
    for method, url in addresses(desk, secret_proposal.code):
        if "/team/" in url:
            continue  # there a chair may know
        answer = opened(desk, method, f"{url}?sort=title&q=Quixwood", **{"HX-Request": "true"})
        named += "Snow" in answer.text
        said = re.sub("q(=|%3D)Quixwood", "", f"{answer.headers}{answer.text}")  # our question
        assert not [secret for secret in SECRETS if secret in said], f"{method} {url}"
    assert named >= 3


def test_an_open_edition_names_its_speakers_to_reviewers(desk, edition, reviewer, secret_proposal):
    edition.blind = False
    make_assignment(secret_proposal, reviewer)
    page = desk.get(f"/b27/reviews/{secret_proposal.code}/").text
    assert "Zebulon Quixwood" in page
    assert "Quixwood Industries" in page


def test_speakers_read_what_is_for_them_once_they_were_told_and_nobodys_name(client, edition, now):
    speaker = make_person()
    submission = make_submission(edition, speakers=[speaker])
    reviewer = make_member(edition, Role.REVIEWER, make_person("Zebulon Quixwood"))
    make_review(submission, reviewer, 2, for_speaker="Show the *numbers*.", for_committee="Thin.")
    desk, url = client(speaker), f"/b27/proposals/{submission.code}/"
    make_decision(submission, Outcome.REJECT)
    assert "Show the" not in desk.get(url).text
    submission.decision.told_at = now
    page = desk.get(url).text
    assert "Show the <em>numbers</em>." in page
    assert not [word for word in ("Zebulon", "Thin.") if word in page]
