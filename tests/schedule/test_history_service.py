"""Undo and redo: one's own steps, in order, never over what somebody else did since."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfp.access import Role
from cfp.conference.models import Room
from cfp.db import db as database
from cfp.errors import Refused
from cfp.schedule import service
from cfp.schedule.models import Step, StepKind
from cfp.schedule.problem import Place
from cfp.submissions.models import TalkState
from tests.make import make_member
from tests.schedule.edition import Edition
from tests.visitor import rows


@pytest.fixture
def edition(db):
    return Edition(rooms=2, talks=4)


def undo(edition, person=None):
    return service.undo(edition.conference, **edition.by | ({"by": person} if person else {}))


def redo(edition):
    return service.redo(edition.conference, **edition.by)


def states(edition):
    """Where everything stands, pins included."""
    return {
        p.talk.title: (p.room.name, p.starts_at, p.pinned) for p in edition.programme.placements
    }


def test_a_move_is_taken_back_and_done_again(edition):
    edition.place(hour=9)
    edition.place(hour=14, room=2)
    undo(edition)
    assert edition.places == {"Talk 1": ("Room 1", "10 09:00")}
    undo(edition)
    assert edition.places == {}
    redo(edition)
    redo(edition)
    assert edition.places == {"Talk 1": ("Room 2", "10 14:00")}


def test_pins_swaps_and_plans_are_steps_too(edition):
    edition.place(talk=1, hour=9)
    edition.place(talk=2, hour=14, room=2)
    one, other = edition.talks[:2]
    seen = [states(edition)]
    service.pin(edition.conference, one, pinned=True, **edition.by)
    seen.append(states(edition))
    service.swap(edition.conference, one, other, **edition.by)
    seen.append(states(edition))
    plan = {str(edition.talks[3].id): Place(str(edition.rooms[0].id), edition.at(10))}
    service.adopt(edition.conference, plan, **edition.by)
    for before in reversed(seen):
        undo(edition)
        assert states(edition) == before


def test_who_does_something_new_cannot_redo_the_old(edition):
    edition.place(hour=9)
    undo(edition)
    edition.place(talk=2, hour=10)
    with pytest.raises(Refused, match="nothing of yours to do again"):
        redo(edition)


def test_everybody_takes_back_only_their_own_steps(edition):
    colleague = make_member(edition.conference, Role.CHAIR)
    edition.place(talk=1, hour=9)
    edition.place(talk=2, hour=10, by=colleague)
    undo(edition)
    assert edition.places == {"Talk 2": ("Room 1", "10 10:00")}
    with pytest.raises(Refused, match="nothing of yours to take back"):
        undo(edition)
    undo(edition, colleague)
    assert edition.places == {}


def test_what_somebody_else_moved_since_is_not_taken_back(edition):
    colleague = make_member(edition.conference, Role.CHAIR)
    edition.place(talk=1, hour=9)
    edition.place(talk=1, hour=11, by=colleague)
    with pytest.raises(Refused, match="The chair moved “Talk 1” to Room 1, Mon 10 May, 11:00"):
        undo(edition)
    assert edition.places == {"Talk 1": ("Room 1", "10 11:00")}


def test_what_was_overtaken_is_history_and_one_goes_on_before_it(client, edition):
    colleague = make_member(edition.conference, Role.CHAIR)
    edition.place(talk=2, hour=10)
    edition.place(talk=1, hour=9)
    edition.place(talk=1, hour=11, by=colleague)
    organiser, url = client(edition.organiser), edition.url("draft/undo")
    organiser.post(url, {"edit": str(edition.programme.edit)}, status=409)
    organiser.post(url, {"edit": str(edition.programme.edit)})
    assert edition.places == {"Talk 1": ("Room 1", "10 11:00")}


def test_a_cancelled_session_is_left_out_of_what_is_taken_back(edition):
    service.put(
        edition.conference,
        {t: (edition.rooms[0], edition.at(9 + n)) for n, t in enumerate(edition.talks[:2])},
        **edition.by,
    )
    edition.talks[0].state = TalkState.CANCELLED
    undo(edition)
    assert edition.places == {}


def test_a_room_that_is_gone_cannot_be_moved_back_to(edition):
    edition.place(hour=9, room=2)
    edition.place(hour=9, room=1)
    service.set_openings(
        edition.conference, [edition.rooms[1]], edition.conference.days, None, **edition.by
    )
    database.session.delete(database.session.get_one(Room, edition.rooms[1].id))
    database.session.flush()
    database.session.expire_all()
    with pytest.raises(Refused, match="That room is not there any more"):
        undo(edition)


def test_what_changes_nothing_is_no_step(edition):
    edition.place(hour=9)
    edition.place(hour=9)
    assert rows(Step) == 1


def test_a_step_remembers_only_what_moved(edition):
    edition.place(talk=1, hour=9)
    edition.place(talk=2, hour=10)
    room = str(edition.rooms[0].id)
    plan = {
        str(edition.talks[0].id): Place(room, edition.at(9)),
        str(edition.talks[1].id): Place(room, edition.at(12)),
    }
    service.adopt(edition.conference, plan, **edition.by)
    step = database.session.query(Step).filter_by(kind=StepKind.PLANNED).one()
    assert set(step.after) == {str(edition.talks[1].id)}


verbs = st.lists(
    st.one_of(
        st.tuples(st.just("place"), st.integers(0, 3), st.integers(9, 15)),
        st.tuples(st.just("off"), st.integers(0, 3), st.just(0)),
        st.tuples(st.just("pin"), st.integers(0, 3), st.integers(0, 1)),
        st.tuples(st.just("swap"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("undo"), st.just(0), st.just(0)),
        st.tuples(st.just("redo"), st.just(0), st.just(0)),
    ),
    max_size=12,
)


def do(edition, verb, talk, number):
    conference, one = edition.conference, edition.talks[talk]
    {
        "place": lambda: edition.place(talk=talk + 1, hour=number),
        "off": lambda: service.unplace(conference, one, **edition.by),
        "pin": lambda: service.pin(conference, one, pinned=bool(number), **edition.by),
        "swap": lambda: service.swap(conference, one, edition.talks[number], **edition.by),
        "undo": lambda: undo(edition),
        "redo": lambda: redo(edition),
    }[verb]()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verbs)
def test_behaves_like_a_stack_of_states(edition, done):
    """The oracle: a list of all states so far, and where in it one is."""
    service.put(edition.conference, dict.fromkeys(edition.talks), **edition.by)
    database.session.query(Step).delete()
    stack, here = [states(edition)], 0
    for verb in done:
        try:
            do(edition, *verb)
        except Refused:
            assert verb[0] != "undo" or here == 0
            assert verb[0] != "redo" or here == len(stack) - 1
            continue
        now = states(edition)
        if verb[0] in {"undo", "redo"}:
            here += 1 if verb[0] == "redo" else -1
            assert now == stack[here]
        elif now != stack[here]:
            stack, here = [*stack[: here + 1], now], here + 1
