"""After the yes: what speakers change at once, what needs the organisers' yes, travel and hotel."""

from datetime import date

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.invited.queries import to_speak
from cfp.mail.models import Message
from cfp.submissions import queries, service
from cfp.submissions.models import Availability, ChangeRequest, RequestState, Stay, TalkState
from cfp.submissions.service import stays, talks
from cfp.submissions.service.stays import Needs
from cfp.submissions.service.talks import Free, Wanted
from tests.make import make_format, make_member, make_person, make_submission, make_talk
from tests.visitor import rows


@pytest.fixture
def talk(edition, mila):
    talk = make_talk(edition, speakers=[mila, make_person("Joana Costa")])
    talk.submission.decision.told_at = edition.call_opens_at
    for speaker in talk.submission.speakers:
        speaker.confirmed_at = edition.call_opens_at
    database.session.flush()
    return talk


@pytest.fixture
def organiser(client, edition):
    return client(make_member(edition, Role.ORGANISER))


def wanted(talk, **changes):
    return Wanted(**{"title": talk.title, "format_id": talk.format_id} | changes)


def ask(talk, mila, now, **changes):
    return talks.ask_for(talk.submission, wanted(talk, **changes), why="", by=mila, at=now)


def test_the_text_changes_at_once_and_the_proposal_stays_as_it_was_judged(talk, mila, now):
    judged = talk.submission.abstract
    talks.change_freely(
        talk.submission, Free("Anew", "A subtitle", recording_consent=False), by=mila, at=now
    )
    assert (talk.abstract, talk.subtitle) == ("Anew", "A subtitle")
    assert not talk.recording_consent
    assert talk.submission.abstract == judged


def test_title_and_length_wait_for_a_yes(talk, edition, mila, now):
    longer = make_format(edition, "Workshop", 90, position=1)
    before = talk.title, talk.minutes
    request = ask(talk, mila, now, title="Hail", format_id=longer.id)
    assert (talk.title, talk.minutes) == before
    talks.agree(request, by=make_person(), at=now)
    assert (talk.title, talk.minutes, talk.format) == ("Hail", 90, longer)
    assert talk.state is TalkState.CONFIRMED
    with pytest.raises(Refused, match="meanwhile"):
        talks.refuse(request, by=make_person(), at=now)


def test_a_no_leaves_everything_as_it_is(talk, mila, now):
    request = ask(talk, mila, now, title="Hail")
    talks.refuse(request, by=make_person(), at=now, answer="It is printed already.")
    assert talk.title != "Hail"
    assert (request.state, request.answer) == (RequestState.REFUSED, "It is printed already.")


def test_what_is_not_different_is_not_asked_and_a_newer_wish_takes_the_place(talk, mila, now):
    assert ask(talk, mila, now) is None
    first, second = ask(talk, mila, now, title="Hail"), ask(talk, mila, now, title="Ice")
    assert first.state is RequestState.WITHDRAWN
    assert database.session.scalar(queries.open_request(talk.submission)) is second


def test_an_added_speaker_is_invited_after_the_yes_and_another_leaves(talk, mila, now):
    joana = talk.submission.speakers[1].person
    request = ask(talk, mila, now, add=("kim@example.org",), remove=(joana.code,))
    assert rows(Message) == 0
    talks.agree(request, by=make_person(), at=now)
    assert [s.person for s in talk.submission.speakers] == [mila]
    one = database.session.query(Message).one()
    assert one.to == "kim@example.org"
    [invitation] = database.session.scalars(to_speak(talk.submission_id))
    kim = make_person("Kim")
    service.join(talk.submission, invitation, by=kim, at=now)
    assert talk.submission.speakers[-1].confirmed_at == now
    assert talk.state is TalkState.CONFIRMED


def test_somebody_has_to_stay(talk, mila, now):
    everybody = tuple(s.person.code for s in talk.submission.speakers)
    with pytest.raises(Refused) as refused:
        ask(talk, mila, now, remove=everybody)
    assert refused.value.field == "remove"


