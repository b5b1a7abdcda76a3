"""The public pages and the feeds beside them."""

from cfp.site.views import feeds, files, public, schedule, stars
from cfp.site.views.blueprint import pages

__all__ = ["feeds", "files", "pages", "public", "schedule", "stars"]
