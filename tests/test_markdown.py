"""Text of people becomes harmless HTML, whatever they write."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.markdown import markdown, plain


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        '<img src=x onerror="alert(1)">',
        "<a href=x hx-get=/account>x</a>",
        "![x](https://example.org/pixel.png)",
    ],
)
def test_nothing_dangerous_survives(text):
    html = str(markdown(text))
    assert not re.search(r"<(script|img|iframe)|href=\"(javascript|data)|<[^>]*\s(on|hx-)", html)


def test_links_are_marked_as_somebody_elses():
    html = str(markdown("[x](https://example.org)"))
    assert 'rel="ugc nofollow noopener"' in html
    assert "href" not in str(markdown("[x](/account)"))


def test_headings_begin_below_the_pages_own():
    assert "<h3>One</h3>" in str(markdown("# One"))
    assert "<h1" not in str(markdown("One\n==="))


@given(st.text(max_size=300))
def test_any_text_gives_html_without_scripts_and_plain_words(text):
    assert "<script" not in str(markdown(text)).lower()
    assert "\n" not in plain(text)


def test_plain_leaves_the_words():
    assert plain("# A *b*\n\n* c & d") == "A b c & d"
