"""Interest to the cent by hand-computed vectors; costs, interest, debt; letters in their order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.billing.dunning import (
    BaseRate,
    Case,
    Level,
    MissingRate,
    Stop,
    due_level,
    interest,
    missing_rate,
    standing,
    stops,
)
from cfp.billing.dunning.interest import BUSINESS, CONSUMER, rounded
from cfp.billing.dunning.workdays import easter_of, payable_on

RATES = [
    BaseRate(date(2023, 7, 1), Decimal("3.12")),
    BaseRate(date(2024, 1, 1), Decimal("3.62")),
    BaseRate(date(2024, 7, 1), Decimal("3.37")),
    BaseRate(date(2025, 1, 1), Decimal("2.27")),
    BaseRate(date(2026, 1, 1), Decimal("1.27")),
    BaseRate(date(2026, 7, 1), Decimal("1.52")),
    BaseRate(date(2020, 7, 1), Decimal("-0.88")),
]
NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)


def owed(principal, due, on, points=BUSINESS, **more):
    return standing(principal, due, on, RATES, points, **more)


@pytest.mark.parametrize(
    ("principal", "due", "on", "points", "cents"),
    [
        # 1,000.00 at 12.37 %: 10 days of 365 are 3.3890...
        (100_000, date(2024, 9, 1), date(2024, 9, 11), BUSINESS, 339),
        # over the new year, 5,950.00: 31 days at 12.37 % (62.5110) and 31 at 11.27 % (56.9522)
        (595_000, date(2024, 11, 30), date(2025, 1, 31), BUSINESS, 11_946),
        # a leap year by 365, too: 12,000.00, 182 days at 12.62 (755.1266), 184 at 12.37 (748.3003)
        (1_200_000, date(2023, 12, 31), date(2024, 12, 31), BUSINESS, 150_343),
        # a consumer, base rate below zero: 399.00 at 4.12 %, 30 days are 1.3511...
        (39_900, date(2020, 8, 1), date(2020, 8, 31), CONSUMER, 135),
        # over 1 July 2026, 1,000.00: 10 days at 10.27 % (2.8136) and 10 at 10.52 % (2.8822)
        (100_000, date(2026, 6, 20), date(2026, 7, 10), BUSINESS, 570),
        # a consumer, 399.00: one day at 6.27 % (0.0685) and the next at 6.52 % (0.0713)
        (39_900, date(2026, 6, 29), date(2026, 7, 1), CONSUMER, 14),
        # the whole of 2026, 12,000.00: 181 days at 10.27 (611.1354) and 184 at 10.52 (636.3879)
        (1_200_000, date(2025, 12, 31), date(2026, 12, 31), BUSINESS, 124_752),
        # the due date itself bears none
        (100_000, date(2024, 9, 1), date(2024, 9, 1), BUSINESS, 0),
    ],
)
def test_interest_by_half_years(principal, due, on, points, cents):
    assert owed(principal, due, on, points).interest == cents


def test_the_segments_change_with_the_base_rate():
    found = interest(595_000, date(2024, 12, 1), date(2025, 1, 31), RATES, BUSINESS)
    assert [(one.days, one.percent) for one in found] == [
        (31, Decimal("12.37")),
        (31, Decimal("11.27")),
    ]
    assert (
        sum(one.cents for one in found)
        == Fraction(595_000, 100) * (Fraction("12.37") + Fraction("11.27")) * 31 / 365
    )


def test_a_payment_goes_to_costs_then_interest_then_the_debt():
    paid = date(2024, 9, 11)
    # 40.00 costs, 3.39 interest until the payment; of 100.00, 56.61 are left for the debt.
    found = owed(
        100_000, date(2024, 9, 1), paid, costs=[(date(2024, 9, 5), 4000)], payments=[(paid, 10_000)]
    )
    assert (found.costs, found.interest, found.principal) == (0, 0, 94_339)
    # 30 more days on 943.39 at 12.37 % are 9.5914...
    later = owed(
        100_000,
        date(2024, 9, 1),
        paid + timedelta(days=30),
        costs=[(date(2024, 9, 5), 4000)],
        payments=[(paid, 10_000)],
    )
    assert (later.interest, later.principal, later.total) == (959, 94_339, 95_298)


def test_a_small_payment_covers_costs_only_in_part():
    found = owed(
        100_000,
        date(2024, 9, 1),
        date(2024, 9, 11),
        costs=[(date(2024, 9, 5), 4000)],
        payments=[(date(2024, 9, 11), 1500)],
    )
    assert (found.costs, found.interest, found.principal) == (2500, 339, 100_000)


def test_who_pays_in_time_owes_nothing():
    found = owed(
        100_000, date(2024, 9, 1), date(2025, 1, 31), payments=[(date(2024, 8, 1), 100_000)]
    )
    assert found.total == 0


@given(
    st.integers(1, 10**8),
    st.integers(0, 690),
    st.lists(st.tuples(st.integers(-10, 690), st.integers(1, 10**6)), max_size=4),
)
def test_no_interest_bears_interest_and_no_cent_is_lost(principal, days, paid):
    due = date(2023, 8, 1)
    on = due + timedelta(days=days)
    payments = [(due + timedelta(days=n), cents) for n, cents in paid]
    found = owed(principal, due, on, payments=payments)
    counted = sum(cents for day, cents in payments if day <= on)
    by_hand, left, start = 0, principal, due + timedelta(days=1)
    waiting = 0
    for day, cents in [*sorted(p for p in payments if p[0] <= on), (on, 0)]:
        run = Fraction(0)
        while start <= day and left > 0:
            rate = max(r for r in RATES if r.since <= start).percent + BUSINESS
            run += Fraction(left) * Fraction(rate) / 100 / 365
            start += timedelta(days=1)
        start = max(start, day + timedelta(days=1))
        waiting += rounded(run)
        by_hand += rounded(run)
        part = min(cents, waiting)
        waiting -= part
        left -= cents - part
    assert (found.interest, found.principal) == (waiting, left)
    assert found.total == principal + by_hand - counted


def test_a_missing_half_year_is_told():
    assert missing_rate(RATES, date(2025, 3, 1)) is None
    assert missing_rate(RATES, date(2025, 7, 1)) == date(2025, 7, 1)
    assert missing_rate(RATES, date(2025, 3, 1), date(2023, 8, 1)) is None
    assert missing_rate(RATES, date(2025, 3, 1), date(2023, 5, 1)) == date(2023, 1, 1)
    assert missing_rate(RATES, date(2026, 3, 1), date(2025, 3, 1)) == date(2025, 7, 1)


def test_over_a_half_year_without_a_rate_nothing_is_computed():
    with pytest.raises(MissingRate) as missing:
        owed(100_000, date(2025, 6, 20), date(2025, 7, 1))
    assert missing.value.since == date(2025, 7, 1)
    assert owed(100_000, date(2025, 6, 20), date(2025, 6, 30)).interest > 0


@pytest.mark.parametrize(
    ("due", "payable"),
    [
        (date(2027, 2, 12), date(2027, 2, 12)),
        (date(2027, 2, 13), date(2027, 2, 15)),  # a Saturday
        (date(2027, 3, 26), date(2027, 3, 30)),  # Good Friday
        (date(2027, 5, 6), date(2027, 5, 7)),  # Ascension
        (date(2027, 12, 25), date(2027, 12, 27)),
        (date(2027, 10, 3), date(2027, 10, 4)),
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_a_day_off_is_no_day_to_pay(due, payable):
    assert payable_on(due) == payable


def test_easter_is_when_it_is():
    found = [easter_of(year) for year in (1954, 1981, 2024, 2027, 2038, 2076)]
    assert [(each.month, each.day) for each in found] == [
        (4, 18),
        (4, 19),
        (3, 31),
        (3, 28),
        (4, 25),
        (4, 19),
    ]


# Letters


def next_level(day: int, *sent: tuple[Level, int]) -> Level | None:
    due = date(2025, 3, 1)
    done = [(level, due + timedelta(days=n)) for level, n in sent]
    return due_level(Case(due, 1, done), due + timedelta(days=day))


@pytest.mark.parametrize(
    ("day", "sent", "level"),
    [
        (-4, [], None),
        (-3, [], Level.NOTICE),
        (0, [], Level.NOTICE),
        (0, [(Level.NOTICE, -3)], None),
        (2, [], None),
        (3, [], Level.FIRST),
        (6, [(Level.FIRST, 3)], None),
        (7, [(Level.FIRST, 3)], Level.SECOND),
        (14, [(Level.FIRST, 3), (Level.SECOND, 7)], Level.FORMAL),
        (28, [(Level.FIRST, 3), (Level.SECOND, 7), (Level.FORMAL, 14)], Level.HANDOVER),
        (99, [(level, n) for n, level in enumerate(Level)], None),
        (60, [], Level.FIRST),
        (62, [(Level.FIRST, 60)], None),
        (63, [(Level.FIRST, 60)], Level.SECOND),
    ],
)
def test_letters_come_in_their_order_with_days_between(day, sent, level):
    assert next_level(day, *sent) is level


def case(**more) -> Case:
    return Case(**{"due": date(2025, 2, 1), "open_cents": 1, "bank_read_at": NOW} | more)


@pytest.mark.parametrize(
    ("given_case", "level", "has_rate", "found"),
    [
        (case(), Level.FORMAL, True, []),
        (case(open_cents=0), Level.FIRST, True, [Stop.PAID]),
        (case(disputed=True), Level.FIRST, True, [Stop.DISPUTE]),
        (case(promised_until=date(2025, 3, 1)), Level.FIRST, True, [Stop.PROMISED]),
        (case(promised_until=date(2025, 2, 28)), Level.FIRST, True, []),
        (case(bank_read_at=NOW - timedelta(days=2)), Level.FIRST, True, []),
        (
            case(bank_read_at=NOW - timedelta(days=2, seconds=1)),
            Level.FIRST,
            True,
            [Stop.STALE_BANK],
        ),
        (case(bank_read_at=None), Level.FIRST, True, [Stop.STALE_BANK]),
        (case(), Level.FORMAL, False, [Stop.NO_RATE]),
        (case(), Level.SECOND, False, []),
    ],
)
def test_what_speaks_against_a_letter(given_case, level, has_rate, found):
    assert stops(given_case, level, NOW, date(2025, 3, 1), has_rate=has_rate) == found
