"""Seller and buyer of a description, and how it is paid."""

from __future__ import annotations

import re

from stdnum import bic, iban
from stdnum.eu import vat as eu_vat

from cfp.billing.described import values
from cfp.billing.described.codes import ADDRESSES
from cfp.billing.described.fields import Fields
from cfp.billing.document import Means, Party, Payment
from cfp.billing.vat import EU

MEANS = {
    **dict.fromkeys(("sepa_transfer", "sepa", "58", "sepa_credit_transfer"), Means.SEPA_TRANSFER),
    **dict.fromkeys(("transfer", "bank_transfer", "bank", "überweisung"), Means.SEPA_TRANSFER),
    **dict.fromkeys(("credit_transfer", "30", "wire"), Means.CREDIT_TRANSFER),
    **dict.fromkeys(("online", "68", "card", "stripe", "credit_card"), Means.ONLINE),
    **dict.fromkeys(("card_payment", "48", "card_terminal"), Means.CARD),
    **dict.fromkeys(("sepa_debit", "direct_debit", "59", "sepa_direct_debit"), Means.SEPA_DEBIT),
    **dict.fromkeys(("cash", "10", "bar"), Means.CASH),
    **dict.fromkeys(("barter", "97", "in_kind", "clearing", "set_off"), Means.BARTER),
}


def party(given: Fields, warnings: list[str]) -> Party:
    """A party; its address and contact may stand in objects of their own."""
    given.merge(given.object("address", "postal_address"))
    contact, phone, email = _contact(given)
    country = given.text("country", "country_code") or "DE"
    code = values.country(country)
    if code is None:
        given.fault(f"“{country}” is no country; write its code, such as DE", "country")
    found = Party(
        name=given.text("name", "company", "organisation", "organization", "legal_name"),
        street=given.text("street", "line1", "line_one", "address_line", "address_line_1"),
        street2=given.text("street2", "line2", "line_two", "address_line_2", "additional_street"),
        postcode=given.text("postcode", "post_code", "postal_code", "zip", "zip_code", "plz"),
        city=given.text("city", "town", "place", "ort"),
        country=code or "DE",
        vat_id=_vat_id(given, warnings),
        tax_number=given.text("tax_number", "tax_no", "steuernummer", "tax_registration"),
        register=given.text("register", "register_number", "registration_number", "legal_id"),
        number=given.text("number", "customer_number", "seller_number", "id", "identifier"),
        contact=contact,
        phone=given.text("phone", "telephone", "tel") or phone,
        email=given.text("email", "e_mail", "mail") or email,
        electronic=_electronic(given),
    )
    if not found.name:
        given.fault("is missing", "name")
    return found


def _contact(given: Fields) -> tuple[str, str, str]:
    names = ("contact", "contact_person", "contact_name")
    if any(isinstance(given.given.get(name), dict) for name in names):
        inner = given.object(*names)
        if inner is not None:
            found = (
                inner.text("name", "person", "contact_name"),
                inner.text("phone", "telephone", "tel"),
                inner.text("email", "e_mail", "mail"),
            )
            inner.close()
            return found
    flat = given.text("contact_phone"), given.text("contact_email")
    return given.text(*names), *flat


def _electronic(given: Fields) -> tuple[str, str] | None:
    names = ("electronic_address", "endpoint", "endpoint_id")
    if any(isinstance(given.given.get(name), str) for name in names):
        return "EM", given.text(*names)
    inner = given.object(*names)
    if inner is None:
        return None
    scheme = inner.text("scheme", "scheme_id").upper() or "EM"
    if scheme not in ADDRESSES:
        inner.fault(f"“{scheme}” is no code of EAS; mail is EM, a Leitweg-ID 0204", "scheme")
    address = inner.text("address", "id", "value", "identifier")
    inner.close()
    return (scheme, address) if address else None


def _vat_id(given: Fields, warnings: list[str]) -> str:
    """A VAT id begins with its country; check digits that do not fit are only worth a warning."""
    text = given.text("vat_id", "vat", "vat_number", "ust_id", "ustid", "vatin", "vat_no")
    number = re.sub(r"[\s.\-/]", "", text).upper()
    if not number:
        return ""
    prefix = values.country(number[:2]) or number[:2] == "XI"
    if not prefix or not re.fullmatch(r"[A-Z]{2}[A-Z0-9+*]{2,16}", number):
        given.fault(f"“{text}” is no VAT id; it begins with its country, as DE123456788", "vat_id")
    elif number[:2].replace("EL", "GR") in EU and not eu_vat.is_valid(number):
        warnings.append(f"{given.where}: the check digits of the VAT id {number} do not fit.")
    return number


def looks_like_leitweg_id(text: str) -> bool:
    """Whether a reference has the form of the address of a public buyer."""
    return (
        re.fullmatch(r"(\d\d|\d{3}|\d{5}|\d{8,9}|\d{12})(-[A-Z0-9]{1,30})?-\d\d", text) is not None
    )


def is_leitweg_id(text: str) -> bool:
    """Its check digits make it 1 modulo 97."""
    return int("".join(str(int(sign, 36)) for sign in text if sign != "-")) % 97 == 1


def account(given: Fields, *names: str) -> str:
    """A valid IBAN without spaces."""
    text = given.text(*names)
    if text and not iban.is_valid(text):
        given.fault(f"“{text}” is no valid IBAN", names[0])
    return str(iban.compact(text)) if text else ""


def bank(given: Fields) -> tuple[str, str, str]:
    """IBAN, BIC and account holder, wherever they stand."""
    given.merge(given.object("bank_account", "bank", "account"))
    code = given.text("bic", "swift")
    if code and not bic.is_valid(code):
        given.fault(f"“{code}” is no valid BIC", "bic")
    return (
        account(given, "iban", "account_number"),
        str(bic.compact(code)) if code else "",
        given.text("account_holder", "holder", "account_name"),
    )


def payment(given: Fields | None, of_seller: tuple[str, str, str], reference: str) -> Payment:
    """The payment; the seller's own account is taken where no other is named."""
    if given is None:
        number, code, holder = of_seller
        return Payment(iban=number, bic=code, holder=holder, reference=reference)
    card = given.text("card", "card_number", "last4", "pan")
    means = given.chosen(MEANS, "means", "type", "code", "method", "type_code", "means_code")
    own = bank(given)
    number, code, holder = own if own[0] else of_seller
    found = Payment(
        means=means or Means.SEPA_TRANSFER,
        iban=number,
        bic=code,
        holder=own[2] or holder,
        reference=given.text("reference", "payment_reference", "remittance") or reference,
        card=re.sub(r"\D", "", card)[-4:],
        mandate=given.text("mandate", "mandate_reference"),
        creditor=given.text("creditor", "creditor_id", "creditor_identifier"),
        payer_iban=account(given, "payer_iban", "debtor_iban", "buyer_iban"),
    )
    if found.means is not Means.SEPA_DEBIT and (found.mandate or found.payer_iban):
        given.fault("a mandate and the payer's IBAN belong to a direct debit", "means")
    if found.card and found.means not in {Means.CARD, Means.ONLINE}:
        given.fault("the digits of a card belong to a payment by card", "means")
    given.close()
    return found
