"""The money ahead in the browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from cfp import clock
from cfp.access import Role
from cfp.budget.models import BudgetCost, BudgetIncome, IncomeState, Purse, VatReturn
from cfp.budget.service import planning
from cfp.catering.service import looking, setting_up
from cfp.db import db as database
from cfp.sponsors.models import Agreement, AgreementState, Sponsor
from tests.catering.kitchens import fill_kitchen, fill_purse
from tests.make import make_conference, make_member
from tests.visitor import rows

HOME = "/snow/team/money-ahead/"
COST = {"name": "Venue", "amount": "20000,50", "rate": "19", "due_on": "2027-02-01"}
PURSE = {"vat_return": "quarterly", "ticket_rate": "19", "meal_rate": "7"}


@pytest.fixture
def conference(house):
    today = clock.now().date()
    return make_conference(
        slug="snow", starts_on=today + timedelta(40), ends_on=today + timedelta(41)
    )


@pytest.fixture
def treasurer(client, conference):
    return client(make_member(conference, Role.TREASURER))


@pytest.fixture
def filled(conference):
    fill_kitchen(conference)
    fill_purse(conference)
    looking.look_ahead(conference, setting_up.find_kitchen(conference), clock.now())


def only(model):
    return database.session.scalars(sa.select(model)).one()


def test_an_empty_purse_says_what_to_do(treasurer):
    assert "The venue is paid before the first ticket is sold" in treasurer.get(HOME).text


def test_the_purse_is_begun_and_changed(treasurer):
    for opening, cents in (("15000", 1_500_000), ("12.345,00", None), ("9999,99", 999_999)):
        sent = PURSE | {"opening": opening, "opened_on": "2026-10-01"}
        if cents is None:
            treasurer.post(f"{HOME}start", sent, status=422)
        else:
            treasurer.post(f"{HOME}start", sent)
            purse = only(Purse)
            assert (purse.opening_cents, purse.ticket_rate, purse.meal_rate) == (cents, 1900, 700)
            assert (purse.vat_return, purse.vat_extended) == (VatReturn.QUARTERLY, False)


def test_a_cost_is_added_changed_and_removed(treasurer, conference):
    treasurer.post(f"{HOME}costs/new", COST)
    cost = only(BudgetCost)
    assert (cost.cents, cost.per_head, cost.rate) == (2_000_050, False, 1900)
    treasurer.post(f"{HOME}costs/{cost.code}", COST | {"per_head": "y", "amount": "9"})
    assert (only(BudgetCost).cents, only(BudgetCost).per_head) == (900, True)
    treasurer.post(f"{HOME}costs/{cost.code}/remove")
    assert rows(BudgetCost) == 0


def test_income_has_a_state(treasurer):
    treasurer.post(f"{HOME}income/new", COST | {"state": "signed"})
    assert only(BudgetIncome).state is IncomeState.SIGNED
    treasurer.post(f"{HOME}income/new", COST | {"state": "promised"}, status=422)


@pytest.mark.parametrize("amount", ["", "0", "-5", "much", "nan", "1e9"])
def test_an_amount_has_to_be_one(treasurer, amount):
    treasurer.post(f"{HOME}costs/new", COST | {"amount": amount}, status=422)
    assert rows(BudgetCost) == 0


@pytest.mark.parametrize("rate", ["", "-1", "101", "nineteen", "1e3", "9" * 40])
def test_a_rate_of_vat_has_to_be_one(treasurer, rate):
    treasurer.post(f"{HOME}costs/new", COST | {"rate": rate}, status=422)
    treasurer.post(f"{HOME}income/new", COST | {"state": "signed", "rate": rate}, status=422)
    assert rows(BudgetCost) == rows(BudgetIncome) == 0


def test_vat_stands_in_the_cash_with_its_days(treasurer, filled):
    assert "VAT to the tax office" not in treasurer.get(HOME).text
    only(Purse).vat_return = VatReturn.MONTHLY
    database.session.flush()
    page = treasurer.get(HOME).text
    assert "VAT to the tax office" in page
    assert "comes back" in page


def test_the_page_says_when_the_cash_is_lowest_and_how_likely_a_loss_is(treasurer, filled):
    page = treasurer.get(HOME).text
    for words in ("Lowest cash", "Chance of a loss", "Break-even", "Cash from day to day"):
        assert words in page
    for mark in ("today", "doors", "lowest", "Venue, second half"):
        assert f">{mark}</text>" in page
    assert "Meals, as the kitchen foresees them" in page
    assert "What has to be sold by when" in page


def test_without_a_forecast_there_is_still_the_cash(treasurer, conference):
    fill_purse(conference)
    assert "A ticket brings no more than it costs." in treasurer.get(HOME).text


def test_what_if_needs_a_look_ahead(treasurer):
    assert "First the kitchen has to look ahead" in treasurer.get(f"{HOME}what-if").text


def test_what_if_compares_two_ladders(treasurer, filled):
    page = treasurer.get(f"{HOME}what-if?step=21&before=199&after=249").text
    assert "As planned" in page
    assert "€249" in page
    assert 'value="21"' in page
    for words in ("Tickets in all", "Unsold on the caterer", "between low and high", "of a loss"):
        assert words in page
    for mark in ("today", "number due"):
        assert f">{mark}</text>" in page
    for words in ("hardly mind it", "somewhat", "much (-1.0)", "0.2, 0.5 or 1 percent"):
        assert words in page
    assert page.count('class="band"') == 4 * 5  # four ladders, five numbers, each with its band


def test_a_step_that_comes_too_late_warns(treasurer, filled):
    page = treasurer.get(f"{HOME}what-if?step=9&before=199&after=249").text
    assert "later than seven days before the caterer" in page


@pytest.mark.parametrize(
    "query", ["step=x", "step=-1", "before=nan", "after=-3", "step=" + "9" * 23]
)
def test_what_if_answers_nonsense_with_a_sentence(treasurer, filled, query):
    page = treasurer.get(f"{HOME}what-if?{query}").text
    assert "Please check what you entered" in page


def test_nothing_of_what_if_is_kept(treasurer, filled, conference):
    before = looking.latest(conference).result
    treasurer.get(f"{HOME}what-if?step=21&before=1&after=2")
    assert looking.latest(conference).result == before


def test_entries_of_another_edition_are_not_there(treasurer, house):
    other = make_conference()
    fill_purse(other)
    for cost in database.session.scalars(sa.select(BudgetCost)).all():
        treasurer.get(f"{HOME}costs/{cost.code}", status=404)


def test_sales_that_came_before_the_purse_was_begun_are_in_it(treasurer, filled, conference):
    purse = only(Purse)
    purse.opened_on = clock.local(datetime.now(UTC), conference.timezone).date()
    database.session.flush()
    assert "Lowest cash" in treasurer.get(HOME).text


@pytest.mark.parametrize(
    ("state", "due", "expected"),
    [
        (AgreementState.OFFERED, None, IncomeState.OFFERED),
        (AgreementState.SIGNED, 10, IncomeState.SIGNED),
        (AgreementState.SIGNED, -10, IncomeState.OVERDUE),
        (AgreementState.PAID, -10, IncomeState.PAID),
    ],
)
def test_what_sponsors_agreed_to_counts_by_its_state(conference, state, due, expected):
    at = clock.now()
    due_on = None if due is None else at.date() + timedelta(due)
    agreement = Agreement(
        conference=conference,
        sponsor=Sponsor(name="Snowflake Ltd"),
        state=state,
        net_cents=100,
        tax_cents=19,
        net_days=14,
        due_on=due_on,
        valid_until=at + timedelta(days=3),
    )
    found = planning._of(agreement, at)
    assert (found.name, found.cents, found.state) == ("Snowflake Ltd", 119, expected)
    assert found.due_on >= at.date() or state is AgreementState.PAID
