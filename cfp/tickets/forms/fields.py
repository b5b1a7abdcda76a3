"""Inputs for money and percentages: typed as people write them, kept as whole numbers."""

from __future__ import annotations

import re

from flask_babel import gettext as _
from wtforms import StringField
from wtforms.widgets import NumberInput

NUMBER = re.compile(r"\d{1,7}([.,]\d{1,2})?")


class HundredthsField(StringField):
    """A number with at most two decimals, comma or dot, kept in hundredths; empty is None."""

    widget = NumberInput(min=0, step="0.01")

    def process_formdata(self, valuelist) -> None:
        typed = (valuelist[0] if valuelist else "").strip().replace(" ", "")
        self.typed = typed
        if not typed:
            self.data = None
            return
        if not NUMBER.fullmatch(typed):
            self.data = None
            raise ValueError(self.gettext(_("Please write a number like 149 or 149.50.")))
        whole, _sign, rest = typed.replace(",", ".").partition(".")
        self.data = int(whole) * 100 + int(rest.ljust(2, "0") or 0)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return f"{self.data // 100}.{self.data % 100:02}".removesuffix(".00")
