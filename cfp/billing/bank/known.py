"""Which movements of a file are known already: the same file, an overlap, another format.

A bank's own reference decides where both sides have one of the same format; else the same day,
amount and words; else, between two formats, words that resemble each other, for each format cuts
and wraps them in its own way. Every known movement answers for one of the file and no more.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cfp.billing.bank.statement import Entry, compact

ALIKE = 0.75
ALIKE_NAMES = 0.5


@dataclass(frozen=True)
class Known:
    """A movement with the format of the file that it came in."""

    form: str
    entry: Entry


def unknown(known: Iterable[Known], found: Sequence[Known]) -> list[Known]:
    """What of ``found`` is new, in its order."""
    there = defaultdict[tuple[object, ...], list[Known]](list)
    for one in known:
        there[_place(one.entry)].append(one)
    groups = defaultdict[tuple[object, ...], list[int]](list)
    for position, one in enumerate(found):
        groups[_place(one.entry)].append(position)
    new: list[int] = []
    for place, positions in groups.items():
        new += _unpaired(there.get(place, []), [(p, found[p]) for p in positions])
    return [found[position] for position in sorted(new)]


def _place(entry: Entry) -> tuple[object, ...]:
    return entry.booked_on, entry.cents, entry.currency


def _unpaired(known: list[Known], found: list[tuple[int, Known]]) -> list[int]:
    """Positions for which no known movement is left; the surest pairs first."""
    left = known
    for same in (_same_reference, _same_words, _same_letters):
        left, found = _pair_exactly(left, found, same)
    likely = sorted(
        (-_likeness(one.entry, other.entry), position, index)
        for position, one in found
        for index, other in enumerate(left)
        if one.form != other.form
    )
    taken_found, taken_left = set[int](), set[int]()
    for score, position, index in likely:
        if -score >= ALIKE and position not in taken_found and index not in taken_left:
            taken_found.add(position)
            taken_left.add(index)
    return [position for position, _ in found if position not in taken_found]


def _pair_exactly(
    known: list[Known], found: list[tuple[int, Known]], same: Callable[[Known], object]
) -> tuple[list[Known], list[tuple[int, Known]]]:
    """What is left of both when all that are the same by one measure have found each other."""
    waiting = defaultdict[object, list[Known]](list)
    for one in known:
        waiting[same(one)].append(one)
    rest = []
    for position, one in found:
        key = same(one)
        twins = waiting[key] if key is not None and key in waiting else []
        may_differ = same is not _same_letters
        twin = next((each for each in twins if may_differ or each.form != one.form), None)
        if twin is None:
            rest.append((position, one))
        else:
            twins.remove(twin)
    return [each for several in waiting.values() for each in several], rest


def _same_reference(one: Known) -> object:
    """The bank's reference, which speaks only within one format."""
    return (one.form, one.entry.bank_reference) if one.entry.bank_reference else None


def _same_words(one: Known) -> object:
    entry = one.entry
    reference = entry.bank_reference if one.entry.bank_reference else ""
    return one.form, reference, compact(entry.name), compact(entry.text), entry.end_to_end


def _same_letters(one: Known) -> object:
    """Between two formats: the same text, whatever breaks and umlauts a bank makes of it."""
    return _letters(one.entry.text), _letters(one.entry.name)[:20]


def _likeness(one: Entry, other: Entry) -> float:
    """How much of the shorter text stands in the longer one; 0 where names or numbers differ."""
    if one.end_to_end and one.end_to_end == other.end_to_end:
        return 1.0
    numbers = [set(re.findall(r"\d{4,}", each.text)) for each in (one, other)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return 0.0
    if one.name and other.name and _shared(one.name, other.name) < ALIKE_NAMES:
        return 0.0
    return _shared(one.name + one.text, other.name + other.text)


def _shared(one: str, other: str) -> float:
    """The share of the shorter text's threes of letters that the longer one has, too."""
    first, second = _threes(one), _threes(other)
    if not first or not second:
        return 1.0 if not first and not second else 0.0
    return sum((first & second).values()) / min(first.total(), second.total())


@lru_cache(maxsize=5000)
def _threes(said: str) -> Counter[str]:
    text = _letters(said)
    return Counter(text[i : i + 3] for i in range(len(text) - 2))


def _letters(text: str) -> str:
    """Letters and digits alone, as banks write them that know no umlauts."""
    plain = text.casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(umlaut, letters)
    return re.sub(r"[^A-Z0-9]", "", plain.upper())


def fingerprints(account: str, found: Sequence[Known]) -> list[str]:
    """A name for each movement that two imports at the same time would give alike.

    Movements that are alike in everything are told apart by their ordinal.
    """
    seen = Counter[str]()
    names = []
    for one in found:
        entry = one.entry
        parts = (account, entry.booked_on.isoformat(), str(entry.cents), entry.currency)
        said = repr(_same_reference(one) or _same_words(one))
        digest = hashlib.sha256("\n".join((*parts, said)).encode()).hexdigest()
        seen[digest] += 1
        names.append(f"{digest[:48]}-{seen[digest]}")
    return names
