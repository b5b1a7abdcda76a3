"""HTML of other systems becomes the Markdown that it means; what is no HTML stays as it stands."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.interop.markup import has_html, to_markdown
from cfp.markdown import markdown, plain

MEANT = {
    "<p>One</p><p>Two</p>": "One\n\nTwo",
    "One<br>Two<br/>Three": "One\nTwo\nThree",
    "<ul><li>a</li><li>b</li></ul>": "- a\n- b",
    "<ul><li>a<li>b</ul>": "- a\n- b",
    "<ol><li>a</li><li>b</li></ol>": "1. a\n2. b",
    "<ul><li>a<ul><li>b</li></ul></li></ul>": "- a\n  - b",
    "<b> bold </b>and<i>italic</i>": "**bold** and*italic*",
    "<strong></strong>nothing": "nothing",
    '<a href="https://x.example/a">there</a>': "[there](https://x.example/a)",
    "<a href='https://x.example/(b)'>there</a>": "[there](https://x.example/(b%29)",
    '<a href="https://x.example/">https://x.example/</a>': "https://x.example/",
    '<a href="javascript:alert(1)">there</a>': "there",
    "<h2>Head</h2>text": "## Head\n\ntext",
    "<blockquote>said</blockquote>": "> said",
    "<pre>a\n  b</pre>": "```\na\n  b\n```",
    "<code>x</code>": "`x`",
    "a<script>alert(1)</script>b": "ab",
    "a<style>p { }</style >b": "ab",
    "a<script>x('<b>no</b>')</script>b": "ab",
    "<!-- hidden -->shown": "shown",
    "AT&amp;T &mdash; &#8364; &#x20AC;": "AT&T — € €",
    "<P CLASS='x'>Loud</P>": "Loud",
    "<b>never closed": "**never closed**",
    "closed, never opened</b></ul>": "closed, never opened",
    "<b><i>crossed</b></i>": "***crossed***",
    "<span>kept</span> <img src=x onerror=y>": "kept",
}


@pytest.mark.parametrize("source", MEANT)
def test_html_says_in_markdown_what_it_meant(source):
    assert has_html(source)
    assert to_markdown(source) == MEANT[source]


@pytest.mark.parametrize(
    "text",
    [
        "a < b and b > c",
        "vector<int> is a type, List<T> too",
        "<https://example.org/> and <ada@example.org>",
        "https://example.org/?a=1&copy=2&b=3",
        "R&D; and &nosuchname;",
        "# Markdown\n\n* with *all* its `marks`\n",
    ],
)
def test_what_is_no_html_is_not_taken_for_it(text):
    assert not has_html(text)


def test_tags_that_html_does_not_know_stay_between_those_that_it_does():
    assert to_markdown("<p>vector<int> a < b</p>") == "vector<int> a < b"


@given(st.text(alphabet="abc <>/&;=\"'!-\n", max_size=60))
def test_any_text_with_brackets_becomes_some_text(text):
    assert isinstance(to_markdown(text), str)


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<pre>", "</pre>"])
        | st.sampled_from(["Snow", "Ice", "<a href=https://x.example>", "</a>", "<i>", "</i>"]),
        max_size=20,
    )
)
def test_no_word_is_lost_however_the_tags_stand(parts):
    rendered = plain(to_markdown("".join(parts)))
    wanted = [part for part in parts if not part.startswith("<")]
    assert sum(rendered.count(word) for word in ("Snow", "Ice")) == len(wanted)


@pytest.mark.parametrize("unit", ["<b>", "<ul><li>", "<!--", "<a href=", "</p>", "&amp;", "<p <"])
def test_a_hundred_thousand_characters_of_mischief_are_read_at_once(unit):
    assert len(to_markdown(unit * (100_000 // len(unit)))) <= 1_000_000


def test_what_comes_out_renders_as_it_was():
    source = "<p>One <b>two</b></p><ul><li>three</li></ul>"
    assert html.unescape(str(markdown(to_markdown(source)))).split() == [
        *("<p>One", "<strong>two</strong></p>", "<ul>", "<li>three</li>", "</ul>")
    ]
