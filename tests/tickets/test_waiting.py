"""The waiting list: freed places go to whoever came first."""

from datetime import timedelta

import pytest

from cfp.billing.models import Method
from cfp.tickets.service import changes, checkout, expiry, waiting
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.capacity import SoldOut
from tests.tickets.selling import (
    NOW,
    hold,
    letters,
    place,
)

SECOND = timedelta(seconds=1)


def wait(shop, product, number=1, email="a@example.org"):
    return waiting.join(
        shop, Chosen(product.id, number), name="A", email=email, language="en", at=NOW
    )


def test_freed_places_are_offered_in_order_and_groups_stay_together(shop, hall, regular):
    order = place(shop, regular, 5)
    group, single = wait(shop, regular, 2, "g@example.org"), wait(shop, regular, 1)
    assert waiting.offer_next(regular.id, at=NOW) is None
    changes.cancel(order, order.tickets[:1], at=NOW)
    assert waiting.offer_next(regular.id, at=NOW) is None  # one place is no place for two
    with pytest.raises(SoldOut):  # and nobody jumps the queue
        hold(shop, regular)
    changes.cancel(order, order.live[:1], at=NOW)
    offer = waiting.offer_next(regular.id, at=NOW)
    assert (group.order, len(offer.live), single.order) == (offer, 2, None)
    assert letters()[-1] == "waiting_offer"


def test_an_offer_that_is_missed_goes_to_the_next(shop, hall, regular):
    order = place(shop, regular, 5)
    first, second = wait(shop, regular), wait(shop, regular, 1, "b@example.org")
    changes.cancel(order, order.tickets[:1], at=NOW)
    offer = waiting.offer_next(regular.id, at=NOW)
    later = offer.held_until + SECOND
    expiry.expire(offer.id, at=later)
    assert waiting.close_offers() == 1
    assert waiting.offer_next(regular.id, at=later) == second.order
    assert first.state.value == "missed"


def test_an_offer_that_is_taken_is_bought(shop, hall, regular):
    order = place(shop, regular, 5)
    entry = wait(shop, regular)
    changes.cancel(order, order.tickets[:1], at=NOW)
    offer = waiting.offer_next(regular.id, at=NOW)
    checkout.place(offer, Method.TRANSFER, at=NOW)
    waiting.close_offers()
    assert entry.state.value == "bought"


def test_the_same_address_waits_once(shop, regular):
    assert wait(shop, regular) is wait(shop, regular)
