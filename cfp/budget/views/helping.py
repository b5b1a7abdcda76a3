"""The levers of the money page as they were moved."""

from flask import request

from cfp.budget.forms import LeversForm
from cfp.budget.service.helping import Sizes


def moved() -> tuple[LeversForm, Sizes]:
    """The form as it was sent, and how far each lever is moved; what makes no sense moves none."""
    form, usual = LeversForm(request.args), Sizes()
    form.validate()
    sizes = {}
    for name in ("opening", "sponsors", "part"):
        field = form[name]
        if field.data is None and not field.errors:
            field.data = getattr(usual, name)
        sizes[name] = field.data if field.data is not None and not field.errors else 0
    return form, Sizes(**sizes)
