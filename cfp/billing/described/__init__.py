"""An invoice described as JSON, read with clear sentences about what is not understood."""

from cfp.billing.described.fields import NotUnderstood
from cfp.billing.described.reading import Described, read

__all__ = ["Described", "NotUnderstood", "read"]
