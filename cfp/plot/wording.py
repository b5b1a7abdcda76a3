"""The few words and the way of writing numbers that a picture adds by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wording:
    """The few words that a picture adds by itself."""

    months: tuple[str, ...]
    day_month: str  # with {day} and {month}
    decimal: str
    today: str
    start: str
    end: str
    no_data: str

    def day(self, on: date, *, with_year: bool = False) -> str:
        text = self.day_month.format(day=on.day, month=self.months[on.month - 1])
        return f"{text} {on.year}" if with_year else text

    def number(self, value: float, decimals: int = 0) -> str:
        """Thousands apart by a thin space, as in every language; the decimal sign is its own."""
        text = f"{value:,.{decimals}f}"
        if not any(c in "123456789" for c in text):
            text = text.lstrip("-")
        return text.translate(
            {
                ord(","): "\N{NARROW NO-BREAK SPACE}",
                ord("."): self.decimal,
                ord("-"): "\N{MINUS SIGN}",
            }
        )


def _months(names: str) -> tuple[str, ...]:
    return tuple(names.split())


ENGLISH = Wording(
    months=_months("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    day_month="{day} {month}",
    decimal=".",
    today="today",
    start="from",
    end="until",
    no_data="Nothing to show yet.",
)
GERMAN = Wording(
    months=_months("Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."),
    day_month="{day}. {month}",
    decimal=",",
    today="heute",
    start="von",
    end="bis",
    no_data="Noch nichts zu zeigen.",
)
