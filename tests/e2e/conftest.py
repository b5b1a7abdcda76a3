"""The real thing: a server and a worker of one's own, and Chromium for as many people as needed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.human import Human, told
from tests.e2e.installation import Installation, running
from tests.servers import meeting_place

BROWSERS = ("chromium", "chromium-browser", "google-chrome")  # as scripts/test looks for them
FLAGS = [
    "--no-sandbox",  # tests may run as root, where Chromium has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that is here opens a browser and takes its time."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One demo conference for all tests of a file."""
    folder, place = tmp_path_factory.mktemp("installation"), meeting_place(tmp_path_factory)
    with running(folder, place) as here:
        yield here
    assert not here.complaints(), told(here.complaints())


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """``launch("--a-flag")`` starts a Chromium; one Playwright drives all of them."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:

        def start(*flags: str) -> Browser:
            return playwright.chromium.launch(executable_path=program, args=[*FLAGS, *flags])

        yield start


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    chromium = launch()
    yield chromium
    chromium.close()


@pytest.fixture
def somebody(browser: Browser, installation: Installation) -> Iterator[Callable[..., Human]]:
    """``somebody()`` sits down with a fresh browser; whatever broke in it fails the test."""
    present: list[Human] = []

    def sit_down(**options: object) -> Human:
        present.append(Human(browser, installation, **options))
        return present[-1]

    yield sit_down
    complaints = [complaint for human in present for complaint in human.end()]
    assert not complaints, told(complaints)
