"""Until when somebody may write: the call, a track's own end, a personal invitation."""

from datetime import timedelta

import pytest

from cfp.conference.models import FormatKind
from cfp.errors import Refused
from cfp.invited import service
from cfp.invited.models import Purpose
from cfp.invited.service import Wanted, doors_of
from cfp.submissions import service as submissions
from cfp.submissions.models import Outcome, SubmissionState, TalkState
from cfp.submissions.service import Content
from tests.make import make_conference, make_format, make_person, make_track

SECOND = timedelta(seconds=1)
WEEK = timedelta(days=7)


@pytest.fixture
def edition(db):
    edition = make_conference()
    make_format(edition)
    make_format(edition, "Keynote", 60, kind=FormatKind.KEYNOTE)
    make_format(edition, "Dinner", 120, kind=FormatKind.OFFER)
    closes = edition.call_closes_at
    make_track(edition, "Usual")
    make_track(edition, "Early", position=1, call_closes_at=closes - WEEK)
    make_track(edition, "Long", position=2, call_closes_at=closes + WEEK)
    return edition


@pytest.fixture
def mila(db):
    return make_person("Mila Sommer")


def content(edition, track=0, format_=0, **more):
    parts = {"track_id": edition.tracks[track].id, "format_id": edition.formats[format_].id}
    return Content("Snow", "It falls.", **parts | more)


@pytest.mark.parametrize(("track", "weeks"), [(0, 0), (1, -1), (2, 1)])
def test_each_track_closes_at_its_own_second(edition, mila, track, weeks):
    last = edition.call_closes_at + weeks * WEEK
    draft, _new = submissions.begin(edition, content(edition, track), key="1", by=mila, at=last)
    submissions.hand_in(draft, by=mila, at=last)
    late = content(edition, track, notes="More")
    with pytest.raises(Refused, match="ended"):
        submissions.change(draft, late, seen=draft.version, by=mila, at=last + SECOND)


def test_what_is_handed_in_does_not_escape_into_a_track_that_is_still_open(edition, mila, now):
    draft, _new = submissions.begin(edition, content(edition, 1), key="1", by=mila, at=now)
    submissions.hand_in(draft, by=mila, at=now)
    after = edition.call_closes_at - WEEK + SECOND
    with pytest.raises(Refused, match="track has ended"):
        submissions.change(draft, content(edition, 0), seen=draft.version, by=mila, at=after)


def invited(edition, person, now, purpose=Purpose.LATE, **more):
    until = edition.call_closes_at + 3 * WEEK
    one = service.invite(
        edition, Wanted(purpose, until, "Mila", **more), by=make_person("Chair"), at=now
    )
    service.take_up(one, by=person, at=now)
    return one


def test_a_late_link_opens_the_closed_call_for_one_person_until_a_moment(edition, mila, now):
    one = invited(edition, mila, now)
    late = edition.call_closes_at + 2 * WEEK
    assert doors_of(edition, [mila.id], late).are_open(edition.tracks[1].id, late)
    assert not doors_of(edition, [make_person().id], late).are_open(None, late)
    draft, _new = submissions.begin(edition, content(edition), key="1", by=mila, at=late)
    submissions.hand_in(draft, by=mila, at=one.until)
    with pytest.raises(Refused, match="ended"):
        submissions.change(
            draft, content(edition, notes="x"), seen=draft.version, by=mila, at=one.until + SECOND
        )


def test_a_late_link_that_was_taken_back_opens_nothing(edition, mila, now):
    one = invited(edition, mila, now)
    service.take_back(one, by=mila, at=now)
    late = edition.call_closes_at + SECOND * 2
    with pytest.raises(Refused, match="ended"):
        submissions.begin(edition, content(edition, 0), key="1", by=mila, at=late + WEEK)


def test_nobody_chooses_a_keynote_without_an_invitation(edition, mila, now):
    with pytest.raises(Refused) as refused:
        submissions.begin(edition, content(edition, format_=1), key="1", by=mila, at=now)
    assert refused.value.field == "format_id"


def test_an_invited_keynote_is_accepted_as_it_is_handed_in(edition, mila, now):
    one = invited(edition, mila, now, Purpose.KEYNOTE, format_id=edition.formats[1].id)
    draft, _new = submissions.begin(edition, content(edition, format_=1), key="1", by=mila, at=now)
    submissions.hand_in(draft, by=mila, at=now)
    assert (draft.decision.outcome, draft.decision.by) == (Outcome.ACCEPT, one.by)
    assert draft.decision.told_at == now
    assert draft.talk.state is TalkState.CONFIRMED


def test_a_keynote_needs_a_format_by_invitation_and_a_day_to_come(edition, mila, now):
    wrong = Wanted(Purpose.KEYNOTE, now + WEEK, "Mila", format_id=edition.formats[0].id)
    with pytest.raises(Refused, match="by invitation only"):
        service.invite(edition, wrong, by=mila, at=now)
    with pytest.raises(Refused, match="still to come"):
        service.invite(edition, Wanted(Purpose.LATE, now, "Mila"), by=mila, at=now)


def test_an_offer_says_how_many_people_it_takes_along(edition, mila, now):
    draft, _new = submissions.begin(edition, content(edition, format_=2), key="1", by=mila, at=now)
    with pytest.raises(Refused) as refused:
        submissions.hand_in(draft, by=mila, at=now)
    assert refused.value.field == "people_most"
    whole = content(edition, format_=2, people_most=20)
    submissions.change(draft, whole, seen=draft.version, by=mila, at=now)
    submissions.hand_in(draft, by=mila, at=now)
    assert (draft.state, draft.people_most) == (SubmissionState.SUBMITTED, 20)
