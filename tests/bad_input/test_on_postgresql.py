"""PostgreSQL knows no NUL and counts less far: what only it refuses breaks no page either."""

from __future__ import annotations

import itertools

import pytest
import time_machine

from cfp.db import db as database
from cfp.db import transaction
from tests.bad_input.crawl import crawl
from tests.bad_input.forms import CHOSEN, MEASURED, TYPED, one_of_each
from tests.bad_input.house import OpenHouse
from tests.bad_input.world import make_world
from tests.conftest import NOW
from tests.databases import empty

ODD = ("Snow\x00", "\udcff", str(2**31))


@pytest.fixture
def open_house(postgresql_house, monkeypatch):
    monkeypatch.setitem(postgresql_house.config, "PROPAGATE_EXCEPTIONS", False)  # noqa: FBT003
    with time_machine.travel(NOW, tick=False), postgresql_house.test_request_context():
        with transaction():
            world = make_world()
        yield OpenHouse.of(postgresql_house, world)
        database.session.remove()
        empty(postgresql_house)


@pytest.mark.slow
@pytest.mark.postgres
def test_no_form_and_no_address_breaks_on_what_only_postgresql_refuses(open_house):
    forms, broken, sent = crawl(open_house), [], 0
    counted = one_of_each(forms, MEASURED | CHOSEN)
    tries = [(role, form, [field], ODD[-1]) for role, form, field in counted]
    turns = itertools.cycle(ODD)  # every form gets one, and each of them many forms
    tries += [(role, form, form.of_kind(TYPED), next(turns)) for role, form in forms]
    for role, form, fields, odd in tries:
        data = form.data({field.name: odd for field in fields}) + list(form.buttons[-1:])
        status = open_house.send(role, form, data).status_code
        sent += 1
        if status >= 500:
            names = ", ".join(field.name for field in fields)
            broken.append(f"{form.endpoint}: {names}={odd!r:.40} answers {status}")
    assert broken == []
    assert sent > 300


@pytest.mark.postgres
def test_no_odd_address_breaks_on_postgresql(open_house):
    for odd in ("%00", "9" * 23, str(2**31), "-1", "%ff", "%ED%A0%80"):
        for url in (
            *(f"/here/team/settings/rooms/{odd}", f"/here/team/mail/{odd}/", f"/{odd}/"),
            *(f"/here/talk/{odd}/", f"/here/speaker/{odd}/", f"/here/schedule/v/{odd}/"),
            *(f"/here/team/proposals/{odd}/", f"/here/team/proposals/?q={odd}&page={odd}"),
            *(f"/here/team/ranking/?q={odd}&track={odd}&page={odd}", f"/here/reviews/{odd}/"),
            *(f"/here/team/selection/?total=1&in={odd}", f"/here/team/mail/?page={odd}"),
            *(f"/here/confirm/{odd}/{odd}", f"/link/sign_in/{odd}", f"/here/proposals/{odd}/"),
            *(f"/here/proposals/new?key={odd}", f"/here/team/proposals/?track={odd}"),
            f"/here/team/programme/draft/?talk={odd}&was={odd}",
        ):
            for role in ("stranger", "organiser"):
                assert open_house.open(role, url).status_code < 500, url
