"""Logos as SVG: read without DTD and entities, and only what draws is written anew.

Whatever is not known to draw is left out: scripts, links, pictures within, text, animations,
style sheets (their colours are moved to where they belong), everything that loads something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cfp.sentences import say
from cfp.sponsors.pictures import SVG, Picture, Unusable
from cfp.sponsors.pictures.sheet import Rules, declared, rules_of

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.w3.org/2000/svg"
HREF = ("href", "{http://www.w3.org/1999/xlink}href")
DRAWS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
    ]
)
GEOMETRY = frozenset(
    [
        "id",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "width",
        "height",
        "points",
        "transform",
        "viewBox",
        "preserveAspectRatio",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "offset",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "pathLength",
    ]
)
PAINT = frozenset(
    [
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "opacity",
        "color",
        "stop-color",
        "stop-opacity",
        "clip-path",
        "clip-rule",
        "mask",
        "display",
        "visibility",
    ]
)
HERE = re.compile(r"url\(\s*['\"]?#[\w.-]+['\"]?\s*\)")
SAFE = re.compile(r"[^<>&\\@{};]*")
LENGTH = re.compile(r"\s*([0-9.]+)\s*(px|pt|mm|cm|in)?\s*")
MOST_ELEMENTS, MOST_USES, DEEPEST = 5000, 200, 50


def cleaned(sent: bytes) -> Picture:
    """The drawing with nothing in it but shapes and their colours."""
    from lxml import etree  # noqa: PLC0415

    root = _read(sent)
    rules = rules_of("\n".join(_sheets(root)))
    left = [MOST_ELEMENTS]
    made = etree.fromstring(f'<svg xmlns="{NAMESPACE}"/>')
    _copy(root, made, rules, left, 0)
    _check_uses(made)
    width, height = _size(made)
    if len(made) == 0:
        raise Unusable(say("Nothing is drawn in this SVG. Please turn its text into paths."))
    return Picture(SVG, etree.tostring(made, encoding="utf-8"), width, height)


def _read(sent: bytes) -> _Element:
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(sent, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise Unusable(say("This SVG cannot be read.")) from None
    inside: Any = root.getroottree().docinfo.internalDTD
    if inside is not None and any(True for _entity in inside.iterentities()):
        raise Unusable(say("This SVG defines entities. Please export it without them."))
    if _name(root) != "svg":
        raise Unusable(say("This is no picture that can be read. PNG, JPEG, WebP and SVG can."))
    return root


def _name(element: _Element) -> str:
    """The name of an element of SVG; empty for comments and for what is not SVG."""
    tag: Any = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, name = tag.rpartition("}")
    return name if space in {"", f"{{{NAMESPACE}"} else ""


def _sheets(root: _Element) -> Iterator[str]:
    return ("".join(map(str, one.itertext())) for one in root.iter() if _name(one) == "style")


def _copy(given: _Element, made: _Element, rules: Rules, left: list[int], depth: int) -> None:
    if depth > DEEPEST:
        raise Unusable(say("This SVG is too complicated for a logo."))
    _paint(given, made, rules)
    for child in given:
        name = _name(child)
        if name in DRAWS:
            left[0] -= 1
            if left[0] < 0:
                raise Unusable(say("This SVG is too complicated for a logo."))
            copy = made.makeelement(f"{{{NAMESPACE}}}{name}")
            made.append(copy)
            _copy(child, copy, rules, left, depth + 1)


def _paint(given: _Element, made: _Element, rules: Rules) -> None:
    """Its own attributes, under the rules of a style sheet, under its own style."""
    found = {name: value for name, value in given.attrib.items() if name in GEOMETRY | PAINT}
    styles = [*rules.of(_name(given), given.get("id"), given.get("class"))]
    styles += declared(given.get("style", ""))
    found.update((name, value) for name, value in styles if name in PAINT)
    for name, value in found.items():
        text = str(value)
        if SAFE.fullmatch(text) and "(" not in HERE.sub("", _without_functions(text)):
            made.set(name, text)
    target = next((given.get(name) for name in HREF if given.get(name)), "")
    if target and re.fullmatch(r"#[\w.-]+", target):
        made.set("href", target)


def _without_functions(text: str) -> str:
    """Transforms and colours call functions that load nothing."""
    harmless = r"\b(matrix|translate|scale|rotate|skewX|skewY|rgba?|hsla?)\("
    return re.sub(harmless, "", text)


def _check_uses(made: _Element) -> None:
    """A drawing used within a drawing within a drawing becomes a million of them."""
    uses = [one for one in made.iter() if _name(one) == "use"]
    known = {one.get("id"): one for one in made.iter() if one.get("id")}
    nested = any(
        _name(inner) == "use"
        for use in uses
        for inner in _inside(known.get(use.get("href", "").lstrip("#")))
    )
    if len(uses) > MOST_USES or nested:
        raise Unusable(say("This SVG is too complicated for a logo."))


def _inside(element: _Element | None) -> Iterator[_Element]:
    return iter(()) if element is None else iter(element.iter())


def _size(made: _Element) -> tuple[int, int]:
    """Width to height from its box, which is written if there was none, and no fixed size."""
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", made.get("viewBox", ""))]
    if len(numbers) != 4:
        lengths = [LENGTH.fullmatch(made.get(name, "")) for name in ("width", "height")]
        numbers = [0, 0, *(float(found[1]) for found in lengths if found)]
    if len(numbers) != 4 or not all(0 < side < 1e6 for side in numbers[2:]):
        raise Unusable(say("This SVG does not say how large it is."))
    made.set("viewBox", " ".join(f"{number:g}" for number in numbers))
    for name in ("width", "height"):
        made.attrib.pop(name, "")
    wide, high = numbers[2:]
    return max(1, round(wide * 1000 / max(wide, high))), max(
        1, round(high * 1000 / max(wide, high))
    )
