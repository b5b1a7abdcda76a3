"""Conflicts of interest: own, co-speaker, same employer, declared; and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.reviews.conflicts import Declaration, Kind, Proposal, Side, Someone, detect
from cfp.reviews.conflicts.employers import employer_key, work_domain

ADA = Someone("ada", "Ada Byron", "Engines GmbH", "ada@engines.example")
BOB = Someone("bob", "Bob Stone", "Quarry Ltd", "bob@quarry.example")
EVE = Someone("eve", "Eve Lake")


def kinds(found):
    return [(conflict.reviewer, conflict.submission, conflict.kind) for conflict in found]


def test_finds_nothing_between_strangers():
    assert detect([Proposal(1, "Snow", (BOB, EVE))], [ADA]) == []


def test_nobody_judges_an_own_proposal():
    (conflict,) = detect([Proposal(1, "Snow", (ADA, BOB))], [ADA])
    assert conflict.kind is Kind.OWN
    assert conflict.pair == ("ada", 1)
    assert conflict.reason == "Ada Byron is a speaker of this proposal."


def test_who_speaks_together_once_does_not_judge_each_other_anywhere():
    together = Proposal(1, "Snow", (ADA, BOB))
    alone = Proposal(2, "Ice", (BOB,))
    found = detect([alone, together], [ADA, EVE])
    assert kinds(found) == [("ada", 1, Kind.OWN), ("ada", 2, Kind.CO_SPEAKER)]
    assert found[1].reason == "Ada Byron and Bob Stone both speak in “Snow”."


def test_a_second_account_with_the_same_address_is_the_same_person():
    other = Someone(77, "A. Byron", email="Ada@Engines.example ")
    assert kinds(detect([Proposal(1, "Snow", (other,))], [ADA])) == [("ada", 1, Kind.OWN)]


def test_who_is_invited_to_speak_is_a_speaker_in_this_respect():
    asked = Someone("invited 1", "Ada", email="ADA@engines.example", is_asked=True)
    together, alone = Proposal(1, "Snow", (BOB, asked)), Proposal(2, "Ice", (BOB,))
    own, beside = detect([together, alone], [ADA])
    assert (own.kind, own.reason) == (
        Kind.OWN,
        "Ada Byron is invited to speak in this proposal.",
    )
    assert (beside.pair, beside.kind) == (("ada", 2), Kind.CO_SPEAKER)
    assert beside.reason == "Ada Byron and Bob Stone are both named as speakers of “Snow”."


def test_a_speaker_who_is_invited_elsewhere_is_a_friend_of_whoever_speaks_there():
    asked = Someone("invited 1", "Bob", email=BOB.email, is_asked=True)
    found = detect([Proposal(1, "Snow", (ADA, asked)), Proposal(2, "Ice", (BOB,))], [ADA])
    assert kinds(found) == [("ada", 1, Kind.OWN), ("ada", 2, Kind.CO_SPEAKER)]


def test_no_address_is_nobodys_address():
    nameless = [Someone(number, f"Speaker {number}") for number in range(3)]
    assert detect([Proposal(1, "Snow", (nameless[0],))], nameless[1:]) == []


def test_colleagues_do_not_judge_each_other():
    (by_name,) = detect(
        [Proposal(1, "Snow", (Someone("x", "Xi", "ENGINES, Inc."),))],
        [Someone("y", "Yo", "Engines")],
    )
    assert by_name.kind is Kind.EMPLOYER
    assert by_name.reason == "Yo and Xi both work for ENGINES, Inc."
    (by_address,) = detect(
        [Proposal(1, "Snow", (Someone("x", "Xi", email="xi@engines.example"),))], [ADA]
    )
    assert by_address.reason == "Ada Byron and Xi both have an e-mail address at engines.example."


@pytest.mark.parametrize(
    ("side", "sentence"),
    [
        (Side.REVIEWER, "Ada Byron declared a conflict: my sister"),
        (Side.SPEAKER, "A speaker asked that Ada Byron does not review: my sister"),
        (Side.CHAIR, "The chair declared a conflict of Ada Byron: my sister"),
    ],
)
def test_either_side_may_declare(side, sentence):
    declared = [Declaration("ada", 1, side, "my sister")]
    (conflict,) = detect([Proposal(1, "Snow", (EVE,))], [ADA, BOB], declared)
    assert (conflict.reviewer, conflict.kind, conflict.reason) == ("ada", Kind.DECLARED, sentence)


def test_every_kind_is_told_and_an_own_proposal_says_it_all():
    colleague = Someone("carl", "Carl", "Engines AG")
    proposals = [Proposal(1, "Snow", (ADA, colleague)), Proposal(2, "Ice", (colleague,))]
    declared = [Declaration("ada", number, Side.REVIEWER) for number in (1, 2, 3)]
    assert kinds(detect(proposals, [ADA], declared)) == [
        ("ada", 1, Kind.OWN),
        ("ada", 2, Kind.CO_SPEAKER),
        ("ada", 2, Kind.EMPLOYER),
        ("ada", 2, Kind.DECLARED),
    ]


SPEAKERS = [
    Someone(n, f"S{n}", ("", "Foo GmbH", "Bar")[n % 3], ("", "a@foo.example")[n % 2])
    for n in range(6)
]


@given(
    st.lists(st.lists(st.sampled_from(SPEAKERS), min_size=1, max_size=3), max_size=6),
    st.randoms(use_true_random=False),
)
def test_order_of_input_changes_nothing_and_nobody_misses_an_own_proposal(teams, random):
    proposals = [Proposal(n, f"T{n}", tuple(team)) for n, team in enumerate(teams)]
    found = detect(proposals, SPEAKERS)
    shuffled = random.sample(proposals, len(proposals)), random.sample(SPEAKERS, len(SPEAKERS))
    again = detect(*shuffled)
    assert kinds(again) == kinds(found)
    pairs = {conflict.pair for conflict in found}
    assert all((who.id, each.id) in pairs for each in proposals for who in each.speakers)


@pytest.mark.parametrize(
    "names",
    [
        ("Müller & Söhne GmbH", "MUELLER UND SOEHNE", "Muller and Sohne GmbH & Co. KG"),
        ("Foo e.V.", "Foo e. V.", "foo", "Foo eV"),
        ("Zed UG (haftungsbeschränkt)", "ZED", "Zed, Inc.", "Zed Ltd", "Zed A/S", "Zed S.p.A."),
        ("Baz Sp. z o.o.", "baz"),
        ("L'Oréal S.A.", "LOreal", "L\N{RIGHT SINGLE QUOTATION MARK}Oreal"),
        ("Amazon.com, Inc.", "amazon"),
        ("Software AG", "Software"),
    ],
)
def test_one_employer_is_written_in_many_ways(names):
    assert len({employer_key(name) for name in names}) == 1
    assert employer_key(names[0])


@pytest.mark.parametrize(
    "pair",
    [("Red Hat", "Red Cap"), ("Berlin Zoo", "Berlin AG"), ("Foo Labs", "Foo"), ("日本", "日立")],
)
def test_different_employers_stay_different(pair):
    one, other = pair
    assert employer_key(one) != employer_key(other)


@pytest.mark.parametrize(
    "nothing",
    ["", "  ", "-", "N/A", "Freelance", "self-employed", "Selbständig", "Student", "none"],
)
def test_those_without_an_employer_are_no_colleagues(nothing):
    assert employer_key(nothing) == ""


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("ada@cs.tu-berlin.de", "tu-berlin.de"),
        ("ada@cs.ox.ac.uk", "ox.ac.uk"),
        ("Ada@Foo.COM.", "foo.com"),
        ("ada@gmail.com", ""),
        ("ada@yahoo.co.uk", ""),
        ("1+ada@users.noreply.github.com", ""),
        ("ada@apache.org", ""),
        ("ada", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_an_organisation_name_an_employer(address, domain):
    assert work_domain(address) == domain


@given(st.text(max_size=40))
def test_any_text_has_an_answer_that_case_does_not_change(text):
    assert employer_key(text) == employer_key(f"  {text}. ")
    assert work_domain(text) == work_domain(text.strip())
