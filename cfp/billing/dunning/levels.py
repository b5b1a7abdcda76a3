"""When which letter is due: a friendly notice, reminders, interest, the end of patience."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

REST = timedelta(days=3)  # between two letters, however late the scheduler comes
STALE = timedelta(days=2)
LUMP_SUM = 4000  # cents, once, between businesses (BGB sec. 288 (5))


class Level(Enum):
    """The letters in their order, by the days after the due date on which they are due."""

    NOTICE = "notice"
    FIRST = "first"
    SECOND = "second"
    FORMAL = "formal"
    HANDOVER = "handover"

    @property
    def after(self) -> timedelta:
        return timedelta(
            days={"notice": -3, "first": 3, "second": 7, "formal": 14}.get(self.value, 28)
        )

    @property
    def with_interest(self) -> bool:
        return self in {Level.FORMAL, Level.HANDOVER}


class Stop(Enum):
    """Why no letter goes out."""

    PAID = "paid"
    DISPUTE = "dispute"
    PROMISED = "promised"
    NO_RATE = "no_rate"
    STALE_BANK = "stale_bank"


@dataclass(frozen=True)
class Case:
    """What is known about one debt when a letter could be due."""

    due: date
    open_cents: int
    sent: Collection[tuple[Level, date]] = ()
    disputed: bool = False
    promised_until: date | None = None
    bank_read_at: datetime | None = None


def due_level(case: Case, today: date) -> Level | None:
    """The next letter that is due, if any; levels are not skipped, and never written twice.

    The friendly notice makes sense only before the due date. After a pause of the scheduler, or of
    a stop, letters go on in their order with some days between them.
    """
    levels = [level for level, _ in case.sent]
    if today <= case.due:
        is_time = today >= case.due + Level.NOTICE.after
        return Level.NOTICE if is_time and not levels else None
    for level in (Level.FIRST, Level.SECOND, Level.FORMAL, Level.HANDOVER):
        if level in levels:
            continue
        last = max((day for _, day in case.sent), default=None)
        is_rested = last is None or today >= last + REST
        return level if today >= case.due + level.after and is_rested else None
    return None


def stops(case: Case, level: Level, now: datetime, today: date, *, has_rate: bool) -> list[Stop]:
    """Everything that speaks against a letter; none may go out while there is something."""
    found = []
    if case.open_cents <= 0:
        found.append(Stop.PAID)
    if case.disputed:
        found.append(Stop.DISPUTE)
    if case.promised_until is not None and today <= case.promised_until:
        found.append(Stop.PROMISED)
    if level.with_interest and not has_rate:
        found.append(Stop.NO_RATE)
    if case.bank_read_at is None or now - case.bank_read_at > STALE:
        found.append(Stop.STALE_BANK)
    return found
