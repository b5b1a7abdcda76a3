"""Words in braces in a letter: which there are, what is wrong with them, the text filled in.

Filling goes over a text once, so that a title with braces in it fills in nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from cfp.sentences import say

BRACES = re.compile(r"\{([^{}\n]*)\}")


def used(text: str) -> list[str]:
    """The words in braces, each once, in the order in which they come."""
    return list(dict.fromkeys(found[1].strip() for found in BRACES.finditer(text)))


def faults(text: str, known: Collection[str], needed: Collection[str] = ()) -> Iterator[str]:
    """What would make a letter of this text wrong, in sentences."""
    for name in used(text):
        if name not in known:
            yield say("“{%(name)s}” is no word that can be filled in.", name=name)
    if set(BRACES.sub("", text)) & {"{", "}"}:
        yield say("A brace is open: write {name} with one on either side.")
    for name in needed:
        if name not in used(text):
            yield say("“{%(name)s}” is missing, and the letter is of no use without it.", name=name)


def unfilled(text: str, values: Mapping[str, str]) -> list[str]:
    """The words for which there is nothing to fill in today."""
    return [name for name in used(text) if not values.get(name)]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its words filled in."""
    return BRACES.sub(lambda found: values.get(found[1].strip(), found[0]), text)
