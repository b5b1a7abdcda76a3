"""An edition is created by an administrator, described, cloned, and given its deadlines."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cfp.access import Role
from cfp.conference.models import Conference, Membership, Publicity
from cfp.conference.service import editions
from cfp.conference.service.editions import Basics
from cfp.conference.service.plan import Plan, plan_of
from cfp.db import db as database
from cfp.errors import Refused
from cfp.people.models import LogEntry
from tests.make import make_conference, make_format, make_person, make_room, make_track
from tests.visitor import rows

BASICS = Basics(name="FOSS Backstage", starts_on=date(2028, 3, 13), ends_on=date(2028, 3, 14))


@pytest.fixture
def admin(db):
    return make_person(is_admin=True)


def create(admin, at, slug="foss-2028", basics=BASICS, **more):
    return editions.create_edition(slug, basics, reserved={"account"}, by=admin, at=at, **more)


def test_its_creator_organises_and_chairs_it(admin, now):
    conference = create(admin, now)
    roles = {(m.person, m.role) for m in database.session.query(Membership)}
    assert roles == {(admin, Role.ORGANISER), (admin, Role.CHAIR)}
    assert conference.publicity is Publicity.DRAFT


@pytest.mark.parametrize("slug", ["", "-a", "a-", "FOSS", "föss", "a b", "a/b", "a.b", "x" * 41])
def test_an_address_is_made_of_small_letters_digits_and_hyphens(admin, now, slug):
    with pytest.raises(Refused) as refused:
        create(admin, now, slug)
    assert refused.value.field == "slug"


@pytest.mark.parametrize("slug", ["account", "taken"])
def test_an_address_that_leads_elsewhere_is_taken(admin, now, slug):
    make_conference(slug="taken")
    with pytest.raises(Refused, match="taken"):
        create(admin, now, slug)
    assert rows(Conference) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": date(2028, 3, 12)}, "ends_on"),
        ({"ends_on": date(2028, 4, 13)}, "ends_on"),
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"accent": 7}, "accent"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(admin, now, changes, field):
    with pytest.raises(Refused) as refused:
        create(admin, now, basics=replace(BASICS, **changes))
    assert refused.value.field == field


def test_a_clone_is_furnished_alike_and_its_deadlines_move_along(admin, now):
    source = make_conference(
        starts_on=date(2027, 3, 15),
        ends_on=date(2027, 3, 16),
        call_text="Tell us.",
        blind=False,
        call_opens_at=datetime(2026, 11, 1, 11, tzinfo=UTC),
        call_closes_at=datetime(2027, 1, 10, 22, 59, 59, tzinfo=UTC),
    )
    make_room(source, "Palais", equipment=["beamer"])
    make_track(source, "Community", colour=4, call_closes_at=source.call_opens_at)
    make_format(source, "Talk", 30)
    conference = create(admin, now, source=source)
    database.session.expire_all()
    assert [(r.name, r.capacity, r.equipment) for r in conference.rooms] == [
        ("Palais", 100, ["beamer"])
    ]
    assert [(t.name, t.colour) for t in conference.tracks] == [("Community", 4)]
    assert conference.tracks[0].call_closes_at == datetime(2027, 10, 31, 11, tzinfo=UTC)
    assert [(f.name, f.minutes) for f in conference.formats] == [("Talk", 30)]
    assert (conference.call_text, conference.blind) == ("Tell us.", False)
    assert conference.call_closes_at == datetime(2028, 1, 9, 22, 59, 59, tzinfo=UTC)
    assert [r.conference_id for r in source.rooms] == [source.id]


def test_a_cloned_deadline_keeps_its_hour_across_summer_time(admin, now):
    source = make_conference(
        starts_on=date(2027, 3, 15),
        ends_on=date(2027, 3, 16),
        call_opens_at=datetime(2027, 1, 1, 11, tzinfo=UTC),
        call_closes_at=datetime(2027, 1, 10, 22, 59, 59, tzinfo=UTC),
    )
    summer = replace(BASICS, starts_on=date(2027, 9, 15), ends_on=date(2027, 9, 16))
    conference = create(admin, now, basics=summer, source=source)
    assert conference.call_closes_at == datetime(2027, 7, 13, 21, 59, 59, tzinfo=UTC)


def test_what_changed_is_on_record_with_what_it_was(admin, now):
    conference = make_conference(name="Old", city="Berlin")
    editions.describe(
        conference,
        Basics("New", conference.starts_on, conference.ends_on, city="Berlin"),
        by=admin,
        at=now,
    )
    entry = database.session.query(LogEntry).one()
    assert entry.details["changed"] == {"name": ["Old", "New"], "publicity": ["public", "draft"]}
    assert (entry.conference_id, entry.person_id) == (conference.id, admin.id)


def test_saving_what_is_there_already_leaves_no_trace(admin, now):
    conference = make_conference()
    editions.plan(conference, plan_of(conference), by=admin, at=now)
    assert rows(LogEntry) == 0


OPENS, CLOSES = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        (CLOSES, OPENS, "call_closes_at"),
        (OPENS, OPENS, "call_closes_at"),
        (None, CLOSES, "call_opens_at"),
    ],
)
def test_a_call_opens_before_it_closes(admin, now, opens, closes, field):
    conference = make_conference()
    before = conference.call_closes_at
    with pytest.raises(Refused) as refused:
        editions.plan(
            conference, Plan(call_opens_at=opens, call_closes_at=closes), by=admin, at=now
        )
    assert refused.value.field == field
    assert conference.call_closes_at == before
