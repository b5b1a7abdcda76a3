"""Whose payment a movement is: certain by reference, proposed by name, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.billing.bank.statement import Entry
from cfp.billing.matching import Ledger, Open, Verdict, is_similar, match
from cfp.billing.reference import reference_of, spaced

AUTOMATIC, SUGGESTION, NONE = Verdict.AUTOMATIC, Verdict.SUGGESTION, Verdict.NONE
GOLD = Open(1, reference_of("GLDABC"), "GLDABC", ("FB27-0001",), "Müller & Söhne AG", 595_000)
SILVER = Open(2, reference_of("SLVDEF"), "SLVDEF", ("FB27-0012", "2027-77"), "Donau GmbH", 300_000)
PAID = Open(3, reference_of("PADGHJ"), "PADGHJ", ("FB27-0003",), "Ada Lovelace", 0, received=11900)
OVER = Open(4, reference_of("VRPKLM"), "VRPKLM", ("FB27-0004",), "Eva Blohm", -5000, received=9000)


def said(text: str, cents: int, name: str = "somebody", *, reversal: bool = False):
    entry = Entry(date(2027, 2, 1), cents, "EUR", name, text=text, is_reversal=reversal)
    found = match(entry, Ledger([GOLD, SILVER, PAID, OVER]))
    return found.verdict, found.parts


@pytest.mark.parametrize(
    "text",
    [
        GOLD.reference,
        spaced(GOLD.reference),
        f"Zahlung {GOLD.reference.lower()} danke",
        f"SVWZ+{GOLD.reference}KREF+1",
        "Rechnung FB27-0001",
        "RG.NR. FB27-0001, VOM 1.2.",
        "fb27 0001",
        "FB27/0001 und Gruss",
        "FB27-00 01",
        "(FB27-0001)",
    ],
)
def test_a_reference_or_number_with_the_exact_amount_is_booked(text):
    assert said(text, 595_000) == (AUTOMATIC, ((1, 595_000),))


@pytest.mark.parametrize(
    "text", ["FB27-00012", "XFB27-0001", "1FB27-0001", "FB27-0001" + "5", "FB28-0001", "RF99GLDABC"]
)
def test_a_number_glued_to_more_is_another_number(text):
    verdict, parts = said(text, 123)
    assert verdict is NONE or parts[0][0] != 1


def test_a_part_is_booked_when_it_is_clear_of_what():
    assert said(GOLD.reference, 200_000) == (AUTOMATIC, ((1, 200_000),))


def test_a_part_under_a_number_is_booked_only_if_the_name_fits():
    assert said("FB27-0001", 200_000, "Mueller und Soehne")[0] is AUTOMATIC
    assert said("FB27-0001", 200_000, "Donau GmbH")[0] is SUGGESTION


def test_a_part_that_is_all_of_another_debt_of_the_payer_is_only_proposed():
    second = Open(5, reference_of("SECOND"), "SECOND", ("FB27-0005",), GOLD.payer, 200_000)
    entry = Entry(date(2027, 2, 1), 200_000, "EUR", GOLD.payer, text=GOLD.reference)
    assert match(entry, Ledger([GOLD, second])).verdict is SUGGESTION


@pytest.mark.parametrize("text", ["RF18 5390 0754 7O34", "FB27-0O01", "FB 27 - OOO1"])
def test_what_was_read_or_typed_wrong_names_nothing(text):
    assert said(text, 595_000)[0] is NONE
    assert said(text, 595_000, "Müller & Söhne")[0] is SUGGESTION


@pytest.mark.parametrize("cents", [594_999, 594_500, 595_001, 999_999])
def test_near_or_over_is_only_proposed(cents):
    assert said(GOLD.reference, cents) == (SUGGESTION, ((1, cents),))


def test_a_sum_of_several_is_booked_on_each():
    text = f"FB27-0001 + {SILVER.reference}"
    assert said(text, 895_000) == (AUTOMATIC, ((1, 595_000), (2, 300_000)))
    verdict, parts = said(text, 700_000)
    assert verdict is SUGGESTION
    assert sum(cents for _, cents in parts) == 700_000


def test_what_is_paid_already_is_only_proposed():
    assert said(PAID.reference, 11900)[0] is SUGGESTION


def test_without_a_reference_amount_and_name_propose_and_never_book():
    assert said("Sponsoring", 595_000, "Mueller und Soehne") == (SUGGESTION, ((1, 595_000),))
    assert said("Sponsoring", 595_000, "Jemand ganz anderes")[0] is NONE
    assert said("Sponsoring", 595_001, "Mueller und Soehne")[0] is NONE


def test_who_pays_the_debt_without_interest_and_costs_is_known():
    late = Open(
        6, reference_of("LATEAB"), "LATEAB", ("FB27-0006",), "Lena Spät KG", 16_744, claimed=45
    )
    assert late.amounts == {16_744, 16_699}
    for text, verdict in ((late.reference, AUTOMATIC), ("Rechnung", SUGGESTION)):
        entry = Entry(date(2027, 2, 1), 16_699, "EUR", "LENA SPAET", text=text)
        books = Ledger([GOLD, late])
        found = match(entry, books)
        assert (found.verdict, found.parts) == (verdict, ((6, 16_699),))
        books.pay(6, 16_699)
        assert books.alike(entry) == []


def test_the_bare_code_needs_the_exact_amount():
    assert said("Bestellung GLDABC", 595_000) == (AUTOMATIC, ((1, 595_000),))
    assert said("Bestellung GLDABC", 100_000)[0] is SUGGESTION


def test_another_currency_matches_nothing():
    entry = Entry(date(2027, 2, 1), 595_000, "CHF", GOLD.payer, text=GOLD.reference)
    assert match(entry, Ledger([GOLD])).verdict is NONE


def test_a_payment_that_the_bank_takes_back_is_booked_back():
    assert said(PAID.reference, -11900, reversal=True) == (AUTOMATIC, ((3, -11900),))
    assert said(GOLD.reference, -11900, reversal=True)[0] is SUGGESTION


def test_what_was_paid_too_much_and_given_back_is_booked():
    assert said(OVER.reference, -5000) == (AUTOMATIC, ((4, -5000),))
    assert said(OVER.reference, -4000)[0] is SUGGESTION
    assert said("Miete", -5000)[0] is NONE


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Müller & Söhne AG", "MUELLER UND SOEHNE", True),
        ("Donau GmbH", "DONAU SOFTWARE GMBH", True),
        ("Ada Lovelace", "Lovelace, Ada", True),
        ("Ada Lovelace", "Ada Lovelac", True),
        ("Ada Lovelace", "Eva Blohm", False),
        ("GmbH", "AG", False),
        ("", "Ada", False),
    ],
)
def test_names_are_compared_without_their_legal_form(one, other, alike):
    assert is_similar(one, other) is alike


@given(
    st.lists(
        st.text("ABCDEFGHJKLMNPQRSTUVWXYZ3789", min_size=6, max_size=6),
        min_size=1,
        max_size=30,
        unique=True,
    ),
    st.data(),
)
def test_what_is_booked_by_itself_is_never_wrong(codes, data):
    items = [
        Open(n, reference_of(code), code, (f"FB27-{n:04d}",), f"Payer {n}", 1000 * (n + 1))
        for n, code in enumerate(codes, 1)
    ]
    mine = data.draw(st.sampled_from(items))
    noise = data.draw(st.text("ABRF0123456789 -/", max_size=30))
    word = data.draw(st.sampled_from([mine.reference, spaced(mine.reference), mine.numbers[0]]))
    entry = Entry(date(2027, 2, 1), mine.cents, "EUR", text=f"{noise} {word}")
    found = match(entry, Ledger(items))
    if found.verdict is AUTOMATIC:
        assert found.parts == ((mine.key, mine.cents),)
