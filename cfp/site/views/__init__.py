"""The public pages and the feeds beside them."""

from cfp.site.views import feeds, public

pages = public.pages

__all__ = ["feeds", "pages", "public"]
