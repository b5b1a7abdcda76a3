"""Looking into an object of the description: by any usual name, noting what is wrong with it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from cfp.billing.described import values

T = TypeVar("T")
LONGEST = 5000
LONGEST_NUMBER = 20  # digits
MISSING = object()


class NotUnderstood(Exception):  # noqa: N818  (reads as the sentence it is)
    """The description as a whole cannot be used; ``sentences`` say why, one a fault."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


class Fields:
    """One object of the description, its keys in our spelling, and the list of all faults."""

    def __init__(self, given: Any, where: str, faults: list[str]) -> None:
        self.where, self.faults = where, faults
        self.names: list[str] = []
        self.given: dict[str, Any] = {}
        if not isinstance(given, dict):
            self.fault("must be an object with names and values")
            return
        for key, value in given.items():
            name = spelled(key)
            if name in self.given:
                self.fault(f"“{key}” stands there twice")
            if value is not None:
                self.given[name] = value

    def fault(self, sentence: str, name: str = "") -> None:
        place = ".".join(part for part in (self.where, name) if part)
        self.faults.append(f"{place}: {sentence}." if place else f"{sentence}.")

    def take(self, *names: str) -> Any:
        """The value under the first of the names that is there; two of them are a fault."""
        self.names += names
        found = [name for name in names if name in self.given]
        if len(found) > 1:
            self.fault(f"“{found[0]}” and “{found[1]}” are the same; give one of them")
        given = [self.given.pop(name) for name in found]
        return given[0] if given else MISSING

    def has(self, *names: str) -> bool:
        return any(name in self.given for name in names)

    def text(self, *names: str, most: int = LONGEST) -> str:
        given = self.take(*names)
        if given is MISSING:
            return ""
        if isinstance(given, bool) or not isinstance(given, str | int | Decimal):
            self.fault("must be text", names[0])
            return ""
        text = values.cleaned(str(given))
        if len(text) > most:
            self.fault(f"is longer than {most} characters", names[0])
        return text

    def number(self, *names: str, least: Decimal | None = None) -> Decimal | None:
        given = self.take(*names)
        return None if given is MISSING else self.as_number(given, names[0], least)

    def as_number(self, given: Any, name: str, least: Decimal | None = None) -> Decimal | None:
        found = values.number(given)
        if found is None:
            self.fault(f"“{shown(given)}” is no number; write 1234.56", name)
        elif (
            len(found.as_tuple().digits) > LONGEST_NUMBER or abs(found.adjusted()) > LONGEST_NUMBER
        ):
            self.fault("has more digits than can be reckoned with", name)
            return None
        elif least is not None and found < least:
            self.fault(f"must be at least {least}", name)
        return found

    def percent(self, *names: str) -> Decimal | None:
        """``10``, ``"10 %"``."""
        given = self.take(*names)
        if given is MISSING:
            return None
        if isinstance(given, str):
            given = given.strip().removesuffix("%").strip()
        found = self.as_number(given, names[0], Decimal(0))
        if found is not None and found > 100:
            self.fault("is more than 100 percent", names[0])
        return found

    def day(self, *names: str) -> date | None:
        given = self.take(*names)
        if given is MISSING:
            return None
        found = values.day(given)
        if found is not None and not 1990 <= found.year < 2200:
            self.fault(f"“{shown(given)}” is not of our time", names[0])
        if found is None:
            self.fault(f"“{shown(given)}” is no day; write 2027-03-01", names[0])
        return found

    def flag(self, *names: str) -> bool | None:
        given = self.take(*names)
        if given is MISSING:
            return None
        words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
        found = words.get(str(given).strip().lower())
        if found is None:
            self.fault(f"“{shown(given)}” is neither true nor false", names[0])
        return found

    def chosen(self, choices: dict[str, T], *names: str) -> T | None:
        """One of some words, in any case and with any dashes."""
        given = self.take(*names)
        if given is MISSING:
            return None
        word = spelled(str(given))
        if word in choices:
            return choices[word]
        known = ", ".join(dict.fromkeys(choices))
        self.fault(f"“{shown(given)}” is not known; these are: {known}", names[0])
        return None

    def object(self, *names: str) -> Fields | None:
        given = self.take(*names)
        if given is MISSING:
            return None
        return Fields(given, ".".join(filter(None, (self.where, names[0]))), self.faults)

    def each(self, read: Callable[[Fields], T], *names: str) -> tuple[T, ...]:
        """A list of objects, or a single one; ``where`` counts from 1 as people do."""
        given = self.take(*names)
        if given is MISSING:
            return ()
        found = given if isinstance(given, list) else [given]
        place = ".".join(filter(None, (self.where, names[0])))
        return tuple(
            read(Fields(one, f"{place} {position}", self.faults))
            for position, one in enumerate(found, 1)
        )

    def merge(self, other: Fields | None) -> None:
        """Let the values of an inner object stand here, as if nobody had put them apart."""
        if other is None:
            return
        for name, value in other.given.items():
            if name in self.given:
                self.fault(f"“{name}” stands here and in an object of its own")
            self.given[name] = value

    def close(self) -> None:
        """Whatever nobody took is a name that is not known here."""
        for name in self.given:
            near = difflib.get_close_matches(name, self.names, 1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            self.fault(f"“{name}” is not known here{hint}".rstrip("?"))


def spelled(key: str) -> str:
    """``unitPrice``, ``Unit price`` and ``unit-price`` are ``unit_price``."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key.strip())
    return re.sub(r"[\s\-_.]+", "_", snake).strip("_").lower()


def shown(given: Any) -> str:
    text = str(given)
    return text if len(text) <= 40 else f"{text[:40]}…"
