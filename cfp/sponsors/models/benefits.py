"""A benefit of an agreement on its way from the promise to the proof, and booths on a plan."""

from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp.codes import new_code
from cfp.db import Model, enum_column
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.sponsors.models.agreements import Agreement, AgreementState
from cfp.sponsors.models.levels import BenefitKind, Level


class BenefitState(Enum):
    """``claimed``: the sponsor said what it wants; ``delivered``: it was given."""

    PROMISED = "promised"
    CLAIMED = "claimed"
    SCHEDULED = "scheduled"
    DELIVERED = "delivered"
    PROVEN = "proven"


MOVES: dict[BenefitState, frozenset[BenefitState]] = {
    BenefitState.PROMISED: frozenset(
        {BenefitState.CLAIMED, BenefitState.SCHEDULED, BenefitState.DELIVERED}
    ),
    BenefitState.CLAIMED: frozenset(
        {BenefitState.PROMISED, BenefitState.SCHEDULED, BenefitState.DELIVERED}
    ),
    BenefitState.SCHEDULED: frozenset({BenefitState.CLAIMED, BenefitState.DELIVERED}),
    # A press by mistake can be taken back; what is proven stays.
    BenefitState.DELIVERED: frozenset({BenefitState.PROVEN, BenefitState.SCHEDULED}),
    BenefitState.PROVEN: frozenset(),
}
SHIPPED = frozenset({BenefitState.DELIVERED, BenefitState.PROVEN})
_PAIRS = ", ".join(
    f"'{a.value}>{b.value}'"
    for a, after in MOVES.items()
    for b in sorted(after, key=lambda state: state.value)
)


class Benefit(Model):
    """One promise of an agreement. It ships once it is released: paid for, or by who wrote why."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    agreement_id: Mapped[int] = mapped_column(
        sa.ForeignKey("agreement.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[BenefitKind] = mapped_column(enum_column(BenefitKind, "kind"))
    name: Mapped[str] = mapped_column(sa.String(200))
    quantity: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[BenefitState] = mapped_column(
        enum_column(BenefitState, "state"), default=BenefitState.PROMISED
    )
    was: Mapped[BenefitState | None] = mapped_column(enum_column(BenefitState, "was"))
    claim_by: Mapped[datetime | None]  # its last second is included
    claim: Mapped[str] = mapped_column(sa.Text, default="")
    claimed_at: Mapped[datetime | None]
    planned_for: Mapped[date | None]
    delivered_at: Mapped[datetime | None]
    proof: Mapped[str] = mapped_column(sa.Text, default="")
    released_at: Mapped[datetime | None]
    early_why: Mapped[str] = mapped_column(sa.String(300), default="")
    early_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))

    agreement: Mapped[Agreement] = relationship()
    early_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint("quantity BETWEEN 1 AND 1000", name="quantity_range"),
        sa.CheckConstraint("length(name) > 0", name="has_name"),
        sa.CheckConstraint(
            f"(was IS NULL AND state = 'promised') OR (was || '>' || state) IN ({_PAIRS})",
            name="legal_move",
        ),
        sa.CheckConstraint(
            "state NOT IN ('delivered', 'proven') OR released_at IS NOT NULL",
            name="ships_when_released",
        ),
        sa.CheckConstraint("state != 'proven' OR length(proof) > 0", name="proven_by_something"),
    )

    @property
    def is_covered(self) -> bool:
        """Whether it is paid for now, or somebody wrote why it is given all the same."""
        return self.agreement.state is AgreementState.PAID or bool(self.early_why)

    def move(self, to: BenefitState, sentence: str) -> None:
        """Change the state along the table of moves, else refuse with ``sentence``."""
        if to not in MOVES[self.state]:
            raise Refused(sentence)
        self.was, self.state = self.state, to


class Booth(Model):
    """A place on the plan, in decimetres from its upper left; held for one agreement at a time."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    label: Mapped[str] = mapped_column(sa.String(20))
    x: Mapped[int]
    y: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    level_id: Mapped[int | None] = mapped_column(sa.ForeignKey("level.id"))  # for these alone
    agreement_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("agreement.id", ondelete="SET NULL"), unique=True
    )
    held_until: Mapped[datetime | None]  # while the offer is not signed

    level: Mapped[Level | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "label"),
        sa.CheckConstraint("x >= 0 AND y >= 0", name="on_the_plan"),
        sa.CheckConstraint("width BETWEEN 5 AND 5000 AND height BETWEEN 5 AND 5000", name="size"),
        sa.CheckConstraint(
            "agreement_id IS NOT NULL OR held_until IS NULL", name="held_by_somebody"
        ),
    )
