"""What nobody planned: clicking twice, going back, signing out elsewhere, no scripts at all."""

from __future__ import annotations

import re
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.human import Human
from tests.e2e.installation import EDITION, link_in

SPEAKER = "speaker@example.org"
REVIEWER = "marit.solvaag@example.org"
NEW = f"/{EDITION}/proposals/new"


@pytest.fixture(scope="module")
def signed_in(browser, installation):
    """What the browser of a speaker remembers after signing in."""
    human = Human(browser, installation)
    human.sign_in(SPEAKER)
    state = human.context.storage_state()
    assert not human.end()
    return state


@pytest.fixture
def speaker(somebody, signed_in) -> Human:
    return somebody(storage_state=signed_in)


def fill_in(page: Page, title: str) -> None:
    """A whole proposal, not sent yet."""
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("What it is about").fill(f"All about {title}.")
    page.get_by_label("Format", exact=True).select_option("Short talk, 20 minutes")
    page.get_by_label("Track", exact=True).select_option("Funding & Economics")


def proposals_called(speaker: Human, title: str) -> int:
    speaker.open(f"/{EDITION}/my/")
    return speaker.page.get_by_role("heading", level=2, name=title, exact=True).count()


def test_a_double_click_hands_in_one_proposal(speaker):
    speaker.open(NEW)
    fill_in(speaker.page, "Clicked twice")
    speaker.page.get_by_role("button", name="Hand in").dblclick()
    speaker.is_at("Clicked twice")
    assert proposals_called(speaker, "Clicked twice") == 1


def test_going_back_and_handing_in_again_is_still_one_proposal(speaker):
    speaker.open(NEW)
    fill_in(speaker.page, "Sent, regretted, sent")
    speaker.press("Hand in")
    speaker.is_at("Sent, regretted, sent")
    speaker.page.go_back()
    expect(speaker.page.get_by_label("Title", exact=True)).to_have_value("Sent, regretted, sent")
    speaker.page.get_by_role("button", name=re.compile("^(Hand in|Hand in the changes)$")).click()
    speaker.is_at("Sent, regretted, sent")
    assert proposals_called(speaker, "Sent, regretted, sent") == 1


def test_the_slower_of_two_tabs_is_told_and_keeps_what_was_typed(speaker):
    speaker.open(NEW)
    fill_in(speaker.page, "In two tabs")
    speaker.press("Save as draft")
    slower = speaker.new_tab(speaker.page.url + "edit")
    speaker.follow("Finish and hand in")
    speaker.fill(Title="The faster tab")
    speaker.press("Save as draft")
    speaker.is_at("The faster tab")
    speaker.expected = {422}
    slower.get_by_label("Title", exact=True).fill("The slower tab")
    speaker.press("Save as draft", slower)
    expect(slower.get_by_role("alert")).to_contain_text("saved elsewhere while you wrote")
    expect(slower.get_by_label("Title", exact=True)).to_have_value("The slower tab")
    expect(slower.get_by_role("region", name="What is saved now")).to_contain_text("The faster tab")
    speaker.press("Save as draft", slower)
    expect(slower.get_by_role("heading", level=1)).to_have_text("The slower tab")


def test_a_mailed_link_works_once_and_not_for_ever(somebody, installation):
    newcomer = somebody()
    newcomer.expected = {409}
    for address, spoil, sentence in (
        ("once@example.org", follow, "This link was used already."),
        ("late@example.org", expire, "This link has expired."),
    ):
        newcomer.open("/sign-up")
        newcomer.fill(Name="Late Riser", E_mail=address, Password="sleep is good for you")
        newcomer.press("Sign up")
        newcomer.is_at("Look into your mail")
        link = link_in(installation.read_mail(address, "confirm your address"))
        spoil(newcomer, link)
        newcomer.open(link)
        newcomer.press("Confirm your address")
        newcomer.reads(sentence)
        newcomer.reads("Please ask for a new one.")


def follow(newcomer: Human, link: str) -> None:
    newcomer.open(link)
    newcomer.press("Confirm your address")
    newcomer.reads("You are signed in")


def expire(newcomer: Human, _link: str) -> None:
    with sqlite3.connect(newcomer.installation.folder / "callboard.db") as database:
        database.execute("UPDATE mailed_link SET expires_at = '2020-01-01 00:00:00.000000'")
    database.close()


def test_the_proposal_of_somebody_else_is_not_there(speaker, somebody):
    other = somebody()
    other.sign_in(REVIEWER)
    other.open(f"/{EDITION}/my/")
    other.page.get_by_role("heading", level=2).get_by_role("link").first.click()
    other.reads("The committee has it.")
    speaker.expected = {404}
    for way in ("", "edit"):
        speaker.open(other.page.url + way)
        speaker.is_at("There is nothing here")


def test_a_title_of_400_characters_is_refused_and_nothing_else_is_lost(speaker):
    speaker.open(NEW)
    fill_in(speaker.page, "Long " * 80)
    half_day = speaker.page.get_by_role("region", name=re.compile("^Thursday"))
    morning = half_day.get_by_role("group", name="Before lunch")
    morning.get_by_label("If need be").check()
    speaker.expected = {422}
    speaker.press("Hand in")
    speaker.reads("Please shorten this to at most 200 characters.")
    page = speaker.page
    expect(page.get_by_label("Title", exact=True)).to_have_value(("Long " * 80).strip())
    expect(page.get_by_label("What it is about")).to_have_value(re.compile("^All about Long"))
    expect(page.get_by_label("Format", exact=True).locator("option:checked")).to_have_text(
        "Short talk, 20 minutes"
    )
    expect(morning.get_by_label("If need be")).to_be_checked()


