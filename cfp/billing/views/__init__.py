"""The treasurer's pages: invoices, the bank, what is late, reports, the seller."""

from cfp.billing.views import bank, invoices, late, reports, seller
from cfp.billing.views.blueprint import pages

__all__ = ["bank", "invoices", "late", "pages", "reports", "seller"]
