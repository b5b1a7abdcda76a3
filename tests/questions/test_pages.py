"""The form editor in the browser, and the answers of speakers wherever they show."""

import io

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.questions.asking import Kind, Readers
from cfp.questions.models import Answer, AnswerFile, Question
from cfp.submissions.models import SubmissionState
from cfp.submissions.seen import answers_as_seen_by
from tests.bad_input.asking import A_PAGE
from tests.make import (
    make_conference,
    make_format,
    make_member,
    make_person,
    make_submission,
    make_track,
)
from tests.questions.asked import make_question
from tests.submissions.conftest import today  # noqa: F401  (the clock stands still)
from tests.submissions.typed import form, only
from tests.visitor import rows

PAPER = b"%PDF-1.7\ntrailer\n%%EOF\n"


@pytest.fixture
def edition(house):
    edition = make_conference(slug="here")
    make_format(edition)
    make_format(edition, "Workshop", 90, position=1)
    make_track(edition)
    return edition


@pytest.fixture
def mila(house):
    return make_person("Mila Sommer")


@pytest.fixture
def visitor(client, mila):
    return client(mila)


@pytest.fixture
def organiser(client, edition):
    return client(make_member(edition, Role.ORGANISER))


def test_an_organiser_asks_and_the_form_has_it(organiser, visitor, edition):
    organiser.get("/here/team/settings/questions/")
    asked = {"label": "T-shirt", "kind": "choice", "choices": "S\nM\nL", "readers": "team"}
    organiser.post("/here/team/settings/questions/new", asked)
    page = visitor.get("/here/proposals/new?key=1").text
    assert "T-shirt" in page
    assert '<option value="M">M</option>' in page
    assert "T-shirt" in organiser.get("/here/team/settings/questions/").text


def test_an_answer_comes_back_in_the_form_and_shows_on_the_desk(visitor, organiser, edition):
    line = make_question(edition, label="Chairs", code="CHAIRS")
    make_question(edition, Kind.SEVERAL, label="Lights", code="LIGHTS")
    said = {"q_CHAIRS": "Twelve", "q_LIGHTS": ["Red", "Blue"], "hand_in": "1"}
    visitor.post("/here/proposals/new", form(edition, **said))
    code = only().code
    page = visitor.get(f"/here/proposals/{code}/edit").text
    assert 'value="Twelve"' in page
    assert page.count(" checked") >= 2
    assert "Twelve" in visitor.get(f"/here/proposals/{code}/").text
    assert "Red\nBlue" in organiser.get(f"/here/team/proposals/{code}/").text
    table = organiser.get("/here/team/proposals.csv").text
    assert "Chairs,Lights" in table
    assert "Twelve" in table
    organiser.post(f"/here/team/settings/questions/{line.code}/stop")
    assert "Chairs" not in visitor.get(f"/here/proposals/{code}/edit").text
    assert "Twelve" in organiser.get(f"/here/team/proposals/{code}/").text


def test_a_required_answer_is_needed_to_hand_in_and_not_to_save(visitor, edition):
    make_question(edition, Kind.CONSENT, label="I keep the rules", code="RULES", is_required=True)
    page = visitor.post("/here/proposals/new", form(edition, hand_in="1"), status=422).text
    assert "cannot be handed in" in page
    assert "Snow" in page
    visitor.post("/here/proposals/new", form(edition))
    assert only().state is SubmissionState.DRAFT
    data = form(edition, version=str(only().version), q_RULES="y", hand_in="1")
    visitor.post(f"/here/proposals/{only().code}/edit", data)
    assert only().state is SubmissionState.SUBMITTED
    taken_back = form(edition, version=str(only().version))
    visitor.post(f"/here/proposals/{only().code}/edit", taken_back, status=422)
    assert rows(Answer) == 1


