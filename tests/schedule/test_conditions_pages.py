"""What a session needs: said in its panel, held by the rule book from then on."""

from datetime import time

import pytest

from cfp.schedule import puzzle, rules, service
from tests.schedule.edition import Edition


@pytest.fixture
def edition(db):
    edition = Edition(rooms=2, talks=2)
    edition.rooms[0].equipment = ["HDMI", "stage"]
    edition.place(talk=1, hour=9, room=2)
    edition.place(talk=2, hour=9, room=1)
    return edition


def say(visitor, edition, status=302, **said):
    code = edition.talks[0].code
    fields = {f"needs-{name}": value for name, value in said.items()}
    fields["needs-edit"] = str(edition.programme.edit)
    return visitor.post(edition.url(f"draft/{code}/needs"), fields, status=status)


def clashes(edition):
    programme = edition.programme
    timetable = puzzle.timetable_of(programme.placements)
    return {clash.rule for clash in rules.clashes(puzzle.problem_of(programme), timetable)}


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"plenary": "1"}, "plenary"),
        ({"equipment": ["HDMI"]}, "equipment"),
        ({"audience": "101"}, "capacity"),
    ],
)
def test_what_it_needs_is_a_rule_until_it_is_taken_back(client, edition, said, rule):
    organiser = client(edition.organiser)
    assert clashes(edition) == set()
    say(organiser, edition, **said)
    assert clashes(edition) == {rule}
    say(organiser, edition)
    assert clashes(edition) == set()
    assert edition.programme.draft.conditions == {}


def test_the_panel_shows_what_was_said(client, edition):
    organiser = client(edition.organiser)
    say(organiser, edition, equipment=["HDMI"], audience="40")
    page = organiser.get(edition.url("draft/"), query_string={"talk": edition.talks[0].code}).text
    assert 'value="40"' in page
    assert page.count("checked") == 1


@pytest.mark.parametrize("said", [{"equipment": ["lions"]}, {"audience": "0"}, {"audience": "x"}])
def test_what_no_room_has_and_nobody_counts_comes_back(client, edition, said):
    page = say(client(edition.organiser), edition, status=422, **said)
    assert "Please check what you entered" in page.text
    assert clashes(edition) == set()


def test_somebody_chairs_the_block_between_two_breaks(db, client):
    edition = Edition(rooms=2, talks=4)
    conference, day = edition.conference, edition.conference.days[0]
    service.add_break(conference, "Coffee", day, (time(11), time(11, 30)), **edition.by)
    edition.place(talk=1, hour=9, room=2)
    edition.place(talk=2, hour=9, minute=45, room=2)
    edition.place(talk=3, hour=12, room=2)  # after the coffee
    edition.place(talk=4, hour=10, room=1)  # next door
    chair = edition.speaker(4)
    say(client(edition.organiser), edition, chair=str(chair.id), whole_block="y")
    told = edition.programme.decided
    chaired = [told.of(str(talk.id)).chairs == (chair.id,) for talk in edition.talks]
    assert chaired == [True, True, False, False]
