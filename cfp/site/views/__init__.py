"""The public pages and the feeds beside them."""

from cfp.site.views import changelog, feeds, files, paper, public, schedule, stars
from cfp.site.views.blueprint import pages

__all__ = ["changelog", "feeds", "files", "pages", "paper", "public", "schedule", "stars"]
