"""The selection's pages: a question in the address, then a decision with reasons in the log."""

import re

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.reviews.models import Selection
from cfp.submissions.models import Decision, Outcome
from tests.make import (
    make_conference,
    make_decision,
    make_format,
    make_member,
    make_person,
    make_review,
    make_submission,
    make_track,
)
from tests.visitor import rows

URL = "/b27/team/selection/"


@pytest.fixture
def edition(house):
    return make_conference(slug="b27", talks_wanted=1)


@pytest.fixture
def chair(edition):
    return make_member(edition, Role.CHAIR, make_person("Chiara"))


@pytest.fixture
def desk(client, chair):
    return client(chair)


def scored(edition, title, score, **values):
    submission = make_submission(edition, title=title, **values)
    make_review(submission, make_person(), score)
    return submission


def summed_up(page):
    return re.search(r'role="status"><strong>(.*?)</p>', page.text)[1].replace("</strong>", "")


def fingerprint(page):
    return re.search(r'name="seen"[^>]*value="(\w+)"', page.text)[1]


def decide(desk, query="", status=302, **fields):
    url = f"{URL}decide{query}"
    seen = fingerprint(desk.get(url))
    return desk.post(url, {"seen": seen} | fields, status=status)


def outcomes():
    database.session.expire_all()
    select = database.select(Decision).join(Decision.submission)
    return {d.submission.title: d.outcome.value for d in database.session.scalars(select)}


def test_the_settings_answer_first_and_the_address_then(desk, edition):
    for score in (5, 4, 3):
        scored(edition, f"Score {score}", score)
    assert summed_up(desk.get(URL)) == "1 in · 1 waiting · 1 out"
    assert summed_up(desk.get(f"{URL}?total=2&waitlist=0")) == "2 in · 0 waiting · 1 out"
    assert rows(Selection) == rows(Decision) == 0


@pytest.mark.parametrize(
    "query",
    [
        "total=-5&waitlist=x",
        "total=99999999999999&waitlist=1e9",
        "total=1&format-0=1&least-x=2&most-9999=1",
        "total=1&in=NOBODY&out=NOBODY&undo=NOBODY",
        "total=1&seed=%00%0d%0a&score=magic",
        "seed=" + "9" * 500,
    ],
)
def test_nonsense_in_the_address_is_read_forgivingly(desk, edition, query):
    scored(edition, "Snow", 5)
    desk.get(f"{URL}?{query}")
    desk.get(f"{URL}decide?{query}")


def test_quotas_of_formats_and_tracks_are_in_the_address(desk, edition):
    panel, law = make_format(edition, "Panel", 60), make_track(edition, "Law")
    talk = make_format(edition)
    scored(edition, "Best", 5, format_id=talk.id)
    scored(edition, "Panel on law", 2, format_id=panel.id, track_id=law.id)
    page = desk.get(f"{URL}decide?total=1&format-{panel.id}=1&least-{law.id}=1&waitlist=0")
    desk.post(page.request.full_path, {"seen": fingerprint(page)})
    assert outcomes() == {"Best": "reject", "Panel on law": "accept"}


def test_a_tie_shows_its_seed_and_how_to_repeat_the_draw(desk, edition):
    tied = [scored(edition, f"Tied {n}", 3) for n in range(3)]
    page = desk.get(f"{URL}?total=1&waitlist=0&score=mean&seed=snow").text
    assert "The lot gave one place among 3 proposals, each with 3.00 points" in page
    assert re.search(r"printf %s snow:(\w+) \| sha256sum", page)[1] in {t.code for t in tied}
    hostile = desk.get(f"{URL}?total=1&score=mean&seed=%24%28id%29").text
    assert "printf %s &#39;$(id):" in hostile


def test_a_line_up_of_two_hundred_stays_within_its_budget(desk, edition):
    person = make_person()
    for number in range(200):
        make_review(make_submission(edition), person, 1 + number % 5)
    desk.get(f"{URL}?total=50&waitlist=10")
    assert len(desk.statements) <= 12


def test_deciding_writes_it_down_and_the_log_shows_it(desk, edition):
    scored(edition, "Best", 5)
    scored(edition, "Next", 4)
    decide(desk, "?total=1&waitlist=1&seed=snow")
    assert outcomes() == {"Best": "accept", "Next": "waitlist"}
    log = desk.get(f"{URL}log/").text
    assert "Chiara" in log
    assert "snow" in log
    kept = desk.get(re.search(rf'href="({URL}log/\d+/)"', log)[1]).text
    assert "Best" in kept


