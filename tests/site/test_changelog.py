"""What a visitor reads of the versions: what each changed, and any two compared."""

from __future__ import annotations

import re

from tests.site.released import HERE, drop, move, release, released, talk_named


def changed(page):
    """Titles of what a page says has changed, with its badges."""
    entries = re.findall(r'<p class="change-title">(.*?)</p>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", entry).split()) for entry in entries]


def history(client):
    conference = released()
    move("Talk 2", 200)
    release(conference, "1.1", "Talk 2 is *later*.")
    drop("Talk 3")
    talk_named("Talk 0").title = "Talk 0, renamed"
    release(conference, "1.2")
    return client()


def test_each_version_says_what_it_changed_newest_first(client):
    page = history(client).get(f"{HERE}/schedule/changelog/").text
    assert changed(page) == ["Talk 0, renamed renamed", "Talk 3 dropped", "Talk 2 other time"]
    assert page.index("Version 1.2") < page.index("Version 1.1") < page.index("Version 1.0")
    assert "<em>later</em>" in page


def test_any_two_versions_are_compared(client):
    visitor = history(client)
    page = visitor.get(f"{HERE}/schedule/changelog/?since=1.0&version=1.2").text
    part = page.split("From 1.0 to 1.2")[1].split("All versions")[0]
    assert changed(part) == ["Talk 0, renamed renamed", "Talk 2 other time", "Talk 3 dropped"]
    back = visitor.get(f"{HERE}/schedule/changelog/?since=1.2&version=1.0").text
    part = back.split("From 1.2 to 1.0")[1].split("All versions")[0]
    assert "Talk 3 new" in changed(part)


def test_a_version_that_nobody_knows_is_compared_with_nothing(client):
    page = history(client).get(f"{HERE}/schedule/changelog/?since=9&version=%00").text
    assert "From 9" not in page


def test_a_version_keeps_its_address_and_what_it_said(client):
    visitor = history(client)
    old = visitor.get(f"{HERE}/schedule/v/1.0/").text
    assert "Talk 3" in old
    assert "Talk 0, renamed" not in old
    assert "This is version 1.0, which has been replaced." in old
