"""The style sheet inside of a drawing, as far as drawing programs write one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Declarations = list[tuple[str, str]]


@dataclass(frozen=True)
class Rules:
    """Declarations by the plain selectors that they have: ``path``, ``.st0``, ``#logo``."""

    by_selector: dict[str, Declarations]

    def of(self, name: str, id_: str | None, classes: str | None) -> Iterator[tuple[str, str]]:
        """What they say of an element, the more particular later."""
        selectors = [name, *(f".{one}" for one in (classes or "").split()), f"#{id_}"]
        for selector in selectors:
            yield from self.by_selector.get(selector, ())


def rules_of(sheet: str) -> Rules:
    """The rules with plain selectors; all others paint nothing."""
    import tinycss2  # type: ignore[import-untyped]  # noqa: PLC0415

    found: dict[str, Declarations] = {}
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            declarations = declared(tinycss2.serialize(rule.content))
            for selector in tinycss2.serialize(rule.prelude).split(","):
                found.setdefault(selector.strip(), []).extend(declarations)
    return Rules(found)


def declared(style: str) -> Declarations:
    """What a ``style`` says, name by name; what is not understood says nothing."""
    import tinycss2  # noqa: PLC0415

    found = tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True)
    return [
        (one.lower_name, tinycss2.serialize(one.value).strip())
        for one in found
        if one.type == "declaration"
    ]
