"""What every screen owes to everybody, measured in the browser; WCAG 2.2 AA by axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What the size of a screen and its colours can change; the rest holds once.
OF_SIZE_AND_COLOUR = {
    "type": "rule",
    "values": [
        "color-contrast",
        "link-in-text-block",
        "scrollable-region-focusable",
        "target-size",
    ],
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}

# Whoever unfolds a page must not find faults in it; menus lie over other things and stay shut.
UNFOLD = "document.querySelectorAll('details:not(.menu)').forEach((one) => { one.open = true; })"
# Colours are judged at once, not on their way from light to dark.
STAND_STILL = """() => {
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { transition: none !important; }');
  document.adoptedStyleSheets.push(still);
}"""
IS_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
COUNT_H1 = "document.querySelectorAll('h1').length"
TWICE = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  return [...new Set(ids.filter((id, n) => ids.indexOf(id) !== n))];
}"""
RUN_AXE = """async (runOnly) => {
  const options = {runOnly, rules: {'target-size': {enabled: true}}};
  const found = await axe.run(document, {...options, resultTypes: ['violations']});
  return found.violations.map(({id, nodes}) => {
    const [{html, failureSummary}] = nodes;
    return `${id} (${nodes.length} times), first ${html.slice(0, 160)} ${failureSummary}`;
  });
}"""


def audit(page: Page, path: str) -> Iterator[str]:
    """Open a page; its faults in words, wide and narrow, light and dark."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(path)
    if (count := page.evaluate(COUNT_H1)) != 1:
        yield f"has {count} <h1>"
    for name in page.evaluate(TWICE):
        yield f"has the id {name!r} twice"
    page.evaluate(UNFOLD)
    page.evaluate(STAND_STILL)
    page.evaluate(AXE)
    for size, colours, rules in ((WIDE, "light", ALL), (NARROW, "dark", OF_SIZE_AND_COLOUR)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        if page.evaluate(IS_WIDER):
            yield f"scrolls sideways at {size['width']} px"
        for fault in page.evaluate(RUN_AXE, rules):
            yield f"{colours} at {size['width']} px: {fault}"
