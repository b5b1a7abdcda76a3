"""The reference that a payer quotes: RF, two check digits, and the code of what is owed."""

from __future__ import annotations

from stdnum import iso11649


def reference_of(code: str) -> str:
    """The creditor reference of ISO 11649 for a code of 1 to 21 letters and digits.

    The check digits make the whole 1 modulo 97 (ISO 7064, MOD 97-10), letters counting from A = 10
    and the first four characters standing last.
    """
    body = code.upper()
    number = int("".join(str(int(sign, 36)) for sign in f"{body}RF00"))
    return iso11649.validate(f"RF{98 - number % 97:02}{body}")


def code_of(reference: str) -> str:
    """The code inside a valid reference, however it is spaced; ValueError when it is none."""
    return iso11649.validate(reference)[4:]


def spaced(reference: str) -> str:
    """As people read it, in blocks of four."""
    return iso11649.format(reference)
