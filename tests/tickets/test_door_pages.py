"""The box office's pages of the doors, and what a phone installs."""

import json

import pytest
import time_machine

from cfp.access import Role
from cfp.db import db
from cfp.tickets.admission import Passage, Verdict
from cfp.tickets.links import scanner_token
from cfp.tickets.models import CheckIn, Door, Scanner
from tests.make import make_member
from tests.tickets.doors import NINE, make_door, make_holder, make_scanner, scan
from tests.tickets.selling import make_product, make_quota, make_shop, place


@pytest.fixture
def here(house):
    return make_shop()


@pytest.fixture
def product(here):
    return make_product(here, make_quota(here))


@pytest.fixture
def office(client, here):
    return client(make_member(here, Role.BOX_OFFICE))


def doors(here, path=""):
    return f"/{here.slug}/team/doors/{path}"


@pytest.fixture
def at_nine():
    with time_machine.travel(NINE, tick=False):
        yield


def test_an_empty_day_says_what_to_do_first(office, here):
    page = office.get(doors(here)).text
    assert "Nobody has come yet today" in page
    assert doors(here, "scanners/") in page


def test_the_day_is_counted_by_door(client, here, product, at_nine):
    office = client(make_member(here, Role.BOX_OFFICE))
    main = make_door(here)
    ada, bo = (make_holder(here, product) for _ in range(2))
    scan(here, ada, door=main)
    scan(here, bo)
    scan(here, bo, Passage.EXIT)
    scan(here, ada)
    page = office.get(doors(here)).text
    assert "2 / 2" in page
    assert "Somebody is in with this ticket already." in page
    assert page.count("<svg") > 2
    assert len(office.statements) <= 12


def test_a_scanner_is_made_with_a_link_that_nobody_else_could_guess(office, here):
    door = make_door(here)
    made = office.post(
        doors(here, "scanners/"), {"scanner-name": "Adas Handy", "scanner-door": door.code}
    )
    scanner = db.session.query(Scanner).one()
    page = office.get(made.location).text
    assert f"/{here.slug}/door/#{scanner_token(scanner)}" in page
    assert "data:image/png;base64," in page
    assert scanner.door == door


def test_a_revoked_scanner_has_no_link_any_more(office, here):
    scanner = make_scanner(here)
    office.post(doors(here, f"scanners/{scanner.code}/revoke"))
    office.get(doors(here, f"scanners/{scanner.code}/"), 404)
    office.post(doors(here, f"scanners/{scanner.code}/revoke"), status=409)
    assert "revoked" in office.get(doors(here, "scanners/")).text


def test_scanners_and_doors_of_another_edition_do_not_exist_here(office, here):
    other = make_shop()
    scanner, door = make_scanner(other), make_door(other)
    office.get(doors(here, f"scanners/{scanner.code}/"), 404)
    office.post(doors(here, f"scanners/{scanner.code}/revoke"), status=404)
    office.post(doors(here, f"{door.code}/remove"), status=404)


def test_a_door_is_added_with_what_is_looked_at_and_has_a_name_of_its_own(office, here, product):
    said = {"door-name": "Studio", "door-products": [product.code]}
    office.post(doors(here, "new"), said)
    assert [p.name for p in db.session.query(Door).one().products] == ["Regular"]
    again = office.post(doors(here, "new"), said, status=422)
    assert "There is a door of this name already." in again.text
    office.post(doors(here, f"{db.session.query(Door).one().code}/remove"))
    assert db.session.query(Door).count() == 0


def test_somebody_without_a_code_is_found_by_name_and_let_in(office, here, product):
    ticket = make_holder(here, product)
    page = office.get(doors(here, "people/?q=person")).text
    assert "may enter" in page
    let_in = doors(here, f"people/{ticket.code}/pass")
    office.post(let_in, {"nonce": "n1", "passage": "entry", "q": "person"})
    assert "inside since" in office.get(doors(here, "people/?q=person")).text
    office.post(let_in, {"nonce": "n1", "passage": "entry"})  # pressed twice
    assert db.session.query(CheckIn).count() == 1
    office.post(let_in, {"nonce": "n2", "passage": "entry", "q": "person"})
    assert "Already in since" in office.get(doors(here, "people/?q=person")).text
    office.post(let_in, {"nonce": "n3", "passage": "exit"})
    assert "may enter" in office.get(doors(here, "people/?q=person")).text


def test_a_press_that_was_refused_is_said_and_written_down(office, here, product):
    ticket = place(here, product).tickets[0]
    office.post(doors(here, f"people/{ticket.code}/pass"), {"nonce": "n", "q": "person"})
    page = office.get(doors(here, "people/?q=person")).text
    assert "Person 0: This ticket is not paid yet." in page
    assert db.session.query(CheckIn).one().verdict is Verdict.UNPAID


def test_nobody_is_found_by_one_letter_and_the_page_says_how(office, here, product):
    make_holder(here, product)
    assert "Type a name" in office.get(doors(here, "people/")).text
    assert "Nobody of that name" in office.get(doors(here, "people/?q=p")).text


def test_the_scanner_tells_a_stranger_nothing_and_can_be_installed(client, here, product):
    make_holder(here, product)
    stranger = client()
    page = stranger.get(f"/{here.slug}/door/").text
    assert "Person 0" not in page
    manifest = json.loads(stranger.get(f"/{here.slug}/door/app.webmanifest").text)
    assert manifest["display"] == "standalone"
    assert manifest["scope"] == manifest["start_url"] == f"/{here.slug}/door/"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    for icon in manifest["icons"]:
        with stranger.get(icon["src"]) as picture:
            assert picture.data.startswith(b"\x89PNG")


def test_the_service_worker_keeps_everything_that_the_page_needs(client, here):
    stranger = client()
    script = stranger.get(f"/{here.slug}/door/worker.js").text
    files = json.loads(script.split("const FILES = ")[1].split(";\n")[0])
    for name in (
        *("js/door/scanner.js", "js/door/camera.js", "js/door/queue.js", "js/callboard.js"),
        *("js/theme-switch.js", "vendor/jsqr/jsQR.js", "css/scanner.css", "icons/sprite.svg"),
    ):
        assert f"/static/{name}" in files
    assert any("bootstrap.min.css" in file for file in files)
    for file in files:
        stranger.get(file).close()
    assert not [file for file in files if "/door/" in file and not file.startswith("/static/")]
