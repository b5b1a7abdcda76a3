"""A document as JSON for the database, and back, exactly."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from cfp.billing.document import Document


def stored(document: Document) -> dict[str, Any]:
    """Plain JSON; exact numbers, days and codes as text."""
    found = _stored(document)
    return dict(found)


def restored(content: dict[str, Any]) -> Document:
    found = _restored(Document, content)
    if not isinstance(found, Document):
        message = "the content is no document"
        raise TypeError(message)
    return found


def _stored(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {f.name: _stored(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_stored(each) for each in value]
    return value


def _restored(kind: Any, value: Any) -> Any:
    """``value`` as the type that a field declares."""
    if isinstance(kind, UnionType):
        [kind] = [each for each in get_args(kind) if each is not NoneType]
        return None if value is None else _restored(kind, value)
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_restored(one, each) for one, each in zip(kinds, value, strict=True))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _restored(hints[name], each) for name, each in value.items()})
    if kind is date:
        return date.fromisoformat(value)
    is_read = kind is Decimal or (isinstance(kind, type) and issubclass(kind, Enum))
    return kind(value) if is_read else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
