"""What XRechnung asks for beyond EN 16931, and what of it a document lacks."""

from __future__ import annotations

import re

from cfp.billing.document import Document, Kind, Means, Party
from cfp.sentences import say

DIGITS = 3  # of a phone number, at least (BR-DE-27)
MAIL = re.compile(r"[^@\s.]([^@\s]*[^@\s.])?@[^@\s.]+(\.[^@\s.]+)*")  # BR-DE-28


def missing(document: Document) -> list[str]:
    """A sentence for everything that an XRechnung needs and ``document`` does not have."""
    seller, buyer, goes_to = document.seller, document.buyer, document.deliver_to
    wanted = {
        say("The buyer's reference or Leitweg-ID (BT-10) is missing."): buyer_reference(document),
        say("The name of a contact at the seller (BT-41) is missing."): seller.contact,
        say("The phone number of the seller's contact (BT-42) is missing."): (
            len(re.findall(r"\d", seller.phone)) >= DIGITS
        ),
        say("The mail address of the seller's contact (BT-43) is missing."): (
            MAIL.fullmatch(seller.email)
        ),
        say("The seller's electronic address (BT-34) is missing."): seller.electronic_address,
        say("The buyer's electronic address (BT-49) is missing."): buyer.electronic_address,
        **_address(say("the seller"), seller),
        **_address(say("the buyer"), buyer),
        **(_address(say("the recipient"), goes_to) if goes_to else {}),
        **_payment(document),
        **_rules(document),
    }
    return [sentence for sentence, there in wanted.items() if not there]


def buyer_reference(document: Document) -> str:
    """BT-10: what the buyer asked for, else the order or contract that it knows us by."""
    given = document.references
    return given.buyer or given.order or given.contract


def _address(who: str, party: Party) -> dict[str, object]:
    return {
        say("The city of %(who)s is missing.", who=who): party.city,
        say("The post code of %(who)s is missing.", who=who): party.postcode,
    }


def _rules(document: Document) -> dict[str, object]:
    """Rules of XRechnung that EN 16931 does not have."""
    period, within = document.period, [line.period for line in document.lines if line.period]
    return {
        say("A cancelled self-billed invoice (261) is no kind of an XRechnung (BT-3)."): (
            document.kind is not Kind.SELF_BILLED_CANCELLATION
        ),
        say("The period of a line is not within that of the invoice (BG-26)."): all(
            not period or (period.first <= one.first and one.last <= period.last) for one in within
        ),
        say("The payment terms (BT-20) begin with #, which only a Skonto may."): (
            not document.terms.startswith("#")
        ),
    }


def _payment(document: Document) -> dict[str, object]:
    payment = document.payment
    return {
        say("A transfer needs the seller's IBAN (BT-84)."): payment.iban
        or not payment.means.is_transfer,
        say("A payment by card (48) needs the last digits of its number; paid online it is 68."): (
            payment.card or payment.means is not Means.CARD
        ),
        say("A direct debit needs its mandate, the creditor's identifier and the payer's IBAN."): (
            payment.means is not Means.SEPA_DEBIT
            or (payment.mandate and payment.creditor and payment.payer_iban)
        ),
    }
