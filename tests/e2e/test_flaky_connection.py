"""The speaker with a flaky connection: offline, signed out, in two tabs, clicking twice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.human import Human
from tests.e2e.installation import EDITION

SPEAKER = "speaker@example.org"
NEW = f"/{EDITION}/proposals/new"
SAVED = re.compile(r"^Saved at ")


@pytest.fixture
def speaker(somebody) -> Human:
    human = somebody()
    human.sign_in(SPEAKER)
    return human


def title(page: Page):
    return page.get_by_label("Title", exact=True)


def state(page: Page):
    return page.locator("[data-save-state]")


def proposals_called(speaker: Human, name: str) -> int:
    speaker.open(f"/{EDITION}/my/")
    return speaker.page.get_by_role("heading", level=2, name=name, exact=True).count()


def test_a_draft_saves_itself_and_outlives_lost_answers_and_a_lost_session(speaker):
    page = speaker.page
    speaker.open(NEW)
    title(page).fill("Written on a train")
    expect(state(page)).to_have_text(SAVED)
    expect(page).to_have_url(re.compile(r"/proposals/\w{6}/edit$"))

    # A tunnel: what was sent arrives, its answer does not; then nothing goes out at all.
    lost = []

    def lose(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.fallback()

    speaker.context.route("**/edit", lose)
    speaker.loses_the_connection = True
    title(page).fill("Written in a tunnel")
    expect(state(page)).to_contain_text("The connection is away")
    assert lost == [200]
    speaker.context.set_offline(True)
    page.get_by_label("What it is about").fill("It is dark in here.")
    speaker.context.set_offline(False)
    expect(state(page)).to_have_text(SAVED)  # no quarrel with the save whose answer got lost

    # Signed out by another tab: what is typed stays here, and saves itself once signed in again.
    speaker.expected = {401, 400}
    other = speaker.new_tab(f"/{EDITION}/")
    sign_out(other)
    page.get_by_label("What it is about").fill("Out of the tunnel.")
    expect(state(page)).to_contain_text("You are signed out")
    page.close()
    speaker.page = other
    speaker.sign_in(SPEAKER)
    speaker.open(f"/{EDITION}/my/")
    speaker.follow("Written in a tunnel")
    speaker.follow("Finish and hand in")
    expect(other.get_by_role("heading", name="Typed earlier, not saved")).to_be_visible()
    expect(other.get_by_label("What it is about")).to_have_value("It is dark in here.")
    speaker.press("Put it back into the form")
    expect(other.get_by_label("What it is about")).to_have_value("Out of the tunnel.")
    expect(state(other)).to_have_text(SAVED)

    # Handed in with a double click; going back leads to no second one.
    other.get_by_label("Format", exact=True).select_option("Short talk, 20 minutes")
    other.get_by_label("Track", exact=True).select_option("Funding & Economics")
    other.get_by_role("button", name="Hand in", exact=True).dblclick()
    speaker.is_at("Written in a tunnel")
    other.go_back()
    other.go_forward()
    assert proposals_called(speaker, "Written in a tunnel") == 1
    speaker.follow("Written in a tunnel")
    speaker.follow("Change")
    expect(other.get_by_role("heading", name="Typed earlier, not saved")).to_be_hidden()

    types_over_what_was_handed_in(speaker, other)


def types_over_what_was_handed_in(speaker: Human, other: Page) -> None:
    """It waits on the server, on whatever device one goes on."""
    other.wait_for_load_state()
    other.get_by_label("What it is about").fill("Light at the end.")
    expect(state(other)).to_contain_text("The committee sees it once you hand it in.")
    other.evaluate("localStorage.clear()")
    other.reload()
    expect(other.get_by_role("heading", name="These changes are not handed in")).to_be_visible()
    expect(other.get_by_label("What it is about")).to_have_value("Light at the end.")
    other.get_by_role("button", name="Hand in the changes").dblclick()
    speaker.is_at("Written in a tunnel")
    expect(other.get_by_text("Light at the end.")).to_be_visible()
    expect(other.get_by_text("not handed in")).to_be_hidden()


def test_two_tabs_lose_nothing_and_a_long_title_gets_a_sentence(speaker):
    page = speaker.page
    speaker.open(NEW)
    title(page).fill("In two tabs")
    expect(state(page)).to_have_text(SAVED)
    slower = speaker.new_tab(page.url)
    with page.expect_response(lambda answer: "x-autosave" in answer.request.headers):
        title(page).fill("The faster tab")
    speaker.expected = {409, 422}
    title(slower).fill("The slower tab")
    expect(state(slower)).to_contain_text("saved elsewhere")
    speaker.press("Save as draft", slower)
    expect(slower.get_by_role("region", name="What is saved now")).to_contain_text("The faster tab")
    expect(title(slower)).to_have_value("The slower tab")

    long = "A title that goes on " * 20
    title(page).fill(long)
    expect(state(page)).to_contain_text("Please shorten this to at most 200 characters.")
    page.reload()
    speaker.press("Put it back into the form")
    expect(title(page)).to_have_value(long)


def sign_out(page: Page) -> None:
    page.locator("summary", has=page.locator(".own-name")).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
