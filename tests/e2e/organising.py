"""What the organiser does between the last review and the first visitor, click by click."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.human import Human

PATIENCE = 60_000  # for the worker's work, on a machine that does other things too


def decide(chair: Human) -> None:
    """The line-up as it is offered."""
    chair.stage("Reviews")
    chair.follow("Selection", chair.page.get_by_role("navigation", name="Reviews"))
    chair.follow("Decide this line-up")
    chair.page.get_by_role("button", name=re.compile("^Write down")).click()
    chair.reads("Nobody has been told yet.")


def send_letters(chair: Human, *outcomes: str) -> None:
    """All that wait for one of these outcomes."""
    chair.stage("Call for papers")
    chair.follow("Letters")
    for outcome in outcomes:
        letters = chair.page.get_by_role("region", name=outcome)
        chair.press("Send the letters", letters)
        chair.press("Send", chair.page.get_by_role("dialog"))
        expect(letters).to_contain_text("nothing waits")


def let_the_solver_plan(chair: Human) -> None:
    """In five seconds, until all is placed and nothing clashes."""
    chair.stage("Programme")
    chair.follow("Draft", chair.page.get_by_role("navigation", name="Programme"))
    chair.press("Let the solver plan")
    chair.fill(Seconds="5")
    chair.press("Plan it")
    placed = chair.page.get_by_text(re.compile(r"^The solver placed (\d+) of \1 sessions"))
    expect(placed).to_be_visible(timeout=PATIENCE)
    chair.reads("Nothing clashes.")


def release(chair: Human, version: str, note: str) -> None:
    """The draft as it stands, with the sessions whose speakers have not answered, if any."""
    chair.stage("Programme")
    chair.follow("Draft", chair.page.get_by_role("navigation", name="Programme"))
    chair.follow("Release", chair.page.get_by_role("main"))
    chair.fill(Version=version, Note=note)
    unconfirmed = chair.page.get_by_label(re.compile("^Announce sessions whose speakers"))
    if unconfirmed.count():  # what was announced before stays announced, and is not asked for again
        unconfirmed.check()
    chair.press("Release")
    chair.is_at(f"Version {version}")
    chair.reads(f"Version {version} is released.")
