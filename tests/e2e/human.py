"""Somebody with a browser of their own, who finds things by their names; a broken page is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.e2e.installation import EDITION, PASSWORD, Installation

expect.set_options(timeout=15_000)  # a busy machine is no failure


class Human:
    """Opens pages, and remembers whatever broke in them."""

    def __init__(self, browser: Browser, installation: Installation, **options: Any) -> None:
        self.installation = installation
        usual = {"locale": "en-GB", "timezone_id": "Europe/Berlin"}
        self.context = browser.new_context(base_url=installation.url, **usual | options)
        self.context.set_default_timeout(15_000)
        self.expected: set[int] = set()
        self.loses_the_connection = False
        self.complaints: list[str] = []
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda broken: self._complain(f"broke: {broken.error}"))
        self.context.on("request", self._look_where)
        self.context.on("response", self._look_how)
        self.page: Page = self.context.new_page()

    def new_tab(self, url: str) -> Page:
        """Another tab of the same browser."""
        tab = self.context.new_page()
        tab.goto(url)
        return tab

    def open(self, path: str) -> Page:
        """Go somewhere by its address, as by a link in a mail."""
        self.page.goto(path)
        return self.page

    def follow(self, name: str, where: Page | Locator | None = None) -> None:
        """Click the link of this name."""
        (where or self.page).get_by_role("link", name=name, exact=True).click()

    def press(self, name: str, where: Page | Locator | None = None) -> None:
        """Press the button of this name."""
        (where or self.page).get_by_role("button", name=name, exact=True).click()

    def fill(self, **answers: str) -> None:
        """Type into the fields that have these labels."""
        for label, text in answers.items():
            labelled = re.compile(label.replace("_", "[ -]"), re.IGNORECASE)
            self.page.get_by_label(labelled).first.fill(text)

    def reads(self, text: str) -> None:
        """The page says this, sooner or later."""
        expect(self.page.get_by_role("main")).to_contain_text(text)

    def is_at(self, heading: str) -> None:
        """The page with this heading is there."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def sign_in(self, address: str) -> None:
        """Sign in on the page that asks for it, or through the link in the header."""
        if not self.page.url.startswith(f"{self.installation.url}/sign-in"):
            self.open(f"/{EDITION}/")
            self.follow("Sign in")
        self.fill(E_mail=address, Password=PASSWORD)
        self.press("Sign in")
        self.page.wait_for_url(re.compile(r"^((?!/sign-in).)*$"))

    def organise(self) -> None:
        """Go to the organiser's side through one's own menu."""
        self.open(f"/{EDITION}/")
        self.page.locator("summary", has=self.page.locator(".own-name")).click()
        self.follow("Organise")

    def stage(self, name: str) -> None:
        """Go to a stage of the conference; a number may stand behind its name."""
        stages = self.page.get_by_role("navigation", name="Stages of the conference")
        stages.get_by_role("link", name=re.compile(f"^{name}")).click()

    def end(self) -> list[str]:
        """Close the browser; what broke in it."""
        self.context.close()
        return self.complaints

    def _complain(self, what: str) -> None:
        self.complaints.append(f"{self.page.url}: {what}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if any(f"status of {status}" in message.text for status in self.expected):
            return
        if self.loses_the_connection and "net::ERR_" in message.text:
            return
        self._complain(f"console {message.type}: {message.text}")

    def _look_where(self, request: Request) -> None:
        if not request.url.startswith((self.installation.url, "data:", "blob:")):
            self._complain(f"asked the world for {request.url}")

    def _look_how(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            method = response.request.method
            self._complain(f"{response.status} for {method} {response.url}")


def told(complaints: Iterable[str]) -> str:
    """Complaints, one a line, for the one who reads why a test failed."""
    return "\n".join(dict.fromkeys(complaints))
