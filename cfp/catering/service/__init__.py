"""What people do in the kitchen: set it up, look ahead, order, report, import the past."""

from cfp.catering.service import cloning

__all__ = ["cloning"]
