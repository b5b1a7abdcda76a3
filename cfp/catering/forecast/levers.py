"""What would make the number surer: a late step, a claim deadline, a mail that asks again.

Each lever changes what will be known on the caterer's day; the expected cost of the best order,
with and without, says what it is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cfp.catering.forecast.channels import TELL, Channel
from cfp.catering.forecast.posterior import Distribution
from cfp.catering.forecast.steps import PULLED


class Lever(StrEnum):
    """What the organisers can still do."""

    STEP = "step"
    CLAIMS = "claims"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Known:
    """What a forecast of heads starts from."""

    tickets: Distribution | None
    sold: int
    channels: tuple[Channel, ...]


def pulled(known: Known, levers: Sequence[Lever]) -> Known:
    """The same edition as it will stand on the caterer's day when these levers are pulled."""
    tickets, channels = known.tickets, known.channels
    if Lever.STEP in levers and tickets is not None:
        tickets = stepped(tickets, known.sold)
    if Lever.CLAIMS in levers:
        channels = tuple(claimed(channel) for channel in channels)
    if Lever.MAIL in levers:
        channels = tuple(asked(channel) for channel in channels)
    return Known(tickets, known.sold, channels)


def stepped(tickets: Distribution, sold: int) -> Distribution:
    """Most of those still to come buy before the step: their number is known, not guessed."""
    middle = tickets.quantile(0.5)
    values = middle + (tickets.values - middle) * (1 - PULLED)
    return Distribution(values.clip(min=float(sold)), tickets.weights)


def claimed(channel: Channel) -> Channel:
    """Codes are claimed by a day or lapse: what is claimed is a count."""
    taken = round(channel.unclaimed * channel.redeemed.mean)
    return replace(channel, held=channel.held + taken, unclaimed=0, claims_closed=True)


def asked(channel: Channel) -> Channel:
    """Of those who will stay away most say so; they leave the count before the order."""
    if channel.asked:
        return channel
    gone = round(channel.held * channel.rate.mean * TELL)
    return replace(channel, asked=True, declined=channel.declined + gone)
