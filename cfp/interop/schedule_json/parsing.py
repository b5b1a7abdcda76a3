"""JSON from strangers: limits first, then values that are what they should be or nothing."""

from __future__ import annotations

import json
from typing import Any

from cfp.interop.imported import MOST_PARTS, BrokenFile, within_size
from cfp.interop.text import clean
from cfp.sentences import say


def parse(data: bytes) -> Any:
    """The value in the file; what is no JSON is a BrokenFile with line and column."""
    if within_size(data).count(b"{") + data.count(b"[") > MOST_PARTS:
        raise BrokenFile(say("The file holds too much."))
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        place = say("line %(n)s, column %(m)s", n=error.lineno, m=error.colno)
        sentence = say("The file is not JSON (“%(reason)s”).", reason=error.msg)
        raise BrokenFile(sentence, place) from None
    except UnicodeDecodeError as error:
        raise BrokenFile(
            say("The file is not UTF-8."), say("byte %(n)s", n=error.start + 1)
        ) from None
    except (RecursionError, ValueError):
        raise BrokenFile(say("The file is nested too deeply or holds too large numbers.")) from None


def a_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def a_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def dicts(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; whatever else stands there is not looked at."""
    return [item for item in a_list(value) if isinstance(item, dict)]


def words(value: Any) -> str:
    """A text, a number or a truth as clean words; null, lists and objects are no words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return clean(value)
    return str(value) if isinstance(value, int | float) else ""


def whole(value: Any) -> int | None:
    """A positive whole number, or nothing."""
    number = value if isinstance(value, int) else None
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 10:
        number = int(value)
    return number if number and 0 < number < 10**9 and not isinstance(value, bool) else None
