"""Tables of kitchen and money as files; income by tier; the levers of the money page."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import openpyxl
import pytest

from cfp import clock
from cfp.access import Role
from cfp.budget.service import tables as money_tables
from cfp.catering.models import Caterer
from cfp.catering.service import looking, ordering, setting_up
from cfp.catering.service.tables import TABLES
from cfp.db import db as database
from tests.catering.kitchens import fill_kitchen, fill_purse
from tests.make import make_conference, make_member

HOME = "/snow/team/"
ALL = [
    *(f"{HOME}kitchen/tables/{name}" for name in TABLES),
    *(f"{HOME}money-ahead/tables/{name}" for name in money_tables.NAMES),
]


@pytest.fixture
def conference(house):
    today = clock.now().date()
    return make_conference(
        slug="snow", starts_on=today + timedelta(40), ends_on=today + timedelta(41)
    )


@pytest.fixture
def person(conference):
    return make_member(conference, Role.ORGANISER)


@pytest.fixture
def organiser(client, person):
    return client(person)


@pytest.fixture
def filled(conference, organiser, person):
    caterer = fill_kitchen(conference)
    caterer.name = "=HYPERLINK(1)"
    fill_purse(conference)
    seen = looking.look_ahead(conference, setting_up.find_kitchen(conference), clock.now())
    ordering.order(conference, caterer, seen, "", by=person, at=clock.now())
    database.session.flush()
    return organiser


def as_rows(response):
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))


def test_every_table_is_had_as_csv_and_as_a_spreadsheet(filled):
    for address in ALL:
        lines = as_rows(filled.get(f"{address}.csv"))
        assert len({len(line) for line in lines[:1]}) == 1
        book = openpyxl.load_workbook(io.BytesIO(filled.get(f"{address}.xlsx").data))
        cells = list(book.active.values)
        assert [str(head) for head in cells[0]] == lines[0], address
        assert len(cells) == len(lines), address
        has_rows = len(lines) > 1
        assert has_rows == (not address.endswith(("ledger", "vat"))), address


def test_without_anything_there_are_only_heads(organiser):
    for address in ALL:
        assert len(as_rows(organiser.get(f"{address}.csv"))) == 1, address


def test_formulas_are_defused_in_both(filled):
    assert "'=HYPERLINK(1)" in filled.get(f"{HOME}kitchen/tables/caterers.csv").text
    data = filled.get(f"{HOME}kitchen/tables/caterers.xlsx").data
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A2"]
    assert (cell.data_type, cell.value) == ("s", "'=HYPERLINK(1)")
    assert database.session.query(Caterer).one().name == "=HYPERLINK(1)"


def test_what_if_as_a_file_is_what_was_asked(filled):
    lines = as_rows(
        filled.get(f"{HOME}money-ahead/tables/what-if.csv?step=21&before=199&after=249")
    )
    assert [line[:4] for line in lines[1:]] == [
        ["", "20.0", "199.00", "239.00"],
        ["-0.2", "21.0", "199.00", "249.00"],
        ["-0.5", "21.0", "199.00", "249.00"],
        ["-1.0", "21.0", "199.00", "249.00"],
    ]


def test_a_table_that_is_none_is_not_found(organiser):
    for address in ("kitchen/tables/secrets.csv", "money-ahead/tables/cash.exe"):
        organiser.get(HOME + address, status=404)


def test_income_by_tier_says_what_came_and_what_is_to_come(filled):
    page = filled.get(f"{HOME}money-ahead/tickets").text
    for words in ("What each price brings", "The next tickets", "After the planned step", "€199"):
        assert words in page


def test_income_by_tier_needs_a_look_ahead(organiser):
    page = organiser.get(f"{HOME}money-ahead/tickets").text
    assert "First the kitchen has to look ahead" in page


def test_the_levers_say_what_each_is_worth(filled):
    page = filled.get(f"{HOME}money-ahead/").text
    for words in (
        "What would help",
        "Without the planned step",
        "Free codes lapse",
        "All of these",
    ):
        assert words in page
    assert "Sponsors pay 30 days earlier" in page
    moved = filled.get(f"{HOME}money-ahead/?sponsors=1&part=0").text
    assert "Sponsors pay one day earlier" in moved
    assert "is paid after the conference" not in moved


@pytest.mark.parametrize("query", ["sponsors=x", "part=101", "opening=-1", "part=" + "9" * 30])
def test_levers_answer_nonsense_with_a_sentence(filled, query):
    assert "Please check what you entered" in filled.get(f"{HOME}money-ahead/?{query}").text
