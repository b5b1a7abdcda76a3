"""Sponsors, and several people at the same moment."""

from tests.submissions.conftest import at_once

__all__ = ["at_once"]