def test_a_title_that_is_a_script_is_only_a_title(speaker):
    title = "<script>alert(1)</script> & <b>bold</b> 🎭"
    speaker.context.on("dialog", lambda dialog: speaker.complaints.append(dialog.message))
    speaker.open(NEW)
    fill_in(speaker.page, title)
    speaker.press("Hand in")
    speaker.is_at(title)
    assert proposals_called(speaker, title) == 1


def test_signing_out_in_another_tab_loses_nothing_that_was_typed(somebody):
    speaker = somebody()
    speaker.sign_in(SPEAKER)
    speaker.open(NEW)
    fill_in(speaker.page, "Typed for an hour")
    other = speaker.new_tab(f"/{EDITION}/")
    other.locator("summary", has=other.locator(".own-name")).click()
    speaker.expected = {400, 401}  # also when the draft saves itself
    speaker.press("Sign out", other)
    expect(other.get_by_role("link", name="Sign in")).to_be_visible()
    speaker.press("Hand in")
    typed = [box.input_value() for box in speaker.page.get_by_role("textbox").all()]
    assert {"Typed for an hour", "All about Typed for an hour."} <= set(typed)


def test_a_proposal_can_be_written_without_scripts(somebody, signed_in):
    speaker = somebody(storage_state=signed_in, java_script_enabled=False)
    speaker.open(f"/{EDITION}/call/")
    speaker.follow("Propose a talk")
    fill_in(speaker.page, "Without scripts")
    speaker.press("Preview")
    expect(speaker.page.get_by_label("Title", exact=True)).to_have_value("Without scripts")
    expect(speaker.page.locator("#preview")).to_contain_text("All about Without scripts.")
    speaker.press("Hand in")
    speaker.reads("The committee has it.")
    speaker.press("Withdraw")
    speaker.press("Withdraw", speaker.page.get_by_role("dialog"))
    speaker.reads("You took it back.")


def test_a_review_can_be_written_without_scripts(somebody):
    reviewer = somebody(java_script_enabled=False)
    reviewer.sign_in(REVIEWER)
    reviewer.open(f"/{EDITION}/reviews/")
    reviewer.page.get_by_role("heading", level=2).get_by_role("link").first.click()
    reviewer.page.get_by_label("I want it and will fight for it").check()
    reviewer.fill(For_the_committee="Read on paper, by candle.")
    reviewer.page.get_by_role("button", name=re.compile("^Save and s")).click()
    expect(reviewer.page.get_by_label("For the committee")).to_have_value(
        "Read on paper, by candle."
    )
    expect(reviewer.page.get_by_label("I want it and will fight for it")).to_be_checked()


def test_the_schedule_can_be_read_without_scripts(somebody, installation):
    installation.flask("schedule", "release", "--conference", EDITION, "--version", "0.1")
    visitor = somebody(java_script_enabled=False)
    visitor.open(f"/{EDITION}/")
    visitor.follow("See the schedule")
    visitor.fill(Words="cue")
    visitor.press("Search")
    visitor.reads("1 session")
    visitor.follow("Cue, cable, crowd: what a stage manager knows about not being seen")
    visitor.is_at("Cue, cable, crowd: what a stage manager knows about not being seen")


WHAT_IF = f"/{EDITION}/team/money-ahead/what-if"


def test_a_price_step_moves_by_key_by_typing_and_by_mouse_and_the_answer_follows(somebody):
    organiser = somebody()
    organiser.sign_in("organiser@example.org")
    page, said = organiser.open(WHAT_IF), organiser.page.locator(".what-if-said")
    slider, days = page.locator("[data-slides=step]"), page.locator("#step")
    days.fill("20")
    expect(slider).to_have_value("20")
    expect(page).to_have_url(re.compile("step=20&"))
    slider.press("ArrowLeft")
    expect(days).to_have_value("19")
    expect(page).to_have_url(re.compile("step=19&"))
    rail = slider.bounding_box()
    middle = rail["y"] + rail["height"] / 2
    page.mouse.move(rail["x"] + rail["width"] * 19 / 90, middle)
    page.mouse.down()
    page.mouse.move(rail["x"] + rail["width"] / 2, middle, steps=3)
    page.mouse.up()
    expect(page).not_to_have_url(re.compile("step=19&"))
    before = said.inner_text()
    page.locator("#after").fill("399")
    expect(said).not_to_have_text(before)
    expect(said).to_contain_text("€399")
    page.locator("#after").fill("3x9")
    expect(page.locator("#answer")).to_have_class("is-stale")


def test_a_price_step_is_answered_without_scripts(somebody):
    organiser = somebody()
    organiser.sign_in("organiser@example.org")
    plain = somebody(storage_state=organiser.context.storage_state(), java_script_enabled=False)
    page = plain.open(WHAT_IF)
    expect(page.locator("[data-slides=step]")).to_be_hidden()
    page.locator("#step").fill("18")
    plain.press("See what happens")
    expect(page.locator(".what-if-said")).to_contain_text("tickets")
    assert "step=18" in page.url
