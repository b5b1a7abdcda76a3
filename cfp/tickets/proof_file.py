"""What somebody sends to show that they study: a PDF, or a picture that is made small."""

from __future__ import annotations

from cfp.uploads import MEGABYTE, PICTURES, Sent, Sort, Taken, redrawn, take_in

MOST = 5  # megabytes
MOST_BYTES = MOST * MEGABYTE
LARGEST = (1600, 1600)


def taken_in(sent: bytes) -> Taken:
    """The file as it may be kept; :class:`Refused` for anything else."""
    taken = take_in(Sent("proof", sent), {*PICTURES, Sort.PDF}, most=MOST, field="proof")
    if taken.sort is Sort.PDF:
        return taken
    return Taken(Sort.JPEG, "proof.jpg", redrawn(taken.data, Sort.JPEG, fit=LARGEST))