def test_the_next_look_begins_with_what_was_decided_last(desk, edition):
    for score in (5, 4, 3):
        scored(edition, f"Score {score}", score)
    decide(desk, "?total=2&waitlist=0&seed=snow")
    assert summed_up(desk.get(URL)) == "2 in · 0 waiting · 1 out"
    assert 'value="snow"' in desk.get(URL).text


def test_pressing_twice_decides_once(desk, edition):
    scored(edition, "Best", 5)
    url = f"{URL}decide?total=1&waitlist=0"
    seen = fingerprint(desk.get(url))
    desk.post(url, {"seen": seen})
    desk.post(url, {"seen": seen})
    assert rows(Selection) == rows(Decision) == 1


def test_a_stale_line_up_is_shown_again_and_no_reason_is_lost(desk, edition):
    best, worst = scored(edition, "Best", 5), scored(edition, "Worst", 1)
    url = f"{URL}decide?total=1&waitlist=0&in={worst.code}"
    seen = fingerprint(desk.get(url))
    make_review(best, make_person(), 1)
    make_review(worst, make_person(), 5)
    make_decision(best, Outcome.ACCEPT, told_at=best.submitted_at)
    page = desk.post(url, {"seen": seen, f"why-{worst.code}": "Our only one on law."}, status=422)
    assert "has changed since you looked" in page.text
    assert "Our only one on law." in page.text
    assert fingerprint(page) != seen
    assert rows(Selection) == 0


def test_overruling_wants_a_reason_at_its_field(desk, edition):
    scored(edition, "Best", 5)
    worst = scored(edition, "Worst", 1)
    query = f"?total=1&waitlist=0&in={worst.code}"
    assert "Please say why." in decide(desk, query, status=422).text
    assert outcomes() == {}
    decide(desk, query, **{f"why-{worst.code}": "Our only one on law."})
    assert outcomes() == {"Best": "reject", "Worst": "accept"}
    assert "Our only one on law." in desk.get(f"{URL}log/1/").text


def test_an_overruling_can_be_taken_back(desk, edition):
    scored(edition, "Best", 5)
    worst = scored(edition, "Worst", 1)
    page = desk.get(f"{URL}?total=1&waitlist=0&in={worst.code}&undo={worst.code}").text
    assert f'name="in" value="{worst.code}">Put in' in page.replace("\n", "")
    assert 'type="hidden" name="in"' not in page


def test_what_was_promised_is_refused_by_name(desk, edition):
    told = scored(edition, "Promised", 1)
    make_decision(told, Outcome.ACCEPT, told_at=told.submitted_at)
    query = f"?total=1&waitlist=0&out={told.code}"
    page = decide(desk, query, status=422, **{f"why-{told.code}": "No."}).text
    assert "The speakers were told that they are in: Promised." in page
    assert outcomes() == {"Promised": "accept"}


def test_an_organiser_looks_on_and_does_not_decide(client, edition):
    scored(edition, "Best", 5)
    visitor = client(make_member(edition, Role.ORGANISER))
    page = visitor.get(f"{URL}?total=1").text
    assert "/decide" not in page
    assert "Leave out" not in page
    visitor.get(f"{URL}decide", status=403)
    visitor.post(f"{URL}decide", {"seen": "x"}, status=403)


def test_of_ones_own_proposal_no_figure_is_shown(desk, edition, chair):
    own = scored(edition, "Mine", 5, speakers=[chair])
    page = desk.get(f"{URL}?total=1&waitlist=0").text
    row = page[page.index("standing-score") : page.index("Mine")]
    assert "5.00" not in row
    assert f'value="{own.code}"' not in page
    decide(desk, "?total=1&waitlist=0&score=mean")
    assert "5.00" not in desk.get(f"{URL}log/1/").text


def test_a_selection_of_another_edition_is_unknown_here(desk, edition, chair):
    elsewhere = Selection(
        conference_id=make_conference().id, by_id=chair.id, seed="x", quotas={}, result={}
    )
    database.session.add(elsewhere)
    database.session.flush()
    desk.get(f"{URL}log/{elsewhere.id}/", status=404)
