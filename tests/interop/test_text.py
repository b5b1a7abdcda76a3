"""Words that cross a border arrive clean."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.interop.text import clean, language_code, level_name, one_line, slug, web_address


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    assert one_line(one_line(text)) == one_line(text)


@given(st.text())
def test_clean_text_can_stand_in_every_format(text):
    for letter in clean(text):
        assert letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
        assert letter not in "\ufffe\uffff"


@given(st.text())
def test_a_title_has_one_line(text):
    assert len(one_line(text).splitlines()) <= 1


@given(st.text())
def test_a_slug_is_made_of_words_and_hyphens(text):
    made = slug(text)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert not made.endswith("-")


@pytest.mark.parametrize(
    ("said", "code"),
    [("en", "en"), ("DE", "de"), ("de-formal", "de"), ("pt_BR", "pt"), ("Deutsch", "de"),
     ("English", "en"), ("hsb", "hsb"), ("klingon", ""), ("", ""), ("12", "")],
)  # fmt: skip
def test_languages_are_two_or_three_letters(said, code):
    assert language_code(said) == code


@pytest.mark.parametrize(
    ("said", "level"), [("Beginner", "beginner"), ("Experte", "advanced"), ("any", ""), ("", "")]
)
def test_levels_are_ours_or_none(said, level):
    assert level_name(said) == level


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("https://x.example/a?b=c#d", "https://x.example/a?b=c#d"),
        (" HTTP://x.example ", "HTTP://x.example"),
        ("www.mr.example", "http://www.mr.example"),
        ("https://x.example/a b", "https://x.example/ab"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//x.example", ""),
        ("/talk/1", ""),
        ("https://", ""),
        ("mail@x.example", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_addresses(said, url):
    assert web_address(said) == url
