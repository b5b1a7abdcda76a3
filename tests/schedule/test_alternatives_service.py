"""What if: the plan with the least change, adopted or dropped; the draft stays until then."""

from datetime import time

import pytest

from cfp.db import db as database
from cfp.db import transaction
from cfp.errors import Refused
from cfp.jobs.models import JobRun, RunState
from cfp.schedule import service, tasks
from cfp.schedule.models import Alternative, AlternativeState
from cfp.schedule.service import alternatives as what_if
from tests.make import make_format, make_submission
from tests.schedule.edition import Edition
from tests.schedule.test_solve_service import Watcher


@pytest.fixture
def edition(db):
    """Talk 1 and 2 in Room 1, Talk 3 in Room 2; a morning of two hours in each."""
    edition = Edition(rooms=2, talks=3, hours=(time(9), time(11)))
    edition.place(talk=1, hour=9)
    edition.place(talk=2, hour=10)
    edition.place(talk=3, hour=9, room=2)
    return edition


def asked(edition):
    return edition.by | {"open_now": 0}


def solved(alternative, seconds=2):
    """The worker's part; what it found is kept in the run."""
    with transaction():
        pass
    result = tasks.suppose(
        Watcher(),
        conference_id=alternative.conference_id,
        alternative_id=alternative.id,
        seconds=seconds,
    )
    with transaction():
        run = database.session.get_one(JobRun, alternative.run_id)
        run.state, run.result = RunState.DONE, result
    database.session.expire_all()
    return database.session.get_one(Alternative, alternative.id), result


def moves(edition, result):
    """Titles of what stands elsewhere in the plan, or not at all."""
    placed = {str(p.talk_id): [str(p.room_id), p.starts_at] for p in edition.programme.placements}
    found = tasks.puzzle.from_json(result["timetable"])
    planned = {name: [place.room, place.start] for name, place in found.items()}
    talk = edition.programme.talk
    return {talk[name].title for name in placed if planned.get(name) != placed[name]}


def test_a_speaker_who_cancels_takes_only_their_own_session_along(edition):
    alternative = what_if.suppose_speaker_cancels(
        edition.conference, edition.speaker(2), **asked(edition)
    )
    before = edition.places
    alternative, result = solved(alternative)
    assert moves(edition, result) == {"Talk 2"}
    assert edition.places == before
    what_if.adopt_alternative(edition.conference, alternative, **edition.by)
    assert edition.places == {
        "Talk 1": ("Room 1", "10 09:00"),
        "Talk 3": ("Room 2", "10 09:00"),
    }
    assert alternative.state is AlternativeState.ADOPTED


def test_a_session_given_by_two_goes_on_without_the_one_who_cancels(edition):
    from cfp.submissions.models import Speaker  # noqa: PLC0415  (only here)
    from tests.make import make_person  # noqa: PLC0415

    submission = edition.talks[1].submission
    submission.speakers.append(Speaker(person=make_person("Second"), position=1))
    leaving = submission.speakers[0].person
    alternative = what_if.suppose_speaker_cancels(edition.conference, leaving, **asked(edition))
    _alternative, result = solved(alternative)
    assert moves(edition, result) == set()


def test_a_lost_room_moves_what_was_in_it_and_is_closed_when_adopted(edition):
    alternative = what_if.suppose_room_is_lost(
        edition.conference, edition.rooms[1], None, **asked(edition)
    )
    alternative, result = solved(alternative)
    assert moves(edition, result) == {"Talk 3"}
    assert result["unplaced"] == []
    what_if.adopt_alternative(edition.conference, alternative, **edition.by)
    assert edition.places["Talk 3"][0] == "Room 1"
    assert {o.room_id for o in edition.programme.openings} == {edition.rooms[0].id}


def test_a_session_that_has_to_move_is_pinned_there_and_others_make_room(edition):
    there = edition.rooms[0], edition.at(10)
    alternative = what_if.suppose_session_moves(
        edition.conference, edition.talks[2], *there, **asked(edition)
    )
    alternative, result = solved(alternative)
    assert moves(edition, result) == {"Talk 2", "Talk 3"}
    what_if.adopt_alternative(edition.conference, alternative, **edition.by)
    assert edition.places["Talk 3"] == ("Room 1", "10 10:00")
    assert edition.programme.placed[str(edition.talks[2].id)].pinned


def test_proposals_that_are_not_accepted_yet_are_tried(edition):
    lecture = make_format(edition.conference, "Short", 40)
    more = [
        make_submission(edition.conference, title=f"More {n}", format_id=lecture.id)
        for n in range(2)
    ]
    alternative = what_if.suppose_also_accepted(edition.conference, more, **asked(edition))
    alternative, result = solved(alternative)
    assert {title for title, _minutes in result["proposals"].values()} == {"More 0", "More 1"}
    assert result["proposals"].keys() <= result["timetable"].keys()
    assert moves(edition, result) == set()
    what_if.adopt_alternative(edition.conference, alternative, **edition.by)
    assert len(edition.places) == 3


def test_what_does_not_fit_is_named_with_its_reason(edition):
    service.set_openings(
        edition.conference, [edition.rooms[1]], edition.conference.days, None, **edition.by
    )
    edition.place(talk=3, hour=9, minute=40)
    last = edition.conference.days[1:]
    service.set_openings(edition.conference, [edition.rooms[0]], last, None, **edition.by)
    long = make_format(edition.conference, "Long", 90)
    more = [make_submission(edition.conference, title="Too long", format_id=long.id)]
    alternative = what_if.suppose_also_accepted(edition.conference, more, **asked(edition))
    _alternative, result = solved(alternative)
    assert [missing["title"] for missing in result["unplaced"]] == ["Too long"]


def test_a_plan_for_a_draft_that_changed_is_not_adopted_but_asked_again(edition):
    alternative = what_if.suppose_speaker_cancels(
        edition.conference, edition.speaker(2), **asked(edition)
    )
    alternative, _result = solved(alternative)
    edition.place(talk=1, hour=9, minute=5)
    with pytest.raises(Refused, match="Somebody changed the draft"):
        what_if.adopt_alternative(edition.conference, alternative, **edition.by)
    first = alternative.run_id
    what_if.solve_anew(alternative, **edition.by)
    database.session.flush()
    assert alternative.run_id != first


def test_what_is_dropped_is_over(edition):
    alternative = what_if.suppose_speaker_cancels(
        edition.conference, edition.speaker(2), **asked(edition)
    )
    what_if.drop(alternative, **edition.by)
    assert not database.session.get_one(JobRun, alternative.run_id).is_open
    for verb in (
        lambda: what_if.drop(alternative, **edition.by),
        lambda: what_if.adopt_alternative(edition.conference, alternative, **edition.by),
    ):
        with pytest.raises(Refused, match="done already"):
            verb()


def test_six_alternatives_at_most_are_open(edition):
    with pytest.raises(Refused, match="Six alternatives are open"):
        what_if.suppose_speaker_cancels(
            edition.conference, edition.speaker(2), **edition.by, open_now=6
        )
