"""What others do with a booking curve: the plain count, additive and multiplicative pick-up.

Pick-up as in Weatherford and Kimes (International Journal of Forecasting 19, 2003): the mean number
still to come, or the mean share sold, of all earlier editions at the same horizon. A first edition
has none; then the reference share takes their place, and the target where a number is needed.
"""

from __future__ import annotations

from statistics import fmean

from cfp.catering.forecast.editions import Edition, Situation, sold_at
from cfp.catering.forecast.reference import share_at


def rivals(asked: Situation, earlier: tuple[Edition, ...]) -> tuple[float, float, float]:
    """Plain count, additive and multiplicative pick-up, in this order."""
    pairs = [(sold_at(one.points, asked.days), one.final) for one in earlier]
    seen = [(sold, final) for sold, final in pairs if sold is not None and final > 0]
    sold = asked.sold
    if seen:
        come = fmean(final - then for then, final in seen)
        share = fmean(then / final for then, final in seen)
    else:
        share = share_at(asked.days)
        come = (asked.target or 0) * (1 - share)
    return float(sold), sold + come, sold / max(share, 0.02)
