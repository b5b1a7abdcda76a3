"""The editor of the draft as somebody sits before it, by mouse and by keys."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.e2e.human import Human

DRAFT = "/board/team/programme/draft/"
TALL = {"viewport": {"width": 1280, "height": 1100}}  # the whole morning is in the window
# The page does not hear of what others do until it asks for something itself.
DEAF = """const real = fetch;
const deaf = (url) => String(url).includes("state?");
window.fetch = (url, ...more) => deaf(url) ? Promise.reject() : real(url, ...more);
true"""
LOOK = "dispatchEvent(new Event('visibilitychange'))"  # sooner than in four seconds


_signed_in: dict[tuple[str, str], list[Any]] = {}  # cookies by installation and name


def sit_down(human: Human, name: str) -> None:
    """Signs in, the first time by the form; a new browser then gets the cookies of the last."""
    key = human.installation.url, name
    if key in _signed_in:
        human.context.add_cookies(_signed_in[key])
        return
    human.sign_in(f"{name}@example.org")
    _signed_in[key] = human.context.cookies()


class Desk:
    """Somebody at the editor."""

    def __init__(self, human: Human, name: str) -> None:
        sit_down(human, name)
        self.human = human
        self._finger: CDPSession | None = None
        self.page: Page = human.open(DRAFT)
        expect(self.page.locator("[data-boards][role=application]")).to_be_attached()

    def card(self, title: str) -> Locator:
        return self.page.locator("[data-code]:visible", has_text=title).filter(
            has_not=self.page.locator(".carry")
        )

    def stands(self, title: str, where: str) -> None:
        """The card says so, to those who hear it."""
        expect(self.card(title).locator("a")).to_have_attribute("aria-label", contains(where))

    def waits(self, title: str) -> None:
        expect(self.page.locator("[data-side]")).to_contain_text(title)

    def sees_the_end_of_the_run(self) -> None:
        """The page has come anew, with what the solver found."""
        expect(self.page.locator("#run[hx-get]")).to_have_count(0, timeout=30_000)

    def hears(self, words: str) -> None:
        expect(self.page.locator("[data-speech]")).to_contain_text(words)

    def spot(self, room: str, at: str) -> tuple[float, float]:
        """A point in the window: just below the line of that time, in that room."""
        head = self.page.locator(".board:visible .schedule-room", has_text=room).bounding_box()
        line = self.page.locator(".board:visible .schedule-time", has_text=at).bounding_box()
        assert head
        assert line
        return head["x"] + head["width"] / 2, line["y"] + line["height"] / 2 + 2

    def beside(self) -> tuple[float, float]:
        """A point at the side of the grid, where sessions wait."""
        box = self.page.locator(".draft-side").bounding_box()
        assert box
        return box["x"] + 100, box["y"] + 40

    def tab_to_the_grid(self) -> None:
        """By Tab alone, until a card has the focus."""
        for _tab in range(80):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.closest('.board [data-code]') !== null"):
                return
        raise AssertionError("the grid cannot be reached by Tab")

    def drag(self, title: str, x: float, y: float) -> None:
        box = self.card(title).bounding_box()
        assert box
        mouse = self.page.mouse
        grip = min(12, box["height"] / 2)
        mouse.move(box["x"] + 40, box["y"] + grip)
        mouse.down()
        mouse.move(box["x"] + 60, box["y"] + grip + 20, steps=3)
        mouse.move(x, y + grip, steps=6)
        mouse.up()

    def grip(self, title: str) -> tuple[float, float]:
        """Where a finger takes hold of the card."""
        box = self.card(title).bounding_box()
        assert box
        return box["x"] + 30, box["y"] + 8

    def touch(self, kind: str, *points: tuple[float, float]) -> None:
        """What a finger does: "Start", "Move" or "End"."""
        self._finger = self._finger or self.page.context.new_cdp_session(self.page)
        touched = [{"x": x, "y": y} for x, y in points]
        self._finger.send(
            "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": touched}
        )

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


def contains(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))
