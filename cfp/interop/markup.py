"""HTML that other systems keep in abstracts, as the Markdown that ours are written in."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from cfp.interop.text import web_address

_BLOCKS = {"p", "div", "ul", "ol", "table", "tr", "section", "article"}
_HEADINGS = {"h1": "#", "h2": "##", "h3": "###", "h4": "####", "h5": "#####", "h6": "######"}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_SILENT = {"script", "style"}
_OTHERS = {"a", "li", "br", "hr", "blockquote", "pre", "span", "u", "small", "td", "th", "img"}
_STANDING = _BLOCKS | set(_HEADINGS) | {"li", "blockquote", "pre"}  # on lines of their own
_KNOWN = _BLOCKS | set(_HEADINGS) | set(_MARKS) | _SILENT | _OTHERS
_TOKEN = re.compile(
    r"(<!--[^<>]*-->|</?(?:{})(?:\s[^<>]*)?/?>)".format("|".join(sorted(_KNOWN))), re.IGNORECASE
)
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_DEEPEST = 20


@dataclass
class _Open:
    """A tag that is still open, and what was said inside it."""

    tag: str
    href: str = ""
    parts: list[str] = field(default_factory=list)
    items: int = 0
    holds_blocks: bool = False

    @property
    def text(self) -> str:
        return "".join(self.parts)


def has_html(text: str) -> bool:
    """Whether the text holds a tag of HTML or a character named as in HTML."""
    named = (match[0] for match in _CHARACTER.finditer(text))
    return bool(_TOKEN.search(text)) or any(html.unescape(name) != name for name in named)


def to_markdown(text: str) -> str:
    """The text with its HTML as Markdown; tags that HTML does not know stay as they stand."""
    stack = [_Open("")]
    for part in _TOKEN.split(text):
        if _TOKEN.fullmatch(part):
            _take_tag(stack, part)
        elif stack[-1].tag not in _SILENT:
            stack[-1].parts.append(_CHARACTER.sub(lambda named: html.unescape(named[0]), part))
    while len(stack) > 1:
        _close(stack)
    lines = (line.rstrip() for line in stack[0].text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _take_tag(stack: list[_Open], tag: str) -> None:
    name = re.sub(r"[^a-z0-9]", "", re.split(r"[\s>]", tag.lower())[0])
    top = stack[-1]
    if top.tag in _SILENT:
        if tag.startswith("</") and name == top.tag:
            stack.pop()
    elif name in {"br", "hr"}:
        top.parts.append("\n" if name == "br" else "\n\n---\n\n")
    elif tag.startswith("</"):
        if any(opened.tag == name for opened in stack):
            while stack[-1].tag != name:
                _close(stack)
            _close(stack)
    elif name in _KNOWN and name != "img" and len(stack) <= _DEEPEST:
        if name in {"li", "p"} and top.tag == name:
            _close(stack)  # nobody closes these
        href = _HREF.search(tag) if name == "a" else None
        stack.append(_Open(name, next(filter(None, href.groups()), "") if href else ""))


def _close(stack: list[_Open]) -> None:
    done = stack.pop()
    stack[-1].parts.append(_said(done, stack[-1]))
    stack[-1].holds_blocks |= done.holds_blocks or done.tag in _STANDING


def _said(done: _Open, outer: _Open) -> str:
    """What the tag means in Markdown."""
    text = said = done.text
    inner = text.strip()
    if done.tag in _MARKS or done.tag == "a":
        plain = done.holds_blocks or not inner
        said = text if plain else text.replace(inner, _marked(done, inner), 1)
    elif done.tag in _HEADINGS:
        said = f"\n\n{_HEADINGS[done.tag]} {' '.join(inner.split())}\n\n" if inner else ""
    elif done.tag == "li":
        outer.items += 1
        bullet = f"{outer.items}." if outer.tag == "ol" else "-"
        said = f"\n{bullet} " + inner.replace("\n", "\n" + " " * (len(bullet) + 1))
    elif done.tag == "blockquote":
        said = "\n\n> " + inner.replace("\n", "\n> ") + "\n\n"
    elif done.tag == "pre":
        said = "\n\n```\n" + text.strip("\n").replace("`", "") + "\n```\n\n"
    elif done.tag in {"ul", "ol"} and outer.tag == "li":
        said = "\n" + inner
    elif done.tag in {"td", "th"}:
        said = f"{inner} "
    elif done.tag in _BLOCKS:
        said = f"\n\n{inner}\n\n"
    return said


def _marked(done: _Open, inner: str) -> str:
    if done.tag != "a":
        mark = _MARKS[done.tag]
        return f"{mark}{inner}{mark}"
    url = web_address(html.unescape(done.href))
    if not url:
        return inner
    return url if inner == url else f"[{inner}]({url.replace(')', '%29')})"
