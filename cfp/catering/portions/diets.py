"""Portions by diet: those who answered, those who did not, and enough for who cannot eat the rest.

Unanswered diets follow a Dirichlet-multinomial (Minka, Estimating a Dirichlet distribution, 2000):
counts among the answers, with a weak belief in what conferences usually see. With 95 % no
restricted diet runs short at a meal: what is left of one feeds everybody, the reverse does not
hold. Each of k diets therefore has the level 1 - 0.05 / k (Bonferroni), for many heads.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SERVICE = 0.95
BELIEF = 60.0  # answers that the usual shares are worth: they differ by 5 points or so
YEARLY = 0.8  # what an earlier edition tells fades so much a year
ANY = "anything"
GLUTEN_FREE = "gluten_free"
USUAL = {ANY: 0.66, "vegetarian": 0.22, "vegan": 0.09, GLUTEN_FREE: 0.03}


@dataclass(frozen=True, slots=True)
class Portions:
    """Portions by diet, summing to the order, and how many of each are likely."""

    order: int
    by_diet: Mapping[str, int]
    likely: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answers:
    """How many people of an earlier edition told what they eat, by diet."""

    by_diet: Mapping[str, int]
    age: float = 1.0


def learnt(earlier: Sequence[Answers]) -> dict[str, float]:
    """The usual shares after what earlier editions answered, by partial pooling.

    What conferences usually see is worth 60 answers. However many answered an edition, it is worth
    less than that, because editions differ: n answers count as 60 n / (60 + n), and fade by 0.8
    a year. For the next edition the shares so found are worth 60 answers again.
    """
    weights = {diet: BELIEF * share for diet, share in USUAL.items()}
    for edition in earlier:
        told = sum(edition.by_diet.values())
        worth = YEARLY**edition.age * BELIEF / (BELIEF + told)
        for diet, count in edition.by_diet.items():
            weights[diet] = weights.get(diet, 0.0) + worth * count
    whole = sum(weights.values())
    return {diet: weight / whole for diet, weight in weights.items()}


def shares(
    answered: Mapping[str, int], usual: Mapping[str, float] | None = None
) -> dict[str, float]:
    """The expected share of each diet among those who did not answer."""
    usual = USUAL if usual is None else usual
    names = list(dict.fromkeys([ANY, *usual, *answered]))
    weights = {d: answered.get(d, 0) + BELIEF * usual.get(d, 0.0) for d in names}
    whole = sum(weights.values())
    return {diet: weight / whole for diet, weight in weights.items()}


def split(
    order: int,
    heads: float,
    answered: Mapping[str, int],
    usual: Mapping[str, float] | None = None,
    *,
    high: float | None = None,
    service: float = SERVICE,
) -> Portions:
    """An order of portions for about ``heads`` people, of whom ``answered`` told their diet.

    ``high`` is how many there may well be; restricted diets are ordered for that many.

    Each restricted diet gets the quantile of its own need; the rest is for those who eat anything.
    """
    told = sum(answered.values())
    expected = shares(answered, usual)
    level = 1 - (1 - service) / max(1, len(expected) - 1)
    many = max(heads, high or heads)
    likely, wanted = {}, {}
    for diet, share in expected.items():
        known = answered.get(diet, 0)
        likely[diet] = known * _come(heads, told) + max(0.0, heads - told) * share
        places = max(0, math.ceil(many - told))
        wanted[diet] = _enough(known, _come(many, told), places, share, told + BELIEF, level)
    restricted = {d: n for d, n in wanted.items() if d != ANY and n > 0}
    whole = max(order, sum(restricted.values()))
    by_diet = {ANY: whole - sum(restricted.values()), **restricted}
    return Portions(whole, by_diet, likely)


def _come(heads: float, told: int) -> float:
    """The share of those who answered that comes."""
    return min(1.0, heads / told) if told else 0.0


def _enough(
    known: int, come: float, places: int, share: float, belief: float, service: float
) -> int:
    """The least number that is enough with that chance: known who come, and open places."""
    chances = _convolved(_binomial(known, come), _beta_binomial(places, share, belief))
    below = 0.0
    for number, chance in enumerate(chances):
        below += chance
        if below >= service - 1e-12:
            return number
    return len(chances) - 1


def _binomial(n: int, p: float) -> list[float]:
    if p >= 1:
        return [0.0] * n + [1.0]
    return [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]


def _beta_binomial(n: int, share: float, belief: float) -> list[float]:
    """One diet's count of a Dirichlet-multinomial."""
    a, b = share * belief, (1 - share) * belief
    if a <= 0:
        return [1.0] + [0.0] * n
    if b <= 0:
        return [0.0] * n + [1.0]

    def beta(x: float, y: float) -> float:
        return math.lgamma(x) + math.lgamma(y) - math.lgamma(x + y)

    def log_choose(k: int) -> float:
        return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)

    return [math.exp(log_choose(k) + beta(k + a, n - k + b) - beta(a, b)) for k in range(n + 1)]


def _convolved(first: list[float], second: list[float]) -> list[float]:
    found = [0.0] * (len(first) + len(second) - 1)
    for i, a in enumerate(first):
        if a < 1e-15:
            continue
        for j, b in enumerate(second):
            found[i + j] += a * b
    return found
