"""The lot: a draw that anybody can repeat who knows the seed.

A proposal's lot is the SHA-256 of "seed:code" (``printf %s 2027:K7XQ | sha256sum``), and the
smallest is drawn first. It depends on nothing else: who else stands for choice, or in which order
they were entered, changes nobody's lot. Of all equally good selections the lot takes the one with
the proposal drawn first; of those, the one with the proposal drawn second; and so on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from cfp.reviews.selection.quotas import Key


def lot_of(seed: int | str, key: Key) -> str:
    """A proposal's lot: 64 hexadecimal digits, compared as text."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def lot_order(seed: int | str, keys: Iterable[Key]) -> list[Key]:
    """The proposals in the order in which they are drawn."""
    return sorted(keys, key=lambda key: lot_of(seed, key))
