"""How hungry the crowd is against the mixed one a caterer counts with.

Energy needs of adults in kcal a day (German Nutrition Society, D-A-CH reference values, moderate
activity). The mixed crowd is half men, half women, half aged 25 to 50, half 51 to 64. Only coarse
shares that the organiser sets: nobody's sex is stored for food.
"""

from __future__ import annotations

from dataclasses import dataclass

YOUNG, MIDDLE, OLDER = "19-24", "25-50", "51-64"
MEN = {YOUNG: 2800, MIDDLE: 2700, OLDER: 2500}
WOMEN = {YOUNG: 2200, MIDDLE: 2100, OLDER: 2000}
LEAST, MOST = 0.9, 1.25
LEARN = 0.5  # how far one meal's report moves the factor


@dataclass(frozen=True, slots=True)
class Crowd:
    """Shares from 0 to 1; whoever is neither young nor older is 25 to 50."""

    men: float
    young: float = 0.0
    older: float = 0.0

    def need(self) -> float:
        """Mean energy need in kcal a day."""
        ages = {YOUNG: self.young, MIDDLE: 1 - self.young - self.older, OLDER: self.older}
        return sum(
            share * (self.men * MEN[age] + (1 - self.men) * WOMEN[age])
            for age, share in ages.items()
        )


MIXED = Crowd(men=0.5, older=0.5)
EXAMPLES = (Crowd(0.7), Crowd(0.8), Crowd(0.8, young=0.9))  # 1.08, 1.11, 1.15


def factor(crowd: Crowd) -> float:
    """Portions of a mixed crowd that one person of this crowd eats."""
    return bounded(crowd.need() / MIXED.need())


def bounded(value: float) -> float:
    return min(MOST, max(LEAST, value))


def after_meal(before: float, *, missing: float = 0.0, left: float = 0.0) -> float:
    """The factor after a meal: ``missing`` or ``left`` as a share of what was served."""
    return bounded(before * (1 + LEARN * (missing - left)))
