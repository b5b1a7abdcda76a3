"""Writing a proposal: a draft needs a title, handing in the rest; deadlines last a second."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cfp import clock
from cfp.db import db as database
from cfp.errors import Refused
from cfp.people.models import LogEntry
from cfp.submissions import service
from cfp.submissions.models import (
    Level,
    Speaker,
    Submission,
    SubmissionState,
    TalkState,
)
from cfp.submissions.service import Content
from tests.make import (
    make_conference,
    make_decision,
    make_format,
    make_person,
    make_submission,
    make_talk,
    make_track,
)
from tests.visitor import rows


@pytest.fixture
def conference(db):
    conference = make_conference()
    make_format(conference)
    make_track(conference)
    return conference


@pytest.fixture
def speaker(db):
    return make_person("Mila Sommer")


def complete(conference, **changes):
    content = Content(
        title="Snow",
        abstract="It falls.",
        track_id=conference.tracks[0].id,
        format_id=conference.formats[0].id,
        level=Level.BEGINNER,
    )
    return replace(content, **changes)


def begun(conference, speaker, at, **changes):
    content = complete(conference, **changes)
    return service.begin(conference, content, key="k", by=speaker, at=at)[0]


# Beginning


def test_a_draft_needs_nothing_but_a_title(conference, speaker, now):
    draft, is_new = service.begin(conference, Content("Snow"), key="1", by=speaker, at=now)
    assert is_new
    assert (draft.state, [s.person for s in draft.speakers]) == (SubmissionState.DRAFT, [speaker])


def test_a_draft_without_a_title_is_refused_at_its_field(conference, speaker, now):
    with pytest.raises(Refused) as refused:
        service.begin(conference, Content(""), key="1", by=speaker, at=now)
    assert refused.value.field == "title"
    assert rows(Submission) == 0


def test_a_double_click_begins_one_proposal(conference, speaker, now):
    first = service.begin(conference, Content("Snow"), key="1", by=speaker, at=now)
    second = service.begin(conference, Content("Snow"), key="1", by=speaker, at=now)
    assert (first[0], True, False) == (second[0], first[1], second[1])
    assert (rows(Submission), rows(Speaker)) == (1, 1)


def test_one_persons_key_finds_nobody_elses_proposal(conference, speaker, now):
    mine, _new = service.begin(conference, Content("Snow"), key="1", by=speaker, at=now)
    theirs, is_new = service.begin(conference, Content("Rain"), key="1", by=make_person(), at=now)
    assert is_new
    assert theirs is not mine


def test_nobody_floods_the_committee(conference, speaker, now):
    for number in range(service.proposals.MOST_PROPOSALS):
        service.begin(conference, Content("Snow"), key=str(number), by=speaker, at=now)
    with pytest.raises(Refused, match="as many as one may have"):
        service.begin(conference, Content("Snow"), key="more", by=speaker, at=now)


@pytest.mark.parametrize("field", ["track_id", "format_id"])
def test_what_belongs_to_another_edition_cannot_be_chosen(conference, speaker, now, field):
    other = make_conference()
    make_track(other)
    foreign = {"track_id": other.tracks[0].id, "format_id": make_format(other).id}[field]
    with pytest.raises(Refused) as refused:
        begun(conference, speaker, now, **{field: foreign})
    assert refused.value.field == field


# The call


def test_nothing_begins_before_the_call_opens(conference, speaker):
    early = conference.call_opens_at - timedelta(seconds=1)
    with pytest.raises(Refused, match="not open yet"):
        begun(conference, speaker, early)
    assert begun(conference, speaker, conference.call_opens_at)


def test_nothing_begins_where_no_call_is_planned(speaker, now):
    conference = make_conference(call_opens_at=None, call_closes_at=None)
    with pytest.raises(Refused, match="not open yet"):
        service.begin(conference, Content("Snow"), key="1", by=speaker, at=now)


def test_the_deadlines_last_second_counts_on_the_clock_of_the_conference(conference, speaker, now):
    conference.timezone = "Asia/Kolkata"
    midnight = datetime(2027, 3, 1)  # noqa: DTZ001  (what the clock on the wall shows)
    conference.call_closes_at = clock.from_wall(midnight, "Asia/Kolkata") - timedelta(seconds=1)
    assert conference.call_closes_at == datetime(2027, 2, 28, 18, 29, 59, tzinfo=UTC)
    draft = begun(conference, speaker, now)
    last = conference.call_closes_at + timedelta(milliseconds=999)
    service.change(draft, complete(conference, title="Ice"), seen=1, by=speaker, at=last)
    service.hand_in(draft, by=speaker, at=last)
    assert (draft.title, draft.state) == ("Ice", SubmissionState.SUBMITTED)


def test_a_second_later_nothing_changes_any_more(conference, speaker, now):
    draft = begun(conference, speaker, now)
    late = conference.call_closes_at + timedelta(seconds=1)
    with pytest.raises(Refused, match="has ended"):
        service.change(draft, complete(conference, title="Ice"), seen=1, by=speaker, at=late)
    with pytest.raises(Refused, match="has ended"):
        service.hand_in(draft, by=speaker, at=late)
    assert (draft.title, draft.state) == ("Snow", SubmissionState.DRAFT)


# Handing in


def test_a_complete_proposal_is_handed_in_once(conference, speaker, now):
    draft = begun(conference, speaker, now)
    service.hand_in(draft, by=speaker, at=now)
    service.hand_in(draft, by=speaker, at=now + timedelta(hours=1))
    assert (draft.state, draft.submitted_at) == (SubmissionState.SUBMITTED, now)


@pytest.mark.parametrize(
    ("field", "nothing"), [("abstract", ""), ("track_id", None), ("format_id", None)]
)
def test_what_the_committee_needs_must_be_there(conference, speaker, now, field, nothing):
    draft = begun(conference, speaker, now, **{field: nothing})
    with pytest.raises(Refused) as refused:
        service.hand_in(draft, by=speaker, at=now)
    assert refused.value.field == field
    assert draft.state is SubmissionState.DRAFT


def test_an_edition_without_tracks_asks_for_none(speaker, now):
    conference = make_conference()
    make_format(conference)
    content = Content("Snow", abstract="It falls.", format_id=conference.formats[0].id)
    draft, _new = service.begin(conference, content, key="1", by=speaker, at=now)
    service.hand_in(draft, by=speaker, at=now)
    assert draft.state is SubmissionState.SUBMITTED


def test_what_was_handed_in_stays_complete_when_it_changes(conference, speaker, now):
    draft = begun(conference, speaker, now)
    service.hand_in(draft, by=speaker, at=now)
    emptied = complete(conference, abstract="")
    with pytest.raises(Refused) as refused:
        service.change(draft, emptied, seen=draft.version, by=speaker, at=now)
    assert refused.value.field == "abstract"


def test_what_was_withdrawn_may_be_handed_in_again_while_the_call_is_open(conference, speaker, now):
    draft = begun(conference, speaker, now)
    service.hand_in(draft, by=speaker, at=now)
    service.withdraw(draft, by=speaker, at=now)
    service.hand_in(draft, by=speaker, at=now)
    assert draft.state is SubmissionState.SUBMITTED


# Changing


def test_a_change_that_another_tab_has_not_seen_is_refused(conference, speaker, now):
    draft = begun(conference, speaker, now)
    service.change(draft, complete(conference, title="Ice"), seen=1, by=speaker, at=now)
    with pytest.raises(service.SavedElsewhere):
        service.change(draft, complete(conference, title="Hail"), seen=1, by=speaker, at=now)
    assert draft.title == "Ice"
    service.change(draft, complete(conference, title="Hail"), seen=2, by=speaker, at=now)
    assert draft.title == "Hail"


def test_saving_the_same_twice_is_no_quarrel(conference, speaker, now):
    draft = begun(conference, speaker, now)
    ice = complete(conference, title="Ice")
    service.change(draft, ice, seen=1, by=speaker, at=now)
    service.change(draft, ice, seen=1, by=speaker, at=now)
    assert draft.version == 2


def test_the_text_is_frozen_once_the_committee_decided(conference, speaker, now):
    submission = make_submission(conference, speakers=[speaker], abstract="It falls.")
    make_decision(submission)
    with pytest.raises(Refused, match="stays as it is"):
        service.change(submission, complete(conference), seen=1, by=speaker, at=now)


def test_a_change_is_on_record_without_the_text(conference, speaker, now):
    draft = begun(conference, speaker, now)
    service.change(draft, complete(conference, title="Ice"), seen=1, by=speaker, at=now)
    entry = database.session.query(LogEntry).filter_by(action="edited").one()
    assert (entry.person_id, entry.details) == (speaker.id, {"changed": ["title"]})


# Withdrawing and throwing away


def test_withdrawing_is_possible_long_after_the_deadline(conference, speaker):
    submission = make_submission(conference, speakers=[speaker])
    service.withdraw(submission, by=speaker, at=datetime(2027, 5, 9, tzinfo=UTC))
    assert submission.state is SubmissionState.WITHDRAWN


def test_withdrawing_cancels_the_talk(speaker, now):
    talk = make_talk(speakers=[speaker])
    service.withdraw(talk.submission, by=speaker, at=now)
    assert talk.state is TalkState.CANCELLED


def test_a_draft_is_thrown_away_rather_than_withdrawn(conference, speaker, now):
    draft = begun(conference, speaker, now)
    with pytest.raises(Refused, match="never handed in"):
        service.withdraw(draft, by=speaker, at=now)
    service.discard(draft, by=speaker, at=now)
    assert (rows(Submission), rows(Speaker)) == (0, 0)


def test_what_was_handed_in_is_not_thrown_away(speaker, now):
    submission = make_submission(speakers=[speaker])
    with pytest.raises(Refused, match="withdraw it"):
        service.discard(submission, by=speaker, at=now)
