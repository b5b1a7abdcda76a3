"""The public pages and the feeds beside them."""

from cfp.site.views import changelog, desk, feeds, files, front, paper, public, schedule, stars
from cfp.site.views.blueprint import pages

__all__ = [
    "changelog",
    "desk",
    "feeds",
    "files",
    "front",
    "pages",
    "paper",
    "public",
    "schedule",
    "stars",
]
