"""Seller and buyer in the XML."""

from __future__ import annotations

from lxml import etree

from cfp.billing.document import Document, Party
from cfp.billing.einvoice.elements import element


def seller(document: Document) -> etree._Element | None:
    """The seller (BG-4); where no VAT id may stand, some other number names them (BR-CO-26)."""
    party = document.seller
    vat_id = "" if _is_outside(document) else party.vat_id
    number = party.number
    if not number and _is_outside(document) and not party.tax_number:
        number = party.vat_id  # the law wants one of the two, and as BT-31 it may not stand
    if not (vat_id or party.register or number):
        number = party.tax_number
    return element(
        "SellerTradeParty",
        element("ID", number),
        *_named(party),
        _contact(party),
        *_located(party),
        _tax(vat_id, "VA"),
        _tax(party.tax_number, "FC"),
    )


def buyer(document: Document) -> etree._Element | None:
    """The buyer (BG-7)."""
    party = document.buyer
    return element(
        "BuyerTradeParty",
        element("ID", party.number),
        *_named(party),
        _contact(party),
        *_located(party),
        _tax("" if _is_outside(document) else party.vat_id, "VA"),
    )


def recipient(document: Document) -> etree._Element | None:
    """Where goods go (BG-13): said where it is not the buyer, and of what leaves untaxed."""
    leaves = any(line.category in {"K", "G"} for line in document.lines)
    party = document.deliver_to or (document.buyer if leaves else None)
    if party is None:
        return None
    return element("ShipToTradeParty", element("Name", party.name), _address(party))


def _is_outside(document: Document) -> bool:
    """What is not taxable shows no VAT ids (BR-O-02)."""
    return any(line.category == "O" for line in document.lines)


def _named(party: Party) -> list[etree._Element | None]:
    return [
        element("Name", party.name),
        element("SpecifiedLegalOrganization", element("ID", party.register)),
    ]


def _contact(party: Party) -> etree._Element | None:
    return element(
        "DefinedTradeContact",
        element("PersonName", party.contact),
        element("TelephoneUniversalCommunication", element("CompleteNumber", party.phone)),
        element("EmailURIUniversalCommunication", element("URIID", party.email)),
    )


def _located(party: Party) -> list[etree._Element | None]:
    address = _address(party)
    electronic = party.electronic_address
    if electronic is None:
        return [address]
    scheme, where = electronic
    return [
        address,
        element("URIUniversalCommunication", element("URIID", where, schemeID=scheme)),
    ]


def _address(party: Party) -> etree._Element | None:
    return element(
        "PostalTradeAddress",
        element("PostcodeCode", party.postcode),
        element("LineOne", party.street),
        element("LineTwo", party.street2),
        element("CityName", party.city),
        element("CountryID", party.country),
    )


def _tax(number: str, scheme: str) -> etree._Element | None:
    return element("SpecifiedTaxRegistration", element("ID", number, schemeID=scheme))
