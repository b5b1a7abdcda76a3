"""Words in braces: known, whole, needed, and filled in once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.mail.placeholders import faults, fill, unfilled, used

KNOWN = ("name", "title", "link")
TEXTS = st.text(st.sampled_from("ab {}"), max_size=12) | st.sampled_from(["{name}", "{title}", "{"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hello {nme}", "“{nme}” is no word that can be filled in."),
        ("Hello {name", "A brace is open: write {name} with one on either side."),
        ("Hello name}", "A brace is open: write {name} with one on either side."),
        ("Hello {}", "“{}” is no word that can be filled in."),
        ("Hello {na\nme}", "A brace is open: write {name} with one on either side."),
    ],
)
def test_what_would_make_a_letter_wrong_is_said(text, sentence):
    assert list(faults(text, KNOWN)) == [sentence]


def test_a_letter_without_its_link_is_of_no_use():
    assert list(faults("Hello { name }", KNOWN, needed=["link"])) == [
        "“{link}” is missing, and the letter is of no use without it."
    ]


def test_what_is_filled_in_fills_in_nothing():
    assert fill("{title} by {name}", {"title": "{name}", "name": "Eve"}) == "{name} by Eve"


def test_a_word_without_a_value_is_found_before_it_leaves_a_hole():
    assert unfilled("{name}, by {date}", {"name": "Eve", "date": ""}) == ["date"]


@given(st.lists(TEXTS, max_size=6).map("".join), TEXTS)
def test_a_text_without_faults_leaves_no_brace_of_its_own(text, value):
    if not list(faults(text, KNOWN)):
        plain = fill(text, dict.fromkeys(KNOWN, "x"))
        assert "{" not in plain
        assert "}" not in plain
        assert fill(text, dict.fromkeys(KNOWN, value)).count(value) >= len(used(text)) * bool(value)
