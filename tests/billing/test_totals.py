"""Adding up: the scenarios to the cent, and random invoices against fractions."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.billing.bundle import checked
from cfp.billing.document import Change, Document, Line, Party
from cfp.billing.totals import add_up, cents
from cfp.errors import Refused
from tests.billing.scenarios import AUSTRIAN, BUYER, SCENARIOS, SELLER, Scenario, document

GOODS = {"name": "A", "unit_price": 1, "category": "K"}
BACKWARDS = {"from": "2027-02-02", "to": "2027-02-01"}
FREE = {"name": "A", "unit_price": 0, "rate": 19}
SOMEBODY = Party("Somebody", "A street", city="A town", tax_number="1")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_the_scenarios_add_up_to_the_cent(scenario: Scenario):
    totals = checked(scenario.document)
    assert f"{totals.net:.2f}" == scenario.net
    assert tuple(f"{rate.tax:.2f}" for rate in totals.rates) == scenario.taxes
    assert f"{totals.gross:.2f}" == scenario.gross
    assert f"{totals.due:.2f}" == scenario.due


def test_half_a_cent_goes_up():
    assert [cents(Decimal(text)) for text in ("0.005", "0.015", "2.675", "-0.005")] == [
        Decimal(text) for text in ("0.01", "0.02", "2.68", "-0.01")
    ]


def test_the_price_of_a_gross_line_gives_its_net_amount():
    [line] = add_up(
        document(lines=[{"name": "T", "quantity": 7, "gross_price": 49, "rate": 19}])
    ).lines
    assert (line.price, line.net) == (Decimal("41.1765"), Decimal("288.24"))


def test_an_allowance_in_money_is_split_over_rates_without_losing_a_cent():
    totals = add_up(
        document(
            lines=[
                {"name": "A", "unit_price": 1, "rate": 19},
                {"name": "B", "unit_price": 1, "rate": 7},
                {"name": "C", "unit_price": 1, "category": "Z", "rate": 0},
            ],
            allowances=[{"amount": "1.00"}],
        )
    )
    assert [change.amount for change in totals.changes] == [
        Decimal("0.34"),
        Decimal("0.33"),
        Decimal("0.33"),
    ]
    assert totals.allowances == Decimal("1.00")


def test_an_allowance_that_names_its_rate_stays_there():
    totals = add_up(
        document(
            lines=[
                {"name": "A", "unit_price": 10, "rate": 19},
                {"name": "B", "unit_price": 10, "rate": 7},
            ],
            allowances=[{"percent": 50, "rate": 7}],
        )
    )
    assert [(rate.rate, rate.basis) for rate in totals.rates] == [(19, 10), (7, 5)]


def test_a_share_of_gross_prices_is_taken_off_with_its_tax():
    totals = add_up(
        document(
            lines=[{"name": "A", "gross_price": "119.00", "rate": 19}],
            allowances=[{"percent": 10}],
        )
    )
    assert (totals.gross, totals.allowances) == (Decimal("107.10"), Decimal("10.00"))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"lines": [FREE, FREE | {"rate": 7}], "discount": 1}, "split over"),
        ({"allowances": [{"percent": 5, "rate": 7}]}, "names a rate that no line has"),
        ({"lines": [{"name": "A", "unit_price": "1e12", "rate": 19}]}, "too large"),
        ({"discount": "500"}, "below zero"),
        ({"due": None}, "due date or payment terms"),
        ({"kind": "381"}, "names the invoice"),
        ({"kind": "384"}, "names the invoice"),
        ({"due": "2027-02-01"}, "before the date"),
        ({"seller": {**SELLER, "iban": ""}}, "IBAN is missing"),
        ({"seller": {**SELLER, "street": ""}}, "of the seller is not complete: street"),
        (
            {
                "buyer": {**BUYER, "city": ""},
                "lines": [{"name": "A", "unit_price": 300, "rate": 19}],
            },
            "of the buyer is not complete: city",
        ),
        ({"seller": {**SELLER, "vat_id": "", "tax_number": ""}}, "VAT id or a tax number"),
        (
            {
                "buyer": {**AUSTRIAN, "vat_id": ""},
                "lines": [{"name": "A", "unit_price": 1, "category": "AE"}],
            },
            "VAT id of the buyer",
        ),
        ({"lines": [{"name": "A", "unit_price": 1, "category": "E"}]}, "reason for the exemption"),
        ({"lines": [GOODS]}, "(K) needs the VAT id of the buyer"),
        ({"buyer": {**AUSTRIAN, "country": "DE"}, "lines": [GOODS]}, "another country of the EU"),
        ({"buyer": AUSTRIAN, "lines": [GOODS | {"category": "G"}]}, "a country outside the EU"),
        ({"buyer": {**AUSTRIAN, "street": ""}, "lines": [GOODS]}, "of the buyer is not complete"),
        (
            {"lines": [GOODS | {"category": "S", "rate": 19, "period": BACKWARDS}]},
            "before it begins",
        ),
        ({"due": None, "skonto": {"days": 7, "percent": 2}}, "due date or payment terms"),
        ({"seller": {**SELLER, "small_business": True}}, "A small business"),
        (
            {
                "lines": [
                    {"name": "A", "unit_price": 1, "category": "O"},
                    {"name": "B", "unit_price": 1, "rate": 19},
                ]
            },
            "Issue two",
        ),
        ({"lines": [{"name": "A", "unit_price": 1, "category": "AE", "rate": 19}]}, "has no tax"),
        ({"lines": [{"name": "A", "unit_price": 1, "category": "S", "rate": 0}]}, "above 0"),
    ],
)
def test_what_makes_no_invoice_is_refused_with_a_sentence(more, sentence):
    with pytest.raises(Refused) as refused:
        checked(document(**more))
    assert sentence in refused.value.sentence


def test_up_to_250_euros_the_buyer_needs_no_address():
    assert checked(document(buyer={"name": "Jemand"})).gross == Decimal("119.00")


# Random invoices against fractions


def money(least: int = 0, most: int = 10**7, places: int = 4) -> st.SearchStrategy[Decimal]:
    return st.integers(least, most).map(lambda n: Decimal(n).scaleb(-places))


TAXED = st.sampled_from(
    [("S", Decimal(19)), ("S", Decimal(7)), ("S", Decimal("8.1")), ("E", Decimal(0))]
)


@st.composite
def lines(draw: st.DrawFn, *, gross: bool) -> Line:
    category, rate = draw(TAXED)
    changes = draw(
        st.lists(st.builds(Change, percent=money(0, 5000, 2), is_charge=st.booleans()), max_size=2)
    )
    return Line(
        "x",
        draw(money(1, 10**6, 3)),
        draw(money(places=2 if gross else 4)),
        rate,
        category,
        gross,
        changes=tuple(changes),
    )


def invoice(found: list[Line], changes: tuple[Change, ...] = ()) -> Document:
    return Document("1", date(2027, 3, 1), SOMEBODY, SOMEBODY, tuple(found), changes=changes)


def rounded(value: Fraction) -> Fraction:
    """To the cent, half away from zero, in whole numbers only."""
    whole = math.floor(abs(value) * 100 + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 100)


def exact_line(line: Line) -> Fraction:
    before = rounded(Fraction(line.price) * Fraction(line.quantity))
    shares = (
        change.sign * rounded(before * Fraction(change.percent or 0) / 100)
        for change in line.changes
    )
    return before + sum(shares)


@given(st.lists(lines(gross=False), min_size=1, max_size=12))
def test_random_invoices_equal_a_recomputation_in_fractions(found: list[Line]):
    totals = add_up(invoice(found))
    nets = [exact_line(line) for line in found]
    assert [Fraction(total.net) for total in totals.lines] == nets
    groups = {(line.category, line.rate) for line in found}
    expected = {}
    for group in groups:
        basis = sum(
            net
            for net, line in zip(nets, found, strict=True)
            if (line.category, line.rate) == group
        )
        expected[group] = (basis, rounded(basis * Fraction(group[1]) / 100))
    assert {
        (rate.category, rate.rate): (Fraction(rate.basis), Fraction(rate.tax))
        for rate in totals.rates
    } == expected
    assert Fraction(totals.gross) == sum(nets) + sum(tax for _, tax in expected.values())


@given(st.lists(lines(gross=True), min_size=1, max_size=12))
def test_prices_with_tax_keep_their_sum_and_lose_no_cent(found: list[Line]):
    totals = add_up(invoice(found))
    whole = [exact_line(line) for line in found]
    assert Fraction(totals.gross) == sum(whole)
    for rate in totals.rates:
        gross = sum(
            amount
            for amount, line in zip(whole, found, strict=True)
            if (line.category, line.rate) == (rate.category, rate.rate)
        )
        assert Fraction(rate.basis) == rounded(gross / (1 + Fraction(rate.rate) / 100))
        assert Fraction(rate.basis + rate.tax) == gross
    for total, amount in zip(totals.lines, whole, strict=True):
        exact = amount / (1 + Fraction(total.line.rate) / 100)
        assert abs(Fraction(total.net) - exact) < Fraction(1, 100)
        before = rounded(Fraction(total.price) * Fraction(total.line.quantity))
        assert before == Fraction(total.before)
        signed = sum(change.change.sign * change.amount for change in total.changes)
        assert total.before + signed == total.net


@given(
    st.lists(st.one_of(lines(gross=False), lines(gross=True)), min_size=1, max_size=8),
    st.lists(
        st.builds(
            Change,
            percent=money(0, 3000, 2),
            is_charge=st.booleans(),
        ),
        max_size=2,
    ),
)
def test_shares_of_the_whole_are_split_without_losing_a_cent(found, changes):
    plain = add_up(invoice(found))
    if plain.line_sum <= 0 or any(total.net < 0 for total in plain.lines):
        return
    totals = add_up(invoice(found, tuple(changes)))
    assert totals.net == totals.line_sum - totals.allowances + totals.charges
    assert totals.net == sum(rate.basis for rate in totals.rates)
    assert totals.gross == totals.net + sum(rate.tax for rate in totals.rates)
    for rate in totals.rates:
        by_hand = Fraction(rate.basis) * Fraction(rate.rate) / 100
        assert abs(Fraction(rate.tax) - by_hand) <= Fraction(2, 100)


@given(money(1, 10**6, 2), st.lists(lines(gross=False), min_size=1, max_size=8))
def test_an_amount_taken_off_the_whole_is_taken_off_exactly(amount, found):
    if add_up(invoice(found)).line_sum <= 0:
        return
    totals = add_up(invoice(found, (Change(amount=amount),)))
    assert totals.allowances == amount
