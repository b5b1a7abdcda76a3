"""From a proposal to the published schedule: three people who have never read the code."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.e2e.human import Human
from tests.e2e.installation import EDITION, link_in
from tests.e2e.organising import PATIENCE, decide, let_the_solver_plan, release, send_letters

NAME = "Philippa Lampenfieber"
ADDRESS = "philippa@example.org"
EMPLOYER = "Rampenlicht Kooperative"
TITLE = "The prompter's box: who whispers the release notes"
ABSTRACT = "Every project has somebody who knows the next line. We **interviewed** nine of them."
CHAIR = "organiser@example.org"


REVIEWER = "marit.solvaag@example.org"


def test_a_reviewer_does_thirty_reviews_and_says_why_without_a_mouse(somebody, installation):
    installation.run("tests.e2e.long_list", REVIEWER, "30")
    reviewer = somebody()
    reviewer.sign_in(REVIEWER)
    page, keyboard = reviewer.open(f"/{EDITION}/reviews/"), reviewer.page.keyboard
    page.get_by_role("link", name="Review the next one").press("Enter")
    written = 0
    while page.get_by_role("group", name="Your verdict").count():
        here = page.url
        expect(page.get_by_text("saves, then the next")).to_be_visible()  # keys are heard
        keyboard.press("2345"[written % 4])
        keyboard.press("Tab")
        keyboard.press("3")  # the criterion, by the same keys
        keyboard.press("Tab")
        keyboard.type("Good.")
        keyboard.press("Control+Enter")
        page.wait_for_url(lambda url, here=here: url != here)
        written += 1
    assert written >= 30
    reviewer.reads("You have reviewed everything on your list")
    page.locator(f".review-list h2 a[href='{urlsplit(here).path}']").press("Enter")
    expect(page.get_by_label("3", exact=True)).to_be_checked()
    expect(page.get_by_label("For the committee")).to_have_value("Good.")
    reviewer.reads("What speaks for it, what against it")
    page.get_by_label("Against it", exact=True).press("Space")
    page.get_by_label("Why?").last.press("Shift+A")
    keyboard.type(" talk that I heard last year.")
    keyboard.press("Enter")
    reviewer.reads("A talk that I heard last year.")


def test_a_proposal_becomes_a_session_of_the_published_schedule(somebody):
    speaker, chair, visitor = somebody(), somebody(), somebody()
    sign_up(speaker)
    propose(speaker)
    asked = share_out_the_reviews(chair)
    written = [write_a_review(somebody(), reviewer) for reviewer in asked]
    assert sum(written) == 3
    choose_the_line_up(chair)
    send_the_letters(chair)
    confirm(speaker)
    plan_the_schedule(chair)
    release(chair, "1.0", "The first whole programme.")
    find_the_session(visitor)


SALES = """order time,product,tier,price,checked in
2024-02-28 09:12,Regular,early,149.00,yes
2024-04-03 21:40,Regular,regular,199.00,no
"""


def test_the_number_of_heads_becomes_an_order_and_what_came_is_remembered(somebody):
    cook = somebody()
    cook.sign_in(CHAIR)
    cook.organise()
    cook.stage("Kitchen")
    number = re.compile(r"between \d+ and \d+, most likely \d+; order \d+ portions\.$")
    expect(cook.page.get_by_role("heading", name=number)).to_be_visible()
    cook.page.get_by_text("Show the numbers").click()
    expect(cook.page.get_by_role("columnheader", name="8 in 10")).to_be_visible()
    cook.follow("Order")
    cook.fill(A_note_to_the_caterer="Please no nuts.")
    cook.press("Write the order")
    cook.reads("What changed since version 1")
    cook.reads("No number, only the note.")
    cook.stage("Kitchen")
    cook.follow("Earlier editions")
    cook.follow("Bring in sales")
    cook.fill(Name="2024", First_day="2024-05-16", Or_the_table_itself=SALES)
    cook.press("Bring them in")
    cook.reads("2 tickets came in.")
    cook.follow("Afterwards")
    cook.page.get_by_role("link", name=re.compile("^Report")).first.click()
    cook.fill(How_many_ate="301", Missing="5")
    cook.press("Save")
    cook.is_at("Afterwards")
    cook.reads("301")


def sign_up(speaker: Human) -> None:
    speaker.open("/")
    speaker.follow("Seitenbühne 2027")
    speaker.page.get_by_role("link", name=re.compile("^Propose a session until")).click()
    speaker.is_at("Call for papers")
    speaker.follow("Propose a talk")
    speaker.follow("Sign up")
    speaker.fill(Name=NAME, E_mail=ADDRESS, Password="nobody whispers louder")
    speaker.press("Sign up")
    speaker.is_at("Look into your mail")
    speaker.open(link_in(speaker.installation.read_mail(ADDRESS, "confirm your address")))
    speaker.press("Confirm your address")
    speaker.is_at("Propose a talk")


def propose(speaker: Human) -> None:
    speaker.fill(Title=TITLE)
    speaker.press("Save as draft")
    speaker.reads("Nobody reads it yet.")
    speaker.follow("Finish and hand in")
    speaker.fill(What_it_is_about=ABSTRACT, Your_employer=EMPLOYER)
    speaker.press("Preview")
    expect(speaker.page.get_by_text("interviewed", exact=True)).to_have_css("font-weight", "700")
    speaker.page.get_by_label("Format", exact=True).select_option("Talk, 40 minutes")
    speaker.page.get_by_label("Track", exact=True).select_option("Governance & Communities")
    last_day = speaker.page.get_by_role("region", name=re.compile("^Friday"))
    afternoon = last_day.get_by_role("group", name="After lunch")
    afternoon.get_by_label("No", exact=True).check()
    speaker.press("Hand in")
    speaker.reads("is handed in.")
    speaker.reads("The committee has it.")


def share_out_the_reviews(chair: Human) -> list[str]:
    """The addresses of those who are asked to review the new proposal."""
    chair.sign_in(CHAIR)
    chair.organise()
    chair.stage("Call for papers")
    chair.follow(TITLE)
    chair.reads(NAME)
    chair.stage("Reviews")
    chair.follow("Fill the gaps")
    chair.press("Draw up the plan")
    expect(chair.page.get_by_role("heading", name="The draft")).to_be_visible(timeout=PATIENCE)
    chair.press("Publish the draft")
    question = chair.page.get_by_role("dialog")
    people = re.search(r"(\d+) people get a mail", question.inner_text())
    chair.press("Publish", question)
    chair.is_at("Reviews")
    return reviewers_asked(chair, int(people[1]))


def reviewers_asked(chair: Human, people: int) -> list[str]:
    """To whom the mails went, as soon as all of them have arrived."""

    def arrived() -> list[str] | None:
        mails = chair.installation.mails()
        asked = [mail["To"] for mail in mails if "for your review" in mail["Subject"]]
        return asked if len(asked) == people else None

    return chair.installation.when_delivered(arrived)


def write_a_review(reviewer: Human, address: str) -> bool:
    """By keyboard alone from the open proposal on, and without knowing whose it is."""
    reviewer.open(link_in(reviewer.installation.read_mail(address, "review")))
    reviewer.sign_in(address)
    reviewer.is_at("My reviews")
    reviewer.page.wait_for_load_state()
    mine = reviewer.page.get_by_role("link", name=TITLE)
    if not mine.count():
        return False  # asked for another proposal
    mine.click()
    reviewer.is_at(TITLE)
    for secret in (NAME, ADDRESS, EMPLOYER):
        assert secret not in reviewer.page.content()
    expect(reviewer.page.get_by_text("saves, then the next")).to_be_visible()  # keys are heard
    keyboard = reviewer.page.keyboard
    keyboard.press("5")
    expect(reviewer.page.get_by_label("I want it and will fight for it")).to_be_checked()
    keyboard.press("Tab")
    keyboard.type("Nine interviews! I want to hear 5 of them.")
    keyboard.press("Control+Enter")
    expect(reviewer.page.get_by_role("heading", level=1)).not_to_have_text(TITLE)
    return True


def choose_the_line_up(chair: Human) -> None:
    chair.organise()
    chair.stage("Reviews")
    chair.follow("Ranking")
    chair.fill(Title="prompter")
    chair.press("Show")
    row = chair.page.get_by_role("row", name=re.compile(re.escape(TITLE)))
    expect(row).to_contain_text("5.00")
    chair.follow("Selection", chair.page.get_by_role("navigation", name="Reviews"))
    line_up = chair.page.get_by_role("status").filter(has_text="waiting")
    expect(line_up).to_contain_text("40 in")
    chair.page.get_by_label(re.compile("^Waiting list")).press("ArrowRight")
    expect(line_up).to_contain_text("9 waiting")
    inside = chair.page.get_by_role("listitem").filter(has_text=TITLE)
    expect(inside.get_by_role("button", name=re.compile("^Leave out"))).to_be_visible()
    let_the_committee_vote(chair)
    decide(chair)


def let_the_committee_vote(chair: Human) -> None:
    chair.follow("Decide this line-up")
    chair.press("Put it to the vote")
    chair.is_at("Vote")
    chair.press("Yes, this one")
    chair.reads("1 for, 0 against")
    chair.press("Close the vote")
    chair.press("Close", chair.page.get_by_role("dialog"))
    chair.reads("The majority says yes.")
    chair.follow("Decide this line-up")
    chair.is_at("Decide the line-up")


def send_the_letters(chair: Human) -> None:
    chair.stage("Call for papers")
    chair.follow("Letters")
    accepted = chair.page.get_by_role("region", name="Accepted")
    accepted.get_by_text("Read them first").click()
    chair.follow(TITLE, accepted)
    chair.reads("good news")
    chair.page.go_back()
    send_letters(chair, "Accepted", "Waiting list", "Declined")


def confirm(speaker: Human) -> None:
    speaker.open(link_in(speaker.installation.read_mail(ADDRESS, "is accepted"), "/confirm/"))
    speaker.press("Yes, I will be there")
    speaker.reads("We count on you.")


def plan_the_schedule(chair: Human) -> None:
    let_the_solver_plan(chair)
    session = chair.page.get_by_role("link", name=TITLE)
    if not session.is_visible():
        chair.page.get_by_role("navigation", name="Days").get_by_role("link").last.click()
    session.click()
    chair.press("Pin it here")
    chair.reads("It is pinned. Nothing clashes there.")


def find_the_session(visitor: Human) -> None:
    visitor.open(f"/{EDITION}/")
    visitor.follow("See the schedule")
    visitor.fill(Words="prompter")
    visitor.press("Search")
    visitor.reads("1 session")
    visitor.follow(TITLE)
    visitor.reads("interviewed")
    visitor.follow(NAME)
    visitor.is_at(NAME)
    visitor.follow("Schedule")
    visitor.page.get_by_text("Calendar and data").click()
    calendar = visitor.page.get_by_role("link", name="Calendar (iCal)").get_attribute("href")
    xml = visitor.page.get_by_role("link", name="schedule.xml").get_attribute("href")
    unfolded = visitor.context.request.get(calendar).text().replace("\r\n ", "")
    assert f"SUMMARY:{TITLE}" in unfolded
    assert f"<title>{TITLE}</title>" in visitor.context.request.get(xml).text()
