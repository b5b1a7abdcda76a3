"""The committee's pages: progress, conflicts, and the sharing out of reviews."""

import re
from datetime import timedelta

import pytest

from cfp import clock
from cfp.access import Role
from cfp.conference.models import Membership
from cfp.db import db as database
from cfp.jobs import service as jobs
from cfp.jobs.models import JobRun, RunState
from cfp.mail.models import Message
from cfp.people.models import Person
from cfp.reviews.models import Assignment, AssignmentState, DeclaredConflict
from tests.make import (
    make_assignment,
    make_conference,
    make_member,
    make_person,
    make_review,
    make_submission,
    make_track,
)
from tests.visitor import rows

DRAFT, PUBLISHED = AssignmentState.DRAFT, AssignmentState.PUBLISHED
HOME = "/b27/team/reviews/"


@pytest.fixture
def edition(house):
    return make_conference(slug="b27", reviews_due_at=clock.now() + timedelta(days=5))


@pytest.fixture
def chair(edition):
    return make_member(edition, Role.CHAIR, make_person("Chiara"))


@pytest.fixture
def desk(client, chair):
    return client(chair)


def reviewer(edition, name="Marit Solvaag", **values):
    return make_member(edition, Role.REVIEWER, make_person(name, **values))


def states():
    return set(database.session.scalars(database.select(Assignment.state)))


def heading(page):
    return re.search(r'class="next-step panel">\s*<div><h2>([^<]+)', page)[1]


def test_the_next_step_follows_the_reviews(desk, edition):
    def next_step():
        return heading(desk.get(HOME).text)

    assert next_step() == "Proposals come first"
    submission = make_submission(edition)
    assert next_step() == "Who reviews?"
    marit = reviewer(edition)
    assert next_step() == "Share out the reviews"
    owed = make_assignment(submission, marit, state=DRAFT)
    assert next_step() == "A draft waits for you"
    owed.state = PUBLISHED
    database.session.flush()
    assert next_step() == "Some proposals lack reviewers"
    edition.reviews_each = 1
    database.session.flush()
    assert next_step() == "Reviewers are reading"
    make_review(submission, marit)
    assert next_step() == "Choose the line-up"


def test_progress_counts_each_reviewer(desk, edition):
    marit = reviewer(edition)
    first, second = make_submission(edition), make_submission(edition)
    make_assignment(first, marit)
    make_assignment(second, marit)
    make_review(first, marit, 5)
    page = desk.get(HOME).text
    assert "1 / 2" in page
    assert "5: I want it" in page


def test_the_overview_stays_within_its_budget(desk, edition):
    for number in range(20):
        marit = reviewer(edition, f"Reviewer {number}")
        for _ in range(5):
            make_assignment(make_submission(edition), marit)
    desk.get(HOME)
    assert len(desk.statements) <= 14


def test_a_track_chair_looks_on_but_takes_nothing_back(client, edition):
    marit = reviewer(edition)
    make_assignment(make_submission(edition), marit)
    visitor = client(make_member(edition, Role.TRACK_CHAIR))
    assert "take-back" not in visitor.get(HOME).text
    visitor.post(f"{HOME}{marit.code}/take-back", status=403)
    visitor.get(f"{HOME}conflicts/", status=403)
    visitor.get(f"{HOME}assignment/", status=403)


def test_late_reviews_are_taken_back_by_name(desk, edition):
    marit = reviewer(edition)
    make_assignment(make_submission(edition), marit)
    desk.post(f"{HOME}{marit.code}/take-back")
    assert states() == {AssignmentState.RECUSED}
    desk.post(f"{HOME}{marit.code}/take-back", status=409)


def test_a_person_without_reviews_here_is_unknown_here(desk):
    elsewhere = make_conference()
    stranger = make_member(elsewhere, Role.REVIEWER)
    make_assignment(make_submission(elsewhere), stranger)
    desk.post(f"{HOME}{stranger.code}/take-back", status=404)


def test_conflicts_stand_with_their_reasons(desk, edition):
    reviewer(edition, employer="Tern Foundation")
    speaker = make_person("Zoe", employer="Tern Foundation e. V.")
    make_submission(edition, title="Snow", speakers=[speaker])
    page = desk.get(f"{HOME}conflicts/").text
    assert "Snow" in page
    assert "Marit Solvaag and Zoe both work for Tern Foundation" in page


def test_the_chair_writes_a_conflict_down_and_lifts_it(desk, edition):
    marit = reviewer(edition)
    submission = make_submission(edition)
    url = f"{HOME}conflicts/"
    data = {"reviewer": marit.code, "proposal": submission.code, "reason": "Neighbours."}
    desk.post(url, data | {"reason": ""}, status=422)
    desk.post(url, data)
    assert "Neighbours." in desk.get(url).text
    conflict = database.session.scalars(database.select(DeclaredConflict)).one()
    desk.post(f"{url}{conflict.id}/lift")
    assert rows(DeclaredConflict) == 0


def test_a_review_that_became_a_conflict_is_taken_back_by_the_chair(desk, edition):
    marit = reviewer(edition)
    speaker = make_person(employer="Tern Foundation")
    given = make_assignment(make_submission(edition, title="Snow", speakers=[speaker]), marit)
    url = f"{HOME}conflicts/"
    assert "before the conflict came up" not in desk.get(url).text
    marit.employer = "Tern Foundation"
    assert "Marit Solvaag, “Snow”" in desk.get(url).text
    assert len(desk.statements) <= 12
    desk.post(f"{url}release")
    assert given.state is AssignmentState.RECUSED
    assert "before the conflict came up" not in desk.get(url).text


