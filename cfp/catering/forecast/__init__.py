"""What will come: final sales from a booking curve, heads at each meal from all who are admitted.

The method is the reservation forecaster's pick-up of curves (Weatherford and Kimes, International
Journal of Forecasting 19, 2003) made Bayesian: shares on the logit scale with partial pooling
between series and editions, a pace, a size prior, and one posterior on the whole numbers between
what is sold and the capacity. NumPy and SciPy are loaded by `posterior` and `heads` only; the web
imports `tickets` and `heads` inside functions, if at all.
"""

from cfp.catering.forecast.editions import Count, Edition, Situation

__all__ = ["Count", "Edition", "Situation"]
