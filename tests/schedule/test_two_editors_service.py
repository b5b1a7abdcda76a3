"""Two people at one draft: who touches nothing of the other's goes on, who does is told."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfp.access import Role
from cfp.errors import Refused
from cfp.schedule import service
from tests.conftest import NOW
from tests.make import make_member
from tests.schedule.edition import Edition


@pytest.fixture
def edition(db):
    edition = Edition(rooms=2, talks=4)
    edition.place(talk=1, hour=9)
    edition.place(talk=2, hour=9, room=2)
    return edition


def test_a_move_on_an_older_draft_is_made_when_it_touches_nothing_that_changed(edition):
    seen = edition.programme.edit
    edition.place(talk=1, hour=11, edit=seen)
    edition.place(talk=2, hour=15, room=2, edit=seen)
    assert edition.places == {"Talk 1": ("Room 1", "10 11:00"), "Talk 2": ("Room 2", "10 15:00")}


def test_a_session_that_somebody_moved_meanwhile_stays_and_the_sentence_says_where(edition):
    seen = edition.programme.edit
    edition.place(talk=1, hour=11)
    with pytest.raises(Refused) as refused:
        edition.place(talk=1, hour=15, edit=seen)
    assert refused.value.sentence == (
        "Nothing was changed now: The organiser moved “Talk 1” to Room 1, Mon 10 May, 11:00."
    )
    assert edition.places["Talk 1"] == ("Room 1", "10 11:00")


@pytest.mark.parametrize(("minute", "collides"), [(20, True), (39, True), (40, False)])
def test_a_place_that_somebody_took_meanwhile_is_theirs(edition, minute, collides):
    seen = edition.programme.edit
    edition.place(talk=3, hour=14)
    if collides:
        with pytest.raises(Refused, match="moved “Talk 3” to Room 1, Mon 10 May, 14:00"):
            edition.place(talk=4, hour=14, minute=minute, edit=seen)
        assert "Talk 4" not in edition.places
    else:
        edition.place(talk=4, hour=14, minute=minute, edit=seen)
        assert edition.places["Talk 4"] == ("Room 1", f"10 14:{minute}")


def test_a_place_that_somebody_left_again_is_free(edition):
    seen = edition.programme.edit
    edition.place(talk=3, hour=14)
    service.unplace(edition.conference, edition.talks[2], **edition.by)
    edition.place(talk=4, hour=14, edit=seen)
    assert edition.places["Talk 4"] == ("Room 1", "10 14:00")


def test_other_opening_hours_meanwhile_are_no_obstacle(edition):
    seen = edition.programme.edit
    service.set_openings(
        edition.conference, edition.rooms, edition.conference.days, None, **edition.by
    )
    edition.place(talk=1, hour=15, edit=seen)
    assert edition.places["Talk 1"] == ("Room 1", "10 15:00")


@pytest.mark.parametrize("seen", [-1, 10_000])
def test_a_draft_that_nobody_ever_saw_is_refused(edition, seen):
    with pytest.raises(Refused, match="Somebody changed the draft"):
        edition.place(talk=1, hour=15, edit=seen)


def test_a_whole_plan_goes_only_into_the_draft_it_was_made_from(edition):
    seen = edition.programme.edit
    edition.place(talk=3, hour=14)
    with pytest.raises(Refused, match="Somebody changed the draft"):
        service.adopt(edition.conference, {}, edit=seen, **edition.by)


moves = st.lists(
    st.tuples(
        st.integers(1, 4), st.integers(1, 2), st.integers(9, 15), st.sampled_from((0, 20, 40))
    ),
    max_size=6,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(theirs=moves, mine=moves)
def test_no_move_of_anybody_is_ever_lost(edition, theirs, mine):
    """Whatever one person does on an old page, the other's sessions stand where they put them."""
    colleague = make_member(edition.conference, Role.CHAIR)
    seen = edition.programme.edit
    first = edition.places
    for talk, room, hour, minute in theirs:
        edition.place(talk=talk, room=room, hour=hour, minute=minute, by=colleague)
    second = edition.places
    moved = {title for title, place in second.items() if first.get(title) != place}
    for talk, room, hour, minute in mine:
        with suppress(Refused):
            edition.place(talk=talk, room=room, hour=hour, minute=minute, edit=seen, at=NOW)
    assert {t: edition.places[t] for t in moved} == {t: second[t] for t in moved}
