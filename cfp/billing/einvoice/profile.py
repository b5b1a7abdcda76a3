"""The two profiles that are written, and what tells them apart."""

from __future__ import annotations

from enum import Enum


class Profile(Enum):
    """A profile of EN 16931, by the identifier that stands in the document (BT-24)."""

    EN16931 = "urn:cen.eu:en16931:2017"
    XRECHNUNG = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"

    @property
    def attachment(self) -> str:
        """The name of the file inside the hybrid PDF."""
        return "factur-x.xml" if self is Profile.EN16931 else "xrechnung.xml"

    @property
    def conformance(self) -> str:
        """The level in the PDF's metadata."""
        return "EN 16931" if self is Profile.EN16931 else "XRECHNUNG"
