"""The text of an agreement: its places are known, filled once, and fixed by their fingerprint."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.sponsors import wording

FULL = " ".join(f"{{{name}}}" for name in wording.PLACES)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_usual_texts_are_right_and_use_every_place(language):
    text = wording.usual(language)
    assert wording.wrong(text) is None
    assert set(wording.PLACE.findall(text)) == set(wording.PLACES)


def test_a_language_without_a_text_of_its_own_gets_the_english_one():
    assert wording.usual("fr") == wording.ENGLISH


@pytest.mark.parametrize("place", ["{sponser}", "{price!r}", "{sponsor.note}", "{0}", "{}"])
def test_a_place_that_nobody_fills_is_named(place):
    wrong = wording.wrong(FULL + place)
    assert wrong is not None
    assert place in wrong


@pytest.mark.parametrize("name", wording.NEEDED)
def test_what_an_agreement_must_say_is_named_when_it_is_missing(name):
    wrong = wording.wrong(FULL.replace(f"{{{name}}}", ""))
    assert wrong == f"The agreement has to say these too: {{{name}}}."


@pytest.mark.parametrize("brace", ["{", "}", "{a\nb}", "{" + "a" * 41 + "}"])
def test_a_lone_brace_is_wrong(brace):
    assert wording.wrong(FULL + brace) == "A brace has no partner, or what is inside is too long."


@given(st.dictionaries(st.sampled_from(wording.PLACES), st.text()))
def test_what_is_filled_in_stands_there_as_it_is_and_is_never_filled_again(some):
    values = dict.fromkeys(wording.PLACES, "-") | some
    expected = " ".join(values[name] for name in wording.PLACES)
    assert wording.fill(FULL, values) == expected


def test_a_company_named_like_a_place_stays_a_company():
    values = dict.fromkeys(wording.PLACES, "") | {"sponsor": "{price}", "price": "5"}
    assert wording.fill("{sponsor} pays {price}", values) == "{price} pays 5"


def test_the_fingerprint_is_sha_256_of_the_text():
    assert wording.fingerprint("Vertrag ü") == hashlib.sha256("Vertrag ü".encode()).hexdigest()
