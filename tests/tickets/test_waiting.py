"""The waiting list: freed places go to whoever came first."""

from datetime import timedelta

import pytest
import time_machine

from cfp.access import Role
from cfp.billing.models import Method
from cfp.db import db as database
from cfp.errors import Refused
from cfp.tickets.models import WaitingListEntry
from cfp.tickets.service import changes, checkout, expiry, forgetting, waiting
from cfp.tickets.service.basket import Chosen
from cfp.tickets.service.capacity import SoldOut
from tests.make import make_member
from tests.tickets.buyer import Guest
from tests.tickets.selling import (
    NOW,
    hold,
    letters,
    make_product,
    make_quota,
    make_shop,
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


def test_whoever_leaves_with_an_offer_frees_the_places_for_the_next(shop, hall, regular):
    order = place(shop, regular, 5)
    first, second = wait(shop, regular), wait(shop, regular, 1, "b@example.org")
    changes.cancel(order, order.tickets[:1], at=NOW)
    waiting.offer_next(regular.id, at=NOW)
    waiting.leave(first, at=NOW)
    assert (first.state.value, hall.taken) == ("left", 4)
    assert waiting.offer_next(regular.id, at=NOW) == second.order


def test_an_offer_that_was_taken_is_not_left(shop, hall, regular):
    order = place(shop, regular, 5)
    entry = wait(shop, regular)
    changes.cancel(order, order.tickets[:1], at=NOW)
    checkout.place(waiting.offer_next(regular.id, at=NOW), Method.TRANSFER, at=NOW)
    with pytest.raises(Refused, match="taken"):
        waiting.leave(entry, at=NOW)


def test_a_form_that_writes_letters_to_others_is_not_sent_without_end(client, house):
    with time_machine.travel(NOW, tick=False):
        edition = make_shop()
        product = make_product(edition, make_quota(edition, 0))
        guest = Guest(client(), edition.slug)
        way = f"{guest.here}/tickets/waiting/{product.code}/"
        for n in range(10):
            guest.send(way, {"name": "A", "email": f"a{n}@example.org", "number": "1"})
        guest.send(way, {"name": "A", "email": "b@example.org", "number": "1"}, status=422)
        assert "tried too often" in guest.page


def test_somebody_sees_their_place_and_leaves_and_the_team_sees_the_line(client, house):
    with time_machine.travel(NOW, tick=False):
        edition = make_shop()
        product = make_product(edition, make_quota(edition, 1))
        sold = place(edition, product)
        guest = Guest(client(), edition.slug)
        way = f"{guest.here}/tickets/waiting/{product.code}/"
        said = {"name": "Ada", "email": "ada@example.org", "number": "1"}
        mine = guest.send(way, said)
        assert "next to be asked" in guest.visitor.get(mine).text
        later = guest.send(way, said | {"email": "b@example.org", "name": "Bo"})
        assert "1 stands before you" in guest.visitor.get(later).text
        assert guest.send(way, said).endswith("/tickets/")  # an address opens nobody's page
        guest.visitor.get(mine[:-5] + "AAAA/", status=404)
        office = client(make_member(edition, Role.BOX_OFFICE))
        team = f"/{edition.slug}/team/tickets/waiting/"
        page = office.get(team).text
        assert page.index("Ada") < page.index("Bo")
        office.post(f"{team}{product.code}/offer")
        assert "no room" in office.get(team).text
        changes.cancel(sold, sold.tickets, at=NOW)
        office.post(f"{team}{product.code}/offer")
        assert "To the offer" in guest.visitor.get(mine).text
        guest.send(f"{mine}leave", {})
        assert "not on the list any more" in guest.visitor.get(mine).text
        second = database.session.query(WaitingListEntry).filter_by(name="Bo").one()
        office.post(f"{team}{second.code}/remove")
        assert "Nobody waits" in office.get(team).text


def test_who_waited_is_forgotten_a_month_after_the_conference(shop, regular):
    entry = wait(shop, regular)
    ended = NOW.replace(month=5, day=14)
    assert forgetting.forget_who_waited(ended) == 0
    assert forgetting.forget_who_waited(ended + timedelta(days=40)) == 1
    database.session.refresh(entry)
    assert (entry.name, entry.email) == ("", "")
