"""Markdown that people wrote, made safe to show: parsed without raw HTML, then cleaned."""

from __future__ import annotations

import html

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}
_TAGS = {
    *("p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"),
    *_HEADINGS.values(),
}


def markdown(text: str | None) -> Markup:
    """HTML of ``text``; headings begin at h3 because the page owns h1 and h2.

    Relative links are dropped: user text has no business pointing into our own pages.
    """
    tokens = _parser.parse(text or "")
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    clean = nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="ugc nofollow noopener",
    )
    return Markup(clean)  # noqa: S704  (cleaned by nh3 just above)


def plain(text: str | None) -> str:
    """The words of ``text`` on one line, without markup, for feeds and previews."""
    words = nh3.clean(_parser.render(text or ""), tags=set())
    return " ".join(html.unescape(words).split())
