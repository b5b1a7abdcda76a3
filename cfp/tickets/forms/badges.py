"""The shape of what the box office says before badges are printed."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from cfp.forms import Form
from cfp.tickets.models import Product, ProductKind


class BadgesForm(Form):
    order = SelectField(
        _l("In the order of"),
        choices=[
            SelectChoice("name", _l("Name")),
            SelectChoice("company", _l("Company")),
            SelectChoice("product", _l("Ticket")),
        ],
    )
    product = SelectField(_l("For whom"))
    sheet = SelectField(
        _l("Sheet"),
        choices=[
            SelectChoice("eight", _l("A4 with eight badges of 90 by 60 mm")),
            SelectChoice("four", _l("A4 with four badges in A6")),
        ],
    )

    def __init__(self, products: Sequence[Product], *args, **kwargs):
        super().__init__(*args, **kwargs)
        admissions = [p for p in products if p.kind is ProductKind.ADMISSION]
        self.product.choices = [SelectChoice("", _("Everybody who has paid"))]
        self.product.choices += [SelectChoice(product.code, product.name) for product in admissions]
        for field in (self.order, self.product, self.sheet):
            field.flags.hide_optional = True
