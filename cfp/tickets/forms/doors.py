"""The shape of what the box office types about doors and scanners."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from cfp.forms import Form, LineField
from cfp.tickets.models import Door, Product

REQUIRED = _l("Please fill this in.")


class DoorForm(Form):
    name = LineField(_l("Name of the door"), 60, [InputRequired(REQUIRED)])
    products = SelectMultipleField(
        _l("What is looked at here"),
        description=_l("Nothing chosen: every ticket that lets somebody into the conference."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, products: Sequence[Product], *args, **kwargs):
        super().__init__(*args, prefix="door", **kwargs)
        self.products.choices = [SelectChoice(product.code, product.name) for product in products]


class ScannerForm(Form):
    name = LineField(
        _l("Name of the scanner"),
        60,
        [InputRequired(REQUIRED)],
        description=_l("Whose phone it is, or where it lies."),
    )
    door = SelectField(_l("Door"))

    def __init__(self, doors: Sequence[Door], *args, **kwargs):
        super().__init__(*args, prefix="scanner", **kwargs)
        self.doors = doors
        self.door.flags.hide_optional = True  # it begins with a choice
        self.door.choices = [SelectChoice(door.code, door.name) for door in doors]
        self.door.choices = self.door.choices or [SelectChoice("", _l("Entrance"))]