def test_a_workshop_is_asked_what_a_talk_is_not(visitor, edition):
    workshop = edition.formats[1].id
    make_question(edition, label="Tables", code="TABLES", is_required=True, formats=[workshop])
    assert "Only for: Workshop" in visitor.get("/here/proposals/new?key=1").text
    visitor.post("/here/proposals/new", form(edition, hand_in="1"))
    other = form(edition, key="2", format_id=str(workshop), hand_in="1")
    page = visitor.post("/here/proposals/new", other, status=422).text
    assert "Please answer this." in page


def test_an_answer_changed_in_another_tab_is_not_overwritten_unseen(visitor, edition):
    make_question(edition, label="Chairs", code="CHAIRS")
    visitor.post("/here/proposals/new", form(edition, q_CHAIRS="Ten"))
    place, version = f"/here/proposals/{only().code}/edit", str(only().version)
    visitor.post(place, form(edition, version=version, q_CHAIRS="Eleven"))
    page = visitor.post(place, form(edition, version=version, q_CHAIRS="Nine"), status=422).text
    assert "saved elsewhere" in page
    assert 'value="Nine"' in page
    assert database.session.query(Answer).one().text == "Eleven"


def send_file(visitor, edition, data, name="Plan \u202egnp.exe", **more):
    fields = form(edition, **more) | {"csrf_token": visitor.token()}
    fields["q_PLAN"] = (io.BytesIO(data), name)
    return visitor.browser.post("/here/proposals/new", data=fields)


def test_a_file_is_kept_and_handed_out_sealed(visitor, organiser, client, edition):
    make_question(edition, Kind.FILE, label="Stage plan", code="PLAN")
    assert send_file(visitor, edition, A_PAGE).status_code == 302
    data = form(edition, version="2", q_PLAN=(io.BytesIO(PAPER), "Plan \u202egnp.exe"))
    visitor.post(f"/here/proposals/{only().code}/edit", data)  # a better one
    database.session.expire_all()
    file = database.session.query(AnswerFile).one()
    place = f"/here/proposals/{only().code}/files/{file.code}"
    answer = visitor.get(place)
    assert answer.data == PAPER
    assert answer.headers["Content-Disposition"].endswith("Plan%20gnp.pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    organiser.get(place, status=404)  # a draft belongs to its author
    client(make_person()).get(place, status=404)
    only().state = SubmissionState.SUBMITTED
    organiser.get(place)
    client(make_member(edition, Role.REVIEWER)).get(place, status=404)


def test_a_file_of_another_kind_gets_a_sentence_and_the_rest_stays(visitor, edition):
    make_question(edition, Kind.FILE, label="Stage plan", code="PLAN")
    answer = send_file(visitor, edition, b"MZ an executable")
    assert answer.status_code == 422
    assert "none of the files that can be taken: PDF" in answer.text
    assert "Snow" in answer.text
    assert rows(AnswerFile) == 0


def test_reviewers_get_what_is_marked_for_them_and_no_files(db):
    submission = make_submission()
    reviewer = make_member(submission.conference, Role.REVIEWER)
    answers = [
        Answer(question=make_question(submission.conference, **about), text=about["label"])
        for about in (
            {"label": "My company pays"},
            {"label": "Level of noise", "readers": Readers.REVIEWERS},
            {"label": "cv.pdf", "kind": Kind.FILE, "readers": Readers.REVIEWERS},
        )
    ]

    def read(person, role):
        seen = answers_as_seen_by(submission, answers, person, frozenset({role}))
        return [answer.text for answer in seen]

    assert read(reviewer, Role.REVIEWER) == ["Level of noise"]
    assert len(read(reviewer, Role.CHAIR)) == 3
    assert len(read(submission.speakers[0].person, Role.SIGNED_IN)) == 3
    assert read(make_person(), Role.SIGNED_IN) == ["Level of noise"]


def test_another_editions_question_is_not_found(organiser):
    theirs = make_question(make_conference(slug="there"))
    for path in ("", "/up", "/stop", "/remove"):
        organiser.post(f"/here/team/settings/questions/{theirs.code}{path}", status=404)
    assert rows(Question) == 1
