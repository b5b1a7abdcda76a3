"""The creditor reference of ISO 11649."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.exceptions import InvalidChecksum

from cfp.billing.reference import code_of, reference_of, spaced

CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=21)


def test_it_has_the_check_digits_of_the_published_example():
    assert reference_of("539007547034") == "RF18539007547034"
    assert spaced("RF18539007547034") == "RF18 5390 0754 7034"


@given(CODES)
def test_the_code_comes_back_however_it_is_typed(code):
    assert code_of(spaced(reference_of(code)).lower()) == code


@given(CODES, st.data())
def test_one_wrong_sign_is_noticed(code, data):
    reference = reference_of(code)
    at = data.draw(st.integers(4, len(reference) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda sign: sign != reference[at]))
    if reference[at].isdigit():
        with pytest.raises(InvalidChecksum):
            code_of(reference[:at] + other + reference[at + 1 :])
