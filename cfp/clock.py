"""Time: now, zones, and deadlines that mean the last second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


def now() -> datetime:
    """The present moment, aware and in UTC; the only place that asks the machine."""
    return datetime.now(UTC)


def is_zone(name: str) -> bool:
    """Whether ``name`` is an IANA time zone such as ``Europe/Berlin``."""
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def local(moment: datetime, zone: str) -> datetime:
    """The same moment on a clock in ``zone``."""
    return moment.astimezone(ZoneInfo(zone))


def from_wall(wall: datetime, zone: str) -> datetime:
    """The UTC moment at which a clock in ``zone`` shows ``wall`` (naive).

    In the hour that a clock shows twice the earlier one is meant; a time that a clock skips
    is read with the offset from before the jump (PEP 495, fold=0).
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def is_past(deadline: datetime | None, at: datetime) -> bool:
    """Whether ``deadline`` is over at ``at``; it includes the whole of its last second."""
    return deadline is not None and at >= deadline.replace(microsecond=0) + timedelta(seconds=1)


def offset_name(moment: datetime, zone: str) -> str:
    """The zone's offset at that moment as people write it: ``UTC+2``, ``UTC-3:30``, ``UTC``."""
    offset = local(moment, zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "-"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
