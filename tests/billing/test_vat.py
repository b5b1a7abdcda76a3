"""Which tax is due on what: the decision table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cfp.billing import vat
from cfp.billing.vat import Supply, Treatment, decide
from cfp.errors import Refused

STANDARD = Decimal(19)
S, AE, O, E = (  # noqa: E741  (the letters of UNTDID 5305)
    Treatment("S", STANDARD),
    *(Treatment(category, Decimal(0)) for category in ("AE", "O", "E")),
)


@pytest.mark.parametrize(
    ("supply", "country", "business", "treatment"),
    [
        (Supply.ADMISSION, "DE", True, S),
        (Supply.ADMISSION, "AT", True, S),
        (Supply.ADMISSION, "US", False, S),
        (Supply.ONLINE, "DE", True, S),
        (Supply.ONLINE, "FR", True, AE),
        (Supply.ONLINE, "US", True, O),
        (Supply.ONLINE, "DE", False, S),
        (Supply.SPONSORSHIP, "DE", True, S),
        (Supply.SPONSORSHIP, "DE", False, S),
        (Supply.SPONSORSHIP, "AT", True, AE),
        (Supply.SPONSORSHIP, "AT", False, S),
        (Supply.SPONSORSHIP, "CH", True, O),
        (Supply.SPONSORSHIP, "US", False, O),
        (Supply.SPONSORSHIP, "GB", True, O),
        (Supply.IN_KIND, "DE", True, S),
    ],
)
def test_the_table(supply, country, business, treatment):
    assert decide(supply, STANDARD, country, business=business) == treatment


def test_a_small_business_is_exempt_where_it_would_be_taxed():
    assert decide(Supply.ADMISSION, STANDARD, "DE", business=True, small=True) == E
    assert decide(Supply.SPONSORSHIP, STANDARD, "AT", business=False, small=True) == E


@pytest.mark.parametrize(
    ("supply", "country", "sentence"),
    [
        (Supply.THANKS, "DE", "receipt for a donation"),
        (Supply.ONLINE, "FR", "taxed in their country"),
        (Supply.ONLINE, "US", "taxed in their country"),
    ],
)
def test_what_this_table_cannot_say_is_refused(supply, country, sentence):
    with pytest.raises(Refused) as refused:
        decide(supply, STANDARD, country, business=False)
    assert sentence in refused.value.sentence


@pytest.mark.parametrize("other", ["S", "AE", "E", "Z"])
def test_what_is_not_taxable_stands_alone(other):
    with pytest.raises(Refused) as refused:
        vat.check_together(["O", other])
    assert "Issue two" in refused.value.sentence
    vat.check_together(["O", "O"])
    vat.check_together(["S", "AE"])
