"""XML from strangers as a tree that knows its lines; no DTD, no entities, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from cfp.interop.imported import MOST_PARTS, BrokenFile, line_at, within_size
from cfp.sentences import say

_DEEPEST = 50


@dataclass(slots=True)
class Element:
    """One element: its attributes, its own text, its children, and the line it begins on."""

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        return iter(self.children)

    @property
    def where(self) -> str:
        return line_at(self.line)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def get(self, attribute: str) -> str:
        return self.attributes.get(attribute, "").strip()

    def all(self, name: str) -> list[Element]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Element | None:
        return next((child for child in self.children if child.name == name), None)

    def said(self, name: str) -> str:
        """The text of the first child of that name, or nothing."""
        child = self.first(name)
        return child.text if child else ""


def parse(data: bytes) -> Element:
    """The root of a well-formed document; anything else is a BrokenFile with line and column."""
    if within_size(data).count(b"<") > 2 * MOST_PARTS:
        raise BrokenFile(say("The file holds too much."))
    parser = expat.ParserCreate()
    building = _Building(parser)
    try:
        parser.Parse(data, True)  # noqa: FBT003  (expat: this is all of it)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        place = say("line %(n)s, column %(m)s", n=error.lineno, m=error.offset + 1)
        sentence = say("The file is not well-formed XML (“%(reason)s”).", reason=reason)
        raise BrokenFile(sentence, place) from None
    except (ValueError, LookupError) as error:
        raise BrokenFile(say("The file's encoding is not known."), line_at(1)) from error
    return building.root


class _Building:
    """Listens to expat and refuses at once what a schedule has no use for."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self._open: list[Element] = []
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self.root = Element("", {}, 0)

    def _doctype(self, *_: object) -> None:
        raise BrokenFile(
            say("The file declares a document type, which is not accepted."), self._line
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise BrokenFile(say("The file is nested too deeply."), self._line)
        element = Element(name, attributes, self._parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].parts.append(text)

    @property
    def _line(self) -> str:
        return line_at(self._parser.CurrentLineNumber)
