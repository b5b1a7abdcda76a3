"""The schedule in the browser: drawn, edited by mouse, finger and keys, by two; read by all."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from cfp import create_app
from cfp.config import read_settings
from cfp.db import transaction
from tests.e2e.audit import NARROW, audit
from tests.e2e.board import lay_out, make_board, publish
from tests.e2e.editor_desk import DEAF, DRAFT, LOOK, TALL, Desk, contains, sit_down
from tests.e2e.human import Human, told
from tests.e2e.installation import Installation

KEPT = """() => caches.open('schedule-1').then((copies) =>
  copies.match('/board/schedule/booklet/')).then(Boolean)"""


@pytest.fixture(scope="module")
def app(installation: Installation):
    return create_app(read_settings({**os.environ, **installation.environment}))


@pytest.fixture(scope="module")
def edition(app):
    with app.test_request_context(), transaction():
        yield make_board()


@pytest.fixture
def draft(app, edition):
    with app.test_request_context(), transaction():
        lay_out(edition)


@pytest.fixture
def olga(somebody: Callable[..., Human], draft) -> Desk:
    return Desk(somebody(**TALL), "olga")


def test_moves_swaps_pins_takes_off_and_undoes_by_mouse(olga):
    olga.drag("Elm", *olga.spot("Room 2", "11:00"))
    olga.stands("Elm", "Room 2, Mon 10 May, 11:00 to 11:40")
    olga.drag("Elm", *olga.spot("Room 1", "09:00"))
    olga.hears("are in Room 1 at the same time")
    expect(olga.card("Ash")).to_have_class(contains("has-clash"))
    olga.drag("Elm", *olga.spot("Room 1", "11:00"))
    olga.stands("Elm", "Room 1, Mon 10 May, 11:00")
    expect(olga.card("Ash")).not_to_have_class(contains("has-clash"))
    for title in ("Ash", "Dogwood"):
        olga.card(title).locator("a").click(modifiers=["Control"])
    olga.human.press("Swap", olga.page.locator("[data-chosen]"))
    olga.stands("Ash", "Room 2, Mon 10 May, 10:00")
    olga.stands("Dogwood", "Room 1, Mon 10 May, 09:00")
    olga.card("Birch").locator("a").click(modifiers=["Control"])
    olga.human.press("Pin", olga.page.locator("[data-chosen]"))
    olga.stands("Birch", "pinned")
    olga.drag("Elm", *olga.beside())
    olga.waits("Elm")
    for _step in range(6):  # all of it, one after the other
        olga.human.press("Undo", olga.page.locator(".editor-bar"))
        olga.page.wait_for_timeout(150)
    olga.stands("Ash", "Room 1, Mon 10 May, 09:00")
    olga.stands("Dogwood", "Room 2, Mon 10 May, 10:00")
    olga.waits("Elm")
    olga.page.reload()
    olga.human.press("Redo", olga.page.locator(".editor-bar"))
    olga.stands("Elm", "Room 2, Mon 10 May, 11:00")


def test_moves_swaps_pins_takes_off_and_undoes_by_keyboard_alone(olga):
    olga.tab_to_the_grid()
    assert olga.page.evaluate("document.activeElement.textContent.trim()") == "Ash"
    olga.press("m")
    olga.hears("Picked up “Ash”.")
    olga.press("ArrowDown")
    olga.hears("Room 1, 09:05, free")
    olga.press("PageDown", "PageDown", "ArrowUp", "ArrowRight")
    olga.hears("Room 2, 11:00, free")
    olga.press("Enter")
    olga.stands("Ash", "Room 2, Mon 10 May, 11:00 to 11:40")
    olga.hears("“Ash”: Room 2, Mon 10 May, 11:00 to 11:40. Nothing clashes there.")
    olga.press("p")
    olga.stands("Ash", "pinned")
    olga.press("Space")
    olga.hears("Ash: chosen.")
    olga.press("ArrowUp")
    assert olga.page.evaluate("document.activeElement.textContent.trim()") == "Dogwood"
    olga.press("s")
    olga.stands("Dogwood", "Room 2, Mon 10 May, 11:00")
    olga.press("Delete")
    olga.waits("Dogwood")
    for heard in (
        "Dogwood”: Room 2, Mon 10 May, 11:00",
        "10:00",
        "“Ash”",
        "Room 1, Mon 10 May, 09:00",
    ):
        olga.press("Control+z")
        olga.hears(heard)
    olga.stands("Ash", "Room 1, Mon 10 May, 09:00")
    olga.stands("Dogwood", "Room 2, Mon 10 May, 10:00")
    olga.press("Control+y")
    olga.stands("Ash", "Room 2, Mon 10 May, 11:00")


def test_a_carry_shades_what_cannot_be_and_changes_nothing_when_it_is_left(olga):
    olga.press("/")
    olga.page.keyboard.type("birch")
    expect(olga.page.locator("[data-found]")).to_have_text("1 fits")
    expect(olga.card("Ash")).to_have_class(contains("is-beside-words"))
    olga.press("Enter", "m")
    shade = olga.page.locator(".carry-shade")
    expect(shade).to_have_count(2)  # Room 1, which Birch must not have, on either day
    olga.press("ArrowDown", "ArrowDown", "Escape")
    olga.hears("Left where it was.")
    expect(shade).to_have_count(0)
    olga.stands("Birch", "Room 2, Mon 10 May, 09:00")


def test_the_rest_is_filled_and_a_best_place_is_taken_by_keyboard(olga):
    page = olga.page
    olga.waits("Elm")
    page.locator("[data-fill]").focus()
    olga.press("Enter")
    expect(page.locator("[data-waiting-count]")).to_have_text("0", timeout=30_000)
    olga.sees_the_end_of_the_run()
    olga.stands("Ash", "Room 1, Mon 10 May, 09:00")  # only what had no place found one
    olga.card("Cedar").locator("a").focus()
    olga.press("Enter")
    panel = page.get_by_role("region", name="Cedar")
    expect(panel.get_by_role("heading").first).to_be_focused()
    best = panel.locator(".spots button").first
    best.focus()
    room = best.locator("small").first.inner_text()
    olga.press("Enter")
    olga.hears(f"“Cedar”: {room}")
    olga.press("Control+z")
    olga.stands("Cedar", "Room 1, Mon 10 May, 10:00")


def test_several_chosen_are_carried_together_and_one_finds_a_best_place_by_mouse(olga):
    page = olga.page
    for title in ("Cedar", "Dogwood"):
        olga.card(title).locator("a").click(modifiers=["Control"])
    olga.drag("Dogwood", *olga.spot("Room 2", "11:00"))
    olga.stands("Cedar", "Room 1, Mon 10 May, 11:00")
    expect(olga.card("Cedar")).to_have_class(contains("has-moved"))
    olga.human.press("Choose none", page.locator("[data-chosen]"))
    page.locator("[data-side] a", has_text="Elm").click()
    page.get_by_role("region", name="Elm").locator(".spots button").first.click()
    olga.hears("“Elm”: Room")
    olga.human.press("Undo", page.locator(".editor-bar"))
    olga.waits("Elm")
    olga.human.press("Undo", page.locator(".editor-bar"))
    olga.stands("Dogwood", "Room 2, Mon 10 May, 10:00")  # one step for both that were carried
    olga.stands("Cedar", "Room 1, Mon 10 May, 10:00")
    olga.human.press("Fill the rest", page.locator(".editor-bar"))
    expect(page.locator("[data-waiting-count]")).to_have_text("0", timeout=30_000)


def test_a_finger_that_rests_carries_and_one_that_moves_scrolls(somebody, draft):
    olga = Desk(somebody(has_touch=True, **TALL), "olga")
    start = olga.grip("Cedar")
    olga.touch("Start", start)
    olga.touch("Move", (start[0], start[1] + 40))
    olga.touch("End")
    olga.stands("Cedar", "Room 1, Mon 10 May, 10:00")
    start = olga.grip("Cedar")
    olga.touch("Start", start)
    olga.page.wait_for_timeout(600)
    x, y = olga.spot("Room 2", "11:00")
    for share in (0.3, 0.7, 1):
        along = start[0] + (x - start[0]) * share, start[1] + (y + 8 - start[1]) * share
        olga.touch("Move", along)
    olga.touch("End")
    olga.stands("Cedar", "Room 2, Mon 10 May, 11:00")


def test_two_at_once_lose_nothing_and_hear_of_each_other(somebody, draft):
    olga, carl = Desk(somebody(**TALL), "olga"), Desk(somebody(**TALL), "carl")
    for desk in (olga, carl):
        desk.human.expected.add(409)
    olga.drag("Ash", *olga.spot("Room 1", "11:00"))
    olga.stands("Ash", "11:00")
    carl.drag("Birch", *carl.spot("Room 2", "11:00"))
    carl.stands("Birch", "11:00")
    carl.stands("Ash", "Room 1, Mon 10 May, 11:00")  # what Olga moved, seen by Carl
    olga.page.evaluate(LOOK)
    expect(carl.page.locator("[data-news]")).to_contain_text("Olga moved “Ash” to Room 1")
    expect(olga.page.locator("[data-news]")).to_contain_text("Carl moved “Birch” to Room 2")
    carl.page.evaluate(DEAF)
    olga.drag("Cedar", *olga.spot("Room 1", "09:00"))
    olga.stands("Cedar", "09:00")
    carl.drag("Cedar", *carl.spot("Room 2", "09:00"))
    carl.hears("Nothing was changed now: Olga moved “Cedar” to Room 1, Mon 10 May, 09:00.")
    carl.stands("Cedar", "Room 1, Mon 10 May, 09:00")
    carl.drag("Ash", *carl.spot("Room 2", "09:00"))
    carl.stands("Ash", "Room 2, Mon 10 May, 09:00")
    olga.press("Control+z")
    olga.stands("Cedar", "Room 1, Mon 10 May, 10:00")
    olga.press("Control+z")  # what somebody else moved since is theirs
    olga.hears("Nothing was changed now: Carl moved “Ash” to Room 2")
    olga.stands("Ash", "Room 2, Mon 10 May, 09:00")


def test_on_a_phone_a_session_moves_from_the_list_to_one_of_its_best_places(somebody, draft):
    olga = somebody(viewport=NARROW)
    sit_down(olga, "olga")
    page = olga.open(DRAFT)
    olga.follow("Elm", page.locator("[data-side]"))
    best = page.get_by_role("region", name="Elm").locator(".spots button").first
    place = best.inner_text().split()
    best.click()
    expect(page.locator("[data-waiting-count]")).to_have_text("0")
    expect(page.get_by_role("region", name="Elm")).to_contain_text(place[1])
    expect(page.locator(".day-list", has_text="Elm")).to_contain_text(place[1])


def test_the_grid_is_drawn(olga):
    """On the second day, which no other test looks at."""
    page = olga.human.open("/board/team/programme/grid/")
    room = page.locator(".hours-day").nth(1).locator(".hours-room").nth(1)

    def stroke(first: float, last: float) -> None:
        strip = room.locator("[data-strip]")
        strip.scroll_into_view_if_needed()
        box = strip.bounding_box()
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] * first, y)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * last, y, steps=4)
        page.mouse.up()

    stroke(0.8, 0.6)  # the right edge of 9 to 12 on a strip from 8 to 13 is pulled to the left
    expect(room.locator(".hours-text")).to_have_text("09:00\N{EN DASH}11:00")
    page.get_by_label("a break", exact=True).check()
    page.locator("[data-draw-title]").fill("Coffee")
    stroke(0.3, 0.4)
    breaks = page.locator(".hours-breaks")
    expect(breaks).to_contain_text("09:30\N{EN DASH}10:00 Coffee")
    expect(breaks).to_contain_text("Room 2")
    stroke(0.35, 0.45)  # what is there moves as a whole
    expect(breaks).to_contain_text("10:00\N{EN DASH}10:30 Coffee")


def test_the_grid_is_drawn_by_keyboard_alone(olga):
    page = olga.human.open("/board/team/programme/grid/")
    page.get_by_label("a plenary", exact=True).check()
    strip = page.locator(".hours-day").nth(1).locator("[data-strip]").first
    strip.focus()
    expect(strip).to_have_attribute("aria-valuetext", "09:00")
    olga.press("Enter", "PageDown", "ArrowLeft")
    expect(strip).to_have_attribute("aria-valuetext", "09:00\N{EN DASH}09:55")
    olga.press("Enter")
    breaks = page.locator(".hours-breaks")
    expect(breaks).to_contain_text("09:00\N{EN DASH}09:55 Plenary")
    expect(breaks).to_contain_text("plenary in Room 1")
    expect(strip).to_be_focused()  # one goes on where one was


def test_the_editor_is_usable_for_everybody(olga):
    for path in (DRAFT, f"{DRAFT}?day=all"):
        faults = list(audit(olga.page, path))
        assert not faults, told(faults)
    olga.page.set_viewport_size({"width": 1280, "height": 900})
    olga.page.goto(DRAFT)
    code = olga.card("Ash").get_attribute("data-code")
    faults = list(audit(olga.page, f"{DRAFT}?talk={code}"))
    assert not faults, told(faults)


def test_a_stranger_reads_stars_and_keeps_what_is_released(app, edition, draft, somebody):
    with app.test_request_context(), transaction():
        publish(edition)
    visitor = somebody(timezone_id="America/New_York", **TALL)
    page = visitor.open("/board/schedule/")
    ash = page.locator(".programme [data-code]", has_text="Ash")
    ash.get_by_role("button").click()
    page.get_by_label("My time").check()
    expect(ash.locator("time").first).to_have_text("03:00")  # nine in Berlin
    page.reload()
    expect(ash.locator("time").first).to_have_text("03:00")
    expect(ash.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Only my stars").check()
    expect(page.locator(".programme .is-unstarred")).to_have_count(3)
    page.wait_for_function(KEPT)
    visitor.loses_the_connection = True
    visitor.context.set_offline(True)
    page.reload()
    expect(ash.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    visitor.follow("Ash")
    expect(page).to_have_url(contains("/schedule/booklet/#"))
    visitor.is_at("The whole programme")
    visitor.context.set_offline(False)
