"""The pages of an account: the ways in, one's profile and sessions, one's own data."""

from cfp.people.views import account, entering, own_data
from cfp.people.views.blueprint import own_path, pages

__all__ = ["account", "entering", "own_data", "own_path", "pages"]
