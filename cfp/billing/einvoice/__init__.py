"""The electronic invoice: EN 16931 in the syntax CII, as ZUGFeRD / Factur-X and as XRechnung."""

from cfp.billing.einvoice.profile import Profile
from cfp.billing.einvoice.xrechnung import missing

__all__ = ["Profile", "missing"]
