"""What was offered and agreed: the text, its price and term, the signature, the goods in return."""

from datetime import date, datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.billing.models import Receivable
from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import Model, enum_column
from cfp.errors import Refused
from cfp.people.models import Person
from cfp.sponsors.models.levels import Level
from cfp.sponsors.models.sponsors import Sponsor


class AgreementState(Enum):
    """An offer holds its place until its day; what is signed is owed."""

    OFFERED = "offered"
    SIGNED = "signed"
    PAID = "paid"
    DECLINED = "declined"  # by the sponsor
    WITHDRAWN = "withdrawn"  # by us, before it was signed
    LAPSED = "lapsed"
    CANCELLED = "cancelled"  # after it was signed


MOVES: dict[AgreementState, frozenset[AgreementState]] = {
    AgreementState.OFFERED: frozenset(
        {
            AgreementState.SIGNED,
            AgreementState.DECLINED,
            AgreementState.WITHDRAWN,
            AgreementState.LAPSED,
        }
    ),
    AgreementState.SIGNED: frozenset({AgreementState.PAID, AgreementState.CANCELLED}),
    # A payment that the bank took back.
    AgreementState.PAID: frozenset({AgreementState.SIGNED, AgreementState.CANCELLED}),
    AgreementState.DECLINED: frozenset(),
    AgreementState.WITHDRAWN: frozenset(),
    AgreementState.LAPSED: frozenset(),
    AgreementState.CANCELLED: frozenset(),
}
OPEN = frozenset({AgreementState.OFFERED, AgreementState.SIGNED, AgreementState.PAID})
AGREED = frozenset({AgreementState.SIGNED, AgreementState.PAID})
_OPEN = ", ".join(sorted(f"'{state.value}'" for state in OPEN))
_PAIRS = ", ".join(
    f"'{a.value}>{b.value}'"
    for a, after in MOVES.items()
    for b in sorted(after, key=lambda state: state.value)
)


class Agreement(Model):
    """One deal with one sponsor. The text is fixed with the offer; only its state moves on."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    sponsor_id: Mapped[int] = mapped_column(sa.ForeignKey("sponsor.id"))
    level_id: Mapped[int] = mapped_column(sa.ForeignKey("level.id"), index=True)
    state: Mapped[AgreementState] = mapped_column(
        enum_column(AgreementState, "state"), default=AgreementState.OFFERED
    )
    was: Mapped[AgreementState | None] = mapped_column(enum_column(AgreementState, "was"))
    net_cents: Mapped[int]
    tax_cents: Mapped[int]
    tax_category: Mapped[str] = mapped_column(sa.String(2))
    tax_rate: Mapped[int]  # in hundredths of a percent
    net_days: Mapped[int]
    due_on: Mapped[date | None]  # known from the day of the signature on
    text: Mapped[str] = mapped_column(sa.Text)
    text_hash: Mapped[str] = mapped_column(sa.String(64))
    offered_at: Mapped[datetime] = mapped_column(default=clock.now)
    offered_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )
    valid_until: Mapped[datetime]  # its last second is included
    ended_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    receivable_id: Mapped[int | None] = mapped_column(sa.ForeignKey("receivable.id"), unique=True)

    conference: Mapped[Conference] = relationship()
    sponsor: Mapped[Sponsor] = relationship()
    level: Mapped[Level] = relationship()
    offered_by: Mapped[Person | None] = relationship()
    receivable: Mapped[Receivable | None] = relationship()
    signature: Mapped["Signature | None"] = relationship(back_populates="agreement")
    gifts: Mapped[list["Gift"]] = relationship(back_populates="agreement", order_by="Gift.id")

    __table_args__ = (
        sa.Index(
            "ix_agreement_one_open_a_sponsor",
            "sponsor_id",
            unique=True,
            sqlite_where=sa.text(f"state IN ({_OPEN})"),
            postgresql_where=sa.text(f"state IN ({_OPEN})"),
        ),
        sa.Index(None, "state", "valid_until"),
        sa.CheckConstraint(
            f"(was IS NULL AND state = 'offered') OR (was || '>' || state) IN ({_PAIRS})",
            name="legal_move",
        ),
        sa.CheckConstraint("net_cents >= 0 AND tax_cents >= 0", name="cents_not_negative"),
        sa.CheckConstraint("net_days BETWEEN 0 AND 365", name="net_days_range"),
        sa.CheckConstraint("length(text) > 0", name="has_a_text"),
        sa.CheckConstraint(
            "state NOT IN ('signed', 'paid') OR due_on IS NOT NULL", name="signed_has_a_due_day"
        ),
    )

    def move(self, to: AgreementState, sentence: str) -> None:
        """Change the state along the table of moves, else refuse with ``sentence``."""
        if to not in MOVES[self.state]:
            raise Refused(sentence)
        self.was, self.state = self.state, to

    @property
    def gross_cents(self) -> int:
        return self.net_cents + self.tax_cents

    @property
    def is_in_kind(self) -> bool:
        """Whether what the sponsor gives is worth the whole price: nothing is to be transferred."""
        return bool(self.gifts) and sum(gift.cents for gift in self.gifts) >= self.gross_cents


class SignatureKind(Enum):
    """How it was signed."""

    CLICK = "click"
    SCAN = "scan"


class Signature(Model):
    """The trail of a signature: who, when, from where, under which text."""

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(
        sa.ForeignKey("agreement.id", ondelete="CASCADE"), unique=True
    )
    kind: Mapped[SignatureKind] = mapped_column(enum_column(SignatureKind, "kind"))
    name: Mapped[str] = mapped_column(sa.String(120))
    office: Mapped[str] = mapped_column(sa.String(120), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    address: Mapped[str] = mapped_column(sa.String(45), default="")  # of the network
    device: Mapped[str] = mapped_column(sa.String(200), default="")
    at: Mapped[datetime]
    text_hash: Mapped[str] = mapped_column(sa.String(64))
    taken_by_id: Mapped[int | None] = mapped_column(  # who entered a scan
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )

    agreement: Mapped[Agreement] = relationship(back_populates="signature")
    taken_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint("length(name) > 0", name="has_name"),
        sa.CheckConstraint("kind != 'click' OR length(address) > 0", name="click_has_an_address"),
    )


class Gift(Model):
    """What a sponsor gives in kind, at market value with tax; set off once it has arrived."""

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(
        sa.ForeignKey("agreement.id", ondelete="CASCADE"), index=True
    )
    what: Mapped[str] = mapped_column(sa.String(200))
    cents: Mapped[int]
    received_at: Mapped[datetime | None]
    invoice_number: Mapped[str] = mapped_column(sa.String(60), default="")  # of the sponsor's own

    agreement: Mapped[Agreement] = relationship(back_populates="gifts")

    __table_args__ = (
        sa.CheckConstraint("cents > 0", name="cents_positive"),
        sa.CheckConstraint("length(what) > 0", name="says_what"),
    )


class PaperKind(Enum):
    """What a kept file is."""

    AGREEMENT = "agreement"
    SCAN = "scan"
    REPORT = "report"


class Paper(Model):
    """A PDF that belongs to an agreement: printed by the worker, or a scan that was sent in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id", ondelete="CASCADE"))
    kind: Mapped[PaperKind] = mapped_column(enum_column(PaperKind, "kind"))
    data: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    agreement: Mapped[Agreement] = relationship()

    __table_args__ = (sa.UniqueConstraint("agreement_id", "kind"),)