def test_there_is_nothing_to_change_before_the_letter_or_once_it_is_cancelled(talk, mila, now):
    talk.state = TalkState.CANCELLED
    with pytest.raises(Refused, match="no session"):
        ask(talk, mila, now, title="Hail")
    talk.state, talk.submission.decision.told_at = TalkState.CONFIRMED, None
    with pytest.raises(Refused, match="no session"):
        talks.change_freely(talk.submission, Free("", "", recording_consent=True), by=mila, at=now)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (None, None, "arrives_on"),
        (date(2027, 5, 9), None, "leaves_on"),
        (date(2027, 5, 9), date(2027, 5, 9), "leaves_on"),
        (date(2027, 1, 1), date(2027, 5, 12), "arrives_on"),
    ],
)
def test_a_hotel_needs_nights_around_the_conference(edition, mila, now, first, last, field):
    needs = Needs(needs_hotel=True, arrives_on=first, leaves_on=last)
    with pytest.raises(Refused) as refused:
        stays.set_stay(mila, edition, needs, at=now)
    assert refused.value.field == field


# In the browser


def form(talk, **changes):
    known = {"abstract": talk.abstract, "title": talk.title, "format_id": str(talk.format_id)}
    return known | changes


def test_from_the_wish_to_the_letter(visitor, organiser, talk):
    place = f"/here/proposals/{talk.submission.code}/"
    page = visitor.get(place).text
    assert "Change the session" in page
    assert f"/talk/{talk.code}/links/" in page
    visitor.get(f"{place}session")
    visitor.post(f"{place}session", form(talk, abstract="At once.", title="Hail", why="It melted."))
    assert talk.abstract == "At once."
    assert "Hail" in visitor.get(place).text
    page = organiser.get("/here/team/proposals/changes/").text
    assert f"<del>{talk.title}</del>" in page
    assert "<ins>Hail</ins>" in page
    wish = database.session.query(ChangeRequest).one().code
    here = f"/here/team/proposals/changes/{wish}"
    assert "xxx" in organiser.post(f"{here}/agree", {"answer": "x" * 1001}, status=422).text
    organiser.post(f"{here}/agree", {"answer": "Gladly."})
    organiser.post(f"{here}/agree", status=409)
    assert talk.title == "Hail"
    assert "Gladly." in database.session.query(Message).one().body
    visitor.post(f"{place}session/leave-it")  # nothing is open any more
    assert "agreed" in visitor.get(place).text


def test_other_speakers_talks_and_other_editions_wishes_are_not_found(visitor, organiser, edition):
    theirs = make_talk(edition).submission.code
    visitor.get(f"/here/proposals/{theirs}/session", status=404)
    visitor.post(f"/here/proposals/{theirs}/session/leave-it", status=404)
    elsewhere = make_submission()
    request = ChangeRequest(submission=elsewhere, by=make_person(), wanted={"title": "Hail"})
    database.session.add(request)
    database.session.flush()
    organiser.post(f"/here/team/proposals/changes/{request.code}/agree", status=404)


def test_days_travel_and_hotel_from_the_desk_to_the_organisers_table(visitor, organiser, talk):
    page = visitor.get("/here/my/").text
    assert "/here/my/stay" in page
    visitor.get("/here/my/availability")
    visitor.post("/here/my/availability", {"half_0": "no", "half_1": "yes", "half_2": "yes"})
    assert rows(Availability) == 1
    hours = {"half_0": "if_need_be", "hours_0": ["9", "10"], "hours_1": ["99"]}
    visitor.post("/here/my/availability", hours, status=422)
    visitor.post("/here/my/availability", hours | {"hours_1": []})
    assert rows(Availability) == 3  # before, not at all, after
    assert visitor.get("/here/my/availability").text.count('value="9" checked') == 1
    visitor.get("/here/my/stay")
    said = {"comes_from": "=Riga", "needs_travel": "y", "travel_cost": "180", "needs_hotel": "y"}
    visitor.post("/here/my/stay", said | {"arrives_on": "2027-05-09"}, status=422)
    nights = {"arrives_on": "2027-05-09", "leaves_on": "2027-05-12", "wishes": "A ramp."}
    visitor.post("/here/my/stay", said | nights)
    assert rows(Stay) == 1
    mila = talk.submission.speakers[0].person
    mila.employer, talk.submission.travel_sponsor, talk.state = (
        "Nordwind",
        True,
        TalkState.CONFIRMED,
    )
    page = organiser.get("/here/team/proposals/travel/").text
    assert "may be named for it: Nordwind." in page
    assert "3 nights" in page
    assert "travel would cost 180 euros" in page
    assert "has not said" in page  # of Joana
    table = organiser.get("/here/team/proposals/travel.csv").text
    assert "'=Riga" in table
