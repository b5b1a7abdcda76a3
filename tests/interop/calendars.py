"""A calendar read by hand: no library, no zone but those that the file itself defines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass
class Component:
    name: str
    lines: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    inner: list[Component] = field(default_factory=list)

    def all(self, name: str) -> list[Component]:
        return [one for one in self.inner if one.name == name]

    def line(self, name: str) -> tuple[dict[str, str], str]:
        return next((params, value) for n, params, value in self.lines if n == name)

    def value(self, name: str) -> str:
        return self.line(name)[1]

    def text(self, name: str) -> str:
        meant = {"n": "\n", "N": "\n"}
        return re.sub(r"\\(.)", lambda m: meant.get(m[1], m[1]), self.value(name))

    def moment(self, name: str, calendar: Component) -> datetime:
        """The instant, by the VTIMEZONE that stands in the file."""
        params, value = self.line(name)
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        zones = {zone.value("TZID"): zone for zone in calendar.all("VTIMEZONE")}
        wall = datetime.fromisoformat(value)
        return (wall - offset_at(zones[params["TZID"]], wall)).replace(tzinfo=UTC)


def parse(data: bytes) -> Component:
    """The VCALENDAR; lines are unfolded as octets, for some are folded inside a character."""
    root = Component("")
    stack = [root]
    for line in re.sub(rb"\r?\n[ \t]", b"", data).decode().splitlines():
        head, value = re.fullmatch(r'((?:[^":]|"[^"]*")*):(.*)', line).groups()
        name, *params = head.split(";")
        if name == "BEGIN":
            component = Component(value)
            stack[-1].inner.append(component)
            stack.append(component)
        elif name == "END":
            assert stack.pop().name == value
        else:
            pairs = dict(param.split("=", 1) for param in params)
            stack[-1].lines.append((name, pairs, value))
    assert stack == [root]
    return root.inner[0]


def offset_at(zone: Component, wall: datetime) -> timedelta:
    """What RFC 5545 says: the last observance that has begun, its onset told on the old clock."""
    best = None
    for observance in zone.inner:
        before, after = (_offset(observance.value(n)) for n in ("TZOFFSETFROM", "TZOFFSETTO"))
        onset = datetime.fromisoformat(observance.value("DTSTART"))
        begun = max(onset, onset + after - before)
        if begun <= wall and (best is None or begun > best[0]):
            best = begun, after
    return best[1]


def _offset(text: str) -> timedelta:
    sign, hours, minutes = text[0], int(text[1:3]), int(text[3:5])
    return (timedelta(hours=hours, minutes=minutes)) * (-1 if sign == "-" else 1)
