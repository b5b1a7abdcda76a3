"""The kitchen in the browser."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from cfp import clock
from cfp.access import Role
from cfp.catering.models import Caterer, Kitchen, Meal, MealReport, OrderSheet, PastSale
from cfp.catering.service import looking, setting_up
from cfp.db import db as database
from cfp.jobs.models import JobRun
from cfp.people.models import Person
from tests.catering.kitchens import fill_kitchen, make_caterer, make_past
from tests.make import make_conference, make_member
from tests.visitor import rows

KITCHEN = {
    "follows_id": "0",
    "crew": "20",
    "speakers": "40",
    "codes": "60",
    "codes_claimed": "10",
    "men_percent": "70",
    "young_percent": "15",
    "older_percent": "10",
}
A_MEAL = {
    "name": "Lunch",
    "served_on": "2027-05-10",
    "price": "28,50",
    "present_percent": "95",
    "eat_percent": "97",
}
A_CATERER = {"name": "Good Soup", "working_days": "5", "land": "de-be", "tolerance": "10"}


@pytest.fixture
def conference(house):
    return make_conference(slug="snow")


@pytest.fixture
def organiser(client, conference):
    return client(make_member(conference, Role.ORGANISER))


@pytest.fixture
def looked(conference):
    """A kitchen forty days before, looked ahead."""
    caterer = fill_kitchen(conference)
    at = datetime(2027, 3, 31, 12, 0, tzinfo=UTC)
    looking.look_ahead(conference, setting_up.find_kitchen(conference), at)
    return caterer


def only(model):
    return database.session.scalars(sa.select(model)).one()


def test_an_empty_kitchen_says_what_to_do(organiser):
    page = organiser.get("/snow/team/kitchen/")
    assert "The caterer wants a number" in page.text
    assert 'href="/snow/team/kitchen/settings"' in page.text


def test_what_is_known_begins_the_kitchen(organiser):
    organiser.post("/snow/team/kitchen/settings", KITCHEN | {"steps": "2027-04-20, 2027-03-01"})
    kitchen = only(Kitchen)
    assert kitchen.steps == ["2027-03-01", "2027-04-20"]
    assert (kitchen.target, kitchen.codes) == (None, 60)
    assert "Nobody has looked ahead yet" in organiser.get("/snow/team/kitchen/").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"steps": "in March"}, "Please write days like"),
        ({"codes_claimed": "61"}, "No more codes can be claimed"),
        ({"young_percent": "95"}, "exceed 100"),
        ({"target": "-1"}, "from 1 to"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(organiser, change, words):
    page = organiser.post("/snow/team/kitchen/settings", KITCHEN | change, status=422)
    assert words in page.text
    assert next(iter(change.values())) in page.text


def test_a_look_ahead_is_asked_for_once(organiser, conference):
    fill_kitchen(conference)
    for _ in range(2):
        organiser.post("/snow/team/kitchen/look")
    assert rows(JobRun) == 1
    assert "The look ahead is being made" in organiser.get("/snow/team/kitchen/").text
    fragment = organiser.get("/snow/team/kitchen/looking", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in fragment.headers


def test_the_number_stands_in_one_sentence_with_its_interval(organiser, looked):
    page = organiser.get("/snow/team/kitchen/").text
    assert "Lunch on Monday: between " in page
    assert "most likely " in page
    assert "portions.</h2>" in page
    assert "Show the numbers" in page
    assert "What would make it surer" in page


def test_a_weak_forecast_says_so(organiser, conference):
    organiser.post("/snow/team/kitchen/settings", KITCHEN)
    database.session.expire_all()
    at = datetime(2027, 3, 10, tzinfo=UTC)
    looking.look_ahead(conference, setting_up.find_kitchen(conference), at)
    page = organiser.get("/snow/team/kitchen/").text
    assert "plan with the interval" in page
    assert "Between " in page


def test_a_caterer_then_a_meal(organiser):
    assert organiser.get("/snow/team/kitchen/meals/new", status=302).location.endswith(
        "caterers/new"
    )
    organiser.post("/snow/team/kitchen/caterers/new", A_CATERER)
    caterer = only(Caterer)
    assert (caterer.land, caterer.shortage_cents) == ("DE-BE", None)
    organiser.post("/snow/team/kitchen/meals/new", A_MEAL | {"caterer_id": str(caterer.id)})
    assert only(Meal).price_cents == 2850
    assert "Friday, 30 April 2027" in organiser.get("/snow/team/kitchen/meals/").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"land": "Berlin"}, "like DE-BE"),
        ({"land": "ZZ"}, "No public holidays"),
        ({"email": "x"}, "address"),
    ],
)
def test_terms_that_cannot_be_are_said(organiser, change, words):
    page = organiser.post("/snow/team/kitchen/caterers/new", A_CATERER | change, status=422)
    assert words in page.text


def test_a_meal_may_not_cost_nothing(organiser, conference):
    caterer = make_caterer(conference)
    sent = A_MEAL | {"caterer_id": str(caterer.id), "price": "0"}
    page = organiser.post("/snow/team/kitchen/meals/new", sent, status=422)
    assert "A meal costs something." in page.text


def test_meals_and_caterers_are_changed_and_removed(organiser, looked, conference):
    meal = looked.meals[0]
    other = make_caterer(conference, "Cold Plates")
    sent = A_MEAL | {"name": "Brunch", "caterer_id": str(looked.id)}
    organiser.post(f"/snow/team/kitchen/meals/{meal.code}", sent)
    assert "Brunch" in organiser.get("/snow/team/kitchen/meals/").text
    organiser.post(f"/snow/team/kitchen/meals/{meal.code}/remove")
    organiser.post(f"/snow/team/kitchen/caterers/{other.code}/remove")
    assert (rows(Meal), rows(Caterer)) == (1, 1)
    page = organiser.get(f"/snow/team/kitchen/caterers/{looked.code}").text
    assert "/remove" not in page


def test_an_order_is_written_read_and_taken_along(organiser, looked):
    address = f"/snow/team/kitchen/caterers/{looked.code}/order"
    assert "Write the order" in organiser.get(address).text
    organiser.post(address, {"note": "No nuts."})
    sheet = only(OrderSheet)
    page = organiser.get(f"/snow/team/kitchen/orders/{sheet.code}/").text
    assert "No nuts." in page
    assert "The PDF is being made" in page
    assert only(JobRun).arguments == {"sheet": sheet.code}
    organiser.get(f"/snow/team/kitchen/orders/{sheet.code}.pdf", status=404)
    sheet.pdf = b"%PDF-1.7 of the kitchen"
    pdf = organiser.get(f"/snow/team/kitchen/orders/{sheet.code}.pdf")
    assert pdf.mimetype == "application/pdf"
    assert "Good Soup" in organiser.get("/snow/team/kitchen/orders/").text


def test_the_same_order_twice_is_refused(organiser, looked):
    address = f"/snow/team/kitchen/caterers/{looked.code}/order"
    organiser.post(address)
    assert "Nothing has changed" in organiser.post(address, status=422).text
    organiser.post(address, {"note": "At noon, please."})
    sheets = database.session.scalars(sa.select(OrderSheet).order_by(OrderSheet.number)).all()
    page = organiser.get(f"/snow/team/kitchen/orders/{sheets[1].code}/").text
    assert "No number, only the note." in page


def test_a_caterer_without_a_forecast_cannot_be_ordered_from(organiser, conference):
    caterer = make_caterer(conference)
    page = organiser.get(f"/snow/team/kitchen/caterers/{caterer.code}/order")
    assert "Nothing to order yet" in page.text


def test_a_meal_is_reported(organiser, looked):
    sent = {"heads": "301", "left_percent": "0", "missing_percent": "8"}
    organiser.post(f"/snow/team/kitchen/meals/{looked.meals[0].code}/report", sent)
    assert only(MealReport).heads == 301
    page = organiser.get("/snow/team/kitchen/afterwards/").text
    assert "8 % missing" in page
    assert "301" in page


def test_a_file_of_sales_comes_in(organiser):
    table = (
        b"Order date,Product,Price,Name\n2026-03-01,Regular,199,Mila\n2026-03-02,Regular,199,Ben\n"
    )
    sent = {
        "name": "Snow 2026",
        "starts_on": "2026-05-04",
        "file": (io.BytesIO(table), "sales.csv"),
    }
    organiser.post("/snow/team/kitchen/past/new", sent)
    assert rows(PastSale) == 2
    page = organiser.get("/snow/team/kitchen/past/").text
    assert "Snow 2026" in page
    assert "€398.00" in page
    assert "Mila" not in page


def test_a_table_can_be_pasted(organiser):
    sent = {"name": "2026", "starts_on": "2026-05-04", "pasted": "date\tprice\n2026-03-01\t1\n"}
    organiser.post("/snow/team/kitchen/past/new", sent)
    assert rows(PastSale) == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Please choose a file, or paste the table."),
        ({"pasted": "date,price\nsoon,1"}, "Entry 2: “soon” is no order time."),
        ({"pasted": "date,price\n2020-03-01,1"}, "at another time"),
        (
            {"pasted": "date,price\n2026-03-01,1", "starts_on": "2028-05-04"},
            "tells nothing about it",
        ),
    ],
)
def test_a_file_that_tells_nothing_is_said(organiser, sent, words):
    values = {"name": "2026", "starts_on": "2026-05-04"} | sent
    page = organiser.post("/snow/team/kitchen/past/new", values, status=422)
    assert words in page.text
    assert rows(PastSale) == 0


def test_an_earlier_edition_is_forgotten(organiser, conference):
    past = make_past(conference, 5)
    organiser.post(f"/snow/team/kitchen/past/{past.code}/remove")
    assert rows(PastSale) == 0


@pytest.mark.parametrize("role", [Role.TREASURER, Role.BOX_OFFICE])
def test_who_only_counts_heads_changes_nothing(client, conference, looked, role):
    reader = client(make_member(conference, role))
    for page in ("", "meals/", "orders/", "past/", "afterwards/"):
        text = reader.get(f"/snow/team/kitchen/{page}").text
        assert '<form method="post" action="/snow' not in text
        assert "/settings" not in text


def test_things_of_another_edition_are_not_there(organiser, house):
    other = make_conference()
    caterer = fill_kitchen(other)
    for path in (
        f"caterers/{caterer.code}",
        f"meals/{caterer.meals[0].code}",
        f"caterers/{caterer.code}/order",
    ):
        organiser.get(f"/snow/team/kitchen/{path}", status=404)


def test_in_german(client, conference, looked):
    person = make_member(conference, Role.ORGANISER)
    database.session.get(Person, person.id).language = "de"
    page = client(person).get("/snow/team/kitchen/").text
    assert "Mittag" not in page  # the meal's own name stays as it was given
    assert "am ehesten" in page
    assert "verkaufte" in page.lower()


def test_the_caterers_day_counts_down(organiser, conference, looked):
    today = clock.now().date()
    conference.starts_on, conference.ends_on = today + timedelta(20), today + timedelta(21)
    for n, meal in enumerate(looked.meals):
        meal.served_on = today + timedelta(20 + n)
    database.session.flush()
    assert "has to know by" in organiser.get("/snow/team/kitchen/").text
