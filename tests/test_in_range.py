"""Numbers that no float can hold get the sentence of their range, and stay as they were typed."""

from __future__ import annotations

import pytest
from wtforms import DecimalField, IntegerField

from cfp.forms import Form, InRange


class Numbers(Form):
    whole = IntegerField(validators=[InRange(1, 9, "From 1 to 9.")])
    exact = DecimalField(validators=[InRange(1, 9, "From 1 to 9.")])


@pytest.mark.parametrize("typed", ["9" * 400, "9" * 5000, "sNaN", "NaN", "1e400", "Infinity", "-1"])
@pytest.mark.parametrize("name", ["whole", "exact"])
def test_a_number_out_of_range_is_refused_however_long(sqlite_house, name, typed):
    both = {"whole": "5", "exact": "5", name: typed}
    with sqlite_house.test_request_context(method="POST", data=both):
        form = Numbers(meta={"csrf": False})
        assert not form.validate()
        assert list(form.errors) == [name]
        assert form[name].errors[-1] == "From 1 to 9."
        assert form[name]._value() == typed
