"""Sales as files tell them: a table of tickets, or a shop's own export of orders."""

from cfp.catering.sold.sale import BrokenFile, Sale

__all__ = ["BrokenFile", "Sale"]
