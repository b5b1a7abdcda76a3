"""VAT ids, checked for their form and check digits; whether they are in force is not asked."""

from __future__ import annotations

from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

from cfp.billing.vat import EU

PREFIXES = {"GR": "EL"}  # where a VAT id begins with other letters than the country's


def compact(text: str, country: str) -> str | None:
    """The id without spaces and in capitals; None when it cannot be one of that country.

    Of countries whose form nobody has written down, whatever they say is taken.
    """
    given = "".join(sign for sign in text if sign.isalnum()).upper()
    if not given:
        return ""
    module = get_cc_module(country.lower(), "vat")
    if module is None:
        return given[:20]
    prefix = PREFIXES.get(country, country) if country in EU else ""
    try:
        found = str(module.validate(given if given.startswith(prefix) else prefix + given))
    except ValidationError:
        return None
    return found if found.startswith(prefix) else prefix + found
