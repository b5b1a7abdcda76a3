"""The shape of what organisers type about the kitchen, its meals and the past."""

from cfp.catering.forms.fields import MoneyField, amount, day
from cfp.catering.forms.known import KitchenForm, PastForm
from cfp.catering.forms.served import CatererForm, MealForm, OrderForm, ReportForm

__all__ = [
    "CatererForm",
    "KitchenForm",
    "MealForm",
    "MoneyField",
    "OrderForm",
    "PastForm",
    "ReportForm",
    "amount",
    "day",
]