def test_forged_reviewers_proposals_and_conflicts_are_refused(desk, edition):
    marit = reviewer(edition)
    submission = make_submission(edition)
    elsewhere = make_submission()
    foreign = make_member(elsewhere.conference, Role.REVIEWER)
    url = f"{HOME}conflicts/"
    for person, proposal in ((foreign, submission), (marit, elsewhere)):
        data = {"reviewer": person.code, "proposal": proposal.code, "reason": "Forged."}
        desk.post(url, data, status=422)
    theirs = DeclaredConflict(submission_id=elsewhere.id, person_id=foreign.id)
    database.session.add(theirs)
    database.session.flush()
    desk.post(f"{url}{theirs.id}/lift", status=404)
    assert rows(DeclaredConflict) == 1


def ask(desk, **values):
    asked = {"each": 2, "balance": 50, "wishes": 67, "seed": 1} | values
    return desk.post(f"{HOME}assignment/", asked)


def test_a_plan_is_asked_for_once_and_watched(desk, edition):
    reviewer(edition)
    make_submission(edition)
    ask(desk)
    ask(desk, each=1)
    run = database.session.scalars(database.select(JobRun)).one()
    assert run.arguments["each"] == 2
    assert "hx-get" in desk.get(f"{HOME}assignment/").text
    fragment = desk.get(f"{HOME}assignment/{run.code}/", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in fragment.headers
    run.state = RunState.DONE
    database.session.flush()
    done = desk.get(f"{HOME}assignment/{run.code}/", headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("wrong", [{"each": 0}, {"each": 10}, {"each": "x"}, {"balance": 101}])
def test_a_plan_has_sensible_numbers(desk, edition, wrong):
    asked = {"each": 2, "balance": 50, "wishes": 67, "seed": 1} | wrong
    desk.post(f"{HOME}assignment/", asked, status=422)
    assert rows(JobRun) == 0


def test_the_worker_makes_the_draft_that_the_chair_publishes_once(desk, edition):
    for number in range(3):
        reviewer(edition, f"Reviewer {number}")
    for _ in range(4):
        make_submission(edition)
    ask(desk, each=3)
    assert jobs.run_waiting() == 1
    page = desk.get(f"{HOME}assignment/").text
    assert "12 reviews are given to their reviewers." in page
    assert "3 people get a mail." in page
    assert states() == {DRAFT}
    desk.post(f"{HOME}assignment/publish")
    desk.post(f"{HOME}assignment/publish", status=409)
    assert states() == {PUBLISHED}
    assert rows(Message) == 3


def test_a_shortfall_is_listed_with_its_reason(desk, edition):
    reviewer(edition)
    make_submission(edition, title="Snow")
    ask(desk, each=2)
    jobs.run_waiting()
    page = desk.get(f"{HOME}assignment/").text
    assert "“Snow” lacks one reviewer. Only one reviewer without a conflict" in page


def test_a_refused_publication_changes_nothing_and_mails_nobody(desk, edition):
    marit = reviewer(edition)
    submission = make_submission(edition, title="Snow")
    make_assignment(submission, marit, state=DRAFT)
    make_assignment(make_submission(edition), marit, state=DRAFT)
    database.session.add(DeclaredConflict(submission_id=submission.id, person_id=marit.id))
    page = desk.post(f"{HOME}assignment/publish", status=409).text
    assert "Marit Solvaag and “Snow”" in page
    assert states() == {DRAFT}
    assert rows(Message) == 0


def test_a_chair_does_not_learn_who_reviews_their_own_proposal(desk, edition, chair):
    marit = reviewer(edition)
    make_assignment(make_submission(edition, title="Others"), marit, state=DRAFT)
    make_assignment(make_submission(edition, title="Mine", speakers=[chair]), marit, state=DRAFT)
    page = desk.get(f"{HOME}assignment/").text
    assert "Others" in page
    assert "Mine" not in page


def test_a_draft_can_be_thrown_away(desk, edition):
    make_assignment(make_submission(edition), reviewer(edition), state=DRAFT)
    desk.post(f"{HOME}assignment/discard")
    assert rows(Assignment) == 0
    desk.post(f"{HOME}assignment/discard", status=409)


def test_the_run_of_another_edition_does_not_exist_here(desk, edition):
    elsewhere = make_conference()
    run = jobs.ask("reviews.assign", by=None, at=clock.now(), conference_id=elsewhere.id, each=3)
    desk.get(f"{HOME}assignment/{run.code}/", status=404)


def test_a_reviewer_with_a_track_is_asked_about_it_first(desk, edition):
    law, code = make_track(edition, "Law"), make_track(edition, "Code")
    lawyer, coder = reviewer(edition, "Lawyer"), reviewer(edition, "Coder")
    for person, track in ((lawyer, law), (coder, code)):
        mine = database.update(Membership).where(Membership.person_id == person.id)
        database.session.execute(mine.values(track_id=track.id))
    on_law = make_submission(edition, track_id=law.id)
    on_code = make_submission(edition, track_id=code.id)
    ask(desk, each=1)
    jobs.run_waiting()
    drafted = database.session.execute(
        database.select(Person.name, Assignment.submission_id).join(Assignment.person)
    ).all()
    assert set(drafted) == {("Lawyer", on_law.id), ("Coder", on_code.id)}
