"""The kitchen's tables: meals and caterers, what was foreseen and ordered, what the past sold."""

from cfp.catering.models.history import PastEdition, PastSale
from cfp.catering.models.kitchen import Caterer, Kitchen, Meal
from cfp.catering.models.record import ForecastSnapshot, MealReport, OrderSheet

__all__ = [
    "Caterer",
    "ForecastSnapshot",
    "Kitchen",
    "Meal",
    "MealReport",
    "OrderSheet",
    "PastEdition",
    "PastSale",
]
