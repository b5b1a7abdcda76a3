"""The text of an agreement: a template with named places, checked before it is used.

A place is a name in braces, ``{sponsor}``. What is filled in is never read for places again, so
that a company called "{price}" stays one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from cfp.sentences import say

PLACE = re.compile(r"\{([^{}\n]{0,40})\}")
PLACES = (
    *("sponsor", "address", "vat_id", "organiser", "conference", "days", "level"),
    *("benefits", "in_kind", "price", "tax", "total", "payment", "valid_until"),
)
NEEDED = ("sponsor", "price", "total", "payment", "benefits")

ENGLISH = """\
# Sponsoring agreement

between **{organiser}** (the organiser) and **{sponsor}**, {address}, VAT id {vat_id} (the sponsor)
about **{conference}**, {days}.

## 1. What the sponsor gets

As sponsor of the level **{level}**:

{benefits}

## 2. What the sponsor gives

{price} without tax. {tax} In all {total}.

{in_kind}

## 3. Payment

{payment} Whoever has not paid by then is in default without a reminder. What is promised above is
given once this has been paid.

## 4. The rest

This offer stands until {valid_until}. If the conference does not take place, what was paid is
returned as far as it has not been used for the sponsor. Changes are agreed in writing. German law
applies.
"""
GERMAN = """\
# Sponsoringvertrag

zwischen **{organiser}** (Veranstalter) und **{sponsor}**, {address}, USt-IdNr. {vat_id} (Sponsor)
über **{conference}**, {days}.

## 1. Leistungen des Veranstalters

Als Sponsor der Stufe **{level}** erhält der Sponsor:

{benefits}

## 2. Leistungen des Sponsors

{price} ohne Steuer. {tax} Insgesamt {total}.

{in_kind}

## 3. Zahlung

{payment} Danach ist der Sponsor ohne Mahnung in Verzug. Die Leistungen des Veranstalters werden
erbracht, sobald bezahlt ist.

## 4. Weiteres

Dieses Angebot gilt bis {valid_until}. Findet die Konferenz nicht statt, wird das Gezahlte
erstattet, soweit es noch nicht für den Sponsor verwendet ist. Änderungen bedürfen der Textform.
Es gilt deutsches Recht.
"""
USUAL = {"en": ENGLISH, "de": GERMAN}


def usual(language: str) -> str:
    """The text for those who have not written one of their own."""
    return USUAL.get(language, ENGLISH)


def wrong(template: str) -> str | None:
    """Why a template cannot be used: an unknown place, a lone brace, something left unsaid."""
    found = PLACE.findall(template)
    unknown = [name for name in dict.fromkeys(found) if name not in PLACES]
    if unknown:
        return say("Nothing is known to fill in for %(places)s.", places=_listed(unknown))
    missing = [name for name in NEEDED if name not in found]
    if missing:
        return say("The agreement has to say these too: %(places)s.", places=_listed(missing))
    if set(PLACE.sub("", template)) & {"{", "}"}:
        return say("A brace has no partner, or what is inside is too long.")
    return None


def _listed(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with every place filled; values are taken as they are."""
    return PLACE.sub(lambda place: values[place[1]], template)


def fingerprint(text: str) -> str:
    """SHA-256 of the text as it was shown: what a signature signs."""
    return hashlib.sha256(text.encode()).hexdigest()
