"""Orders and the tickets in them, with the moves that an order may make."""

from datetime import datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.billing.models import Method, Receivable
from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import Model, enum_column
from cfp.errors import Refused
from cfp.tickets.models.catalogue import Audience, PriceTier, Product
from cfp.tickets.models.vouchers import Voucher


class OrderState(Enum):
    """``held``: places kept while somebody types; ``placed``: bought, money still to come.

    ``owing``: paid once, and a ticket became a dearer one since; the difference is still to come.
    """

    HELD = "held"
    PLACED = "placed"
    PAID = "paid"
    PARTLY_REFUNDED = "partly_refunded"
    OWING = "owing"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


MOVES: dict[OrderState, frozenset[OrderState]] = {
    OrderState.HELD: frozenset({OrderState.PLACED, OrderState.EXPIRED}),
    OrderState.PLACED: frozenset({OrderState.PAID, OrderState.EXPIRED, OrderState.CANCELLED}),
    OrderState.PAID: frozenset(
        {OrderState.PARTLY_REFUNDED, OrderState.OWING, OrderState.CANCELLED}
    ),
    OrderState.PARTLY_REFUNDED: frozenset({OrderState.OWING, OrderState.CANCELLED}),
    OrderState.OWING: frozenset(
        {OrderState.PAID, OrderState.PARTLY_REFUNDED, OrderState.CANCELLED}
    ),
    OrderState.EXPIRED: frozenset({OrderState.PAID}),  # a late payment, when there is room
    OrderState.CANCELLED: frozenset(),
}
ADMITTED = frozenset({OrderState.PAID, OrderState.PARTLY_REFUNDED})
OWES = frozenset({OrderState.PLACED, OrderState.OWING})
SOLD = ADMITTED | OWES
GONE = frozenset({OrderState.EXPIRED, OrderState.CANCELLED})
_PAIRS = ", ".join(
    f"'{a.value}>{b.value}'"
    for a, after in MOVES.items()
    for b in sorted(after, key=lambda state: state.value)
)


class Channel(Enum):
    """The way by which an order came."""

    SHOP = "shop"
    WAITING_LIST = "waiting_list"
    DESK = "desk"
    IMPORT = "import"


class Order(Model):
    """A purchase, from the first held place on. Its page opens by a secret link alone.

    ``form_key`` is the form it came from and ``form_digest`` what that said: the same form sent
    twice is one order, another content under the same key is refused. ``network`` is whence its
    places are held, as a code that only we can make; it is forgotten with the hold.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    form_key: Mapped[str] = mapped_column(sa.String(80))
    form_digest: Mapped[str] = mapped_column(sa.String(64))
    link_version: Mapped[int] = mapped_column(default=1)
    channel: Mapped[Channel] = mapped_column(enum_column(Channel, "channel"), default=Channel.SHOP)
    state: Mapped[OrderState] = mapped_column(
        enum_column(OrderState, "state"), default=OrderState.HELD
    )
    was: Mapped[OrderState | None] = mapped_column(enum_column(OrderState, "was"))
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    currency: Mapped[str] = mapped_column(sa.String(3), default="EUR")

    name: Mapped[str] = mapped_column(sa.String(120), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    company: Mapped[str] = mapped_column(sa.String(120), default="")
    street: Mapped[str] = mapped_column(sa.String(120), default="")
    postcode: Mapped[str] = mapped_column(sa.String(20), default="")
    city: Mapped[str] = mapped_column(sa.String(80), default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="")
    vat_id: Mapped[str] = mapped_column(sa.String(20), default="")
    buyer_reference: Mapped[str] = mapped_column(sa.String(80), default="")

    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    held_until: Mapped[datetime | None]
    placed_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    late_at: Mapped[datetime | None]  # when money came for which there was no room any more
    method: Mapped[Method | None] = mapped_column(enum_column(Method, "method"))
    receivable_id: Mapped[int | None] = mapped_column(sa.ForeignKey("receivable.id"), unique=True)
    network: Mapped[str] = mapped_column(sa.String(32), default="", server_default="")
    extends_id: Mapped[int | None] = mapped_column(sa.ForeignKey("order.id"), index=True)

    conference: Mapped[Conference] = relationship()
    receivable: Mapped[Receivable | None] = relationship()
    extends: Mapped["Order | None"] = relationship(remote_side="Order.id")  # added to it later
    tickets: Mapped[list["Ticket"]] = relationship(
        back_populates="order", order_by="Ticket.position, Ticket.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "form_key"),
        sa.Index(None, "conference_id", "state", "id"),
        sa.Index(None, "state", "held_until"),
        sa.Index(None, "conference_id", "email"),
        sa.Index(None, "network", "state"),
        sa.CheckConstraint(
            f"(was IS NULL AND state = 'held') OR (was || '>' || state) IN ({_PAIRS})",
            name="legal_move",
        ),
        sa.CheckConstraint("state != 'held' OR held_until IS NOT NULL", name="held_until_when"),
        sa.CheckConstraint(
            "state = 'held' OR was = 'held' AND state = 'expired' OR length(email) > 0"
            " OR channel IN ('desk', 'import')",
            name="buyer_known",
        ),
        sa.CheckConstraint(
            "state NOT IN ('placed', 'owing') OR due_at IS NOT NULL", name="placed_until_when"
        ),
        sa.CheckConstraint("extends_id != id", name="not_itself"),
    )

    def move(self, to: OrderState, sentence: str) -> None:
        """Change the state along the table of moves, else refuse with ``sentence``."""
        if to not in MOVES[self.state]:
            raise Refused(sentence)
        self.was, self.state = self.state, to

    @property
    def live(self) -> list["Ticket"]:
        """The tickets that take a place."""
        return [ticket for ticket in self.tickets if ticket.state is TicketState.LIVE]

    @property
    def admissions(self) -> list["Ticket"]:
        """The live tickets that let somebody in; what belongs to them is not among them."""
        return [ticket for ticket in self.live if ticket.belongs_to_id is None]

    @property
    def lapsed(self) -> list["Ticket"]:
        """The tickets that an expired order had to the last; what was cancelled before is not."""
        return [ticket for ticket in self.tickets if ticket.released_at == self.gone_at]

    @property
    def cents(self) -> int:
        """What its tickets cost; of an order that has expired, what they did cost."""
        counted = self.lapsed if self.state is OrderState.EXPIRED else self.live
        return sum(ticket.cents for ticket in counted)


class TicketState(Enum):
    """A live ticket takes a place in its quotas and its tier; a released one gave it back."""

    LIVE = "live"
    RELEASED = "released"


class Diet(Enum):
    """What somebody eats; whoever has not answered has none of these."""

    ANYTHING = "anything"
    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"


class Ticket(Model):
    """One unit of a product: an admission, or what belongs to one (workshop, social event ...).

    It lets somebody in when it is live and its order is paid. ``secret_hash`` is of what the QR
    code says; passing the ticket on makes a new one.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("order.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), index=True)
    tier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("price_tier.id"), index=True)
    audience_id: Mapped[int | None] = mapped_column(sa.ForeignKey("audience.id"))
    voucher_id: Mapped[int | None] = mapped_column(sa.ForeignKey("voucher.id"), index=True)
    belongs_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ticket.id"), index=True)
    state: Mapped[TicketState] = mapped_column(
        enum_column(TicketState, "state"), default=TicketState.RELEASED
    )
    cents: Mapped[int]
    kept_cents: Mapped[int] = mapped_column(default=0, server_default="0")  # of one given back
    steps: Mapped[list[Any]] = mapped_column(default=list)  # [kind, label, change, after] each
    tax_rate: Mapped[int] = mapped_column(default=0)  # in hundredths of a percent, of that day
    secret_version: Mapped[int] = mapped_column(default=1)
    secret_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)

    name: Mapped[str] = mapped_column(sa.String(120), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    company: Mapped[str] = mapped_column(sa.String(120), default="")
    diet: Mapped[Diet | None] = mapped_column(enum_column(Diet, "diet"))
    allergies: Mapped[str] = mapped_column(sa.String(200), default="")
    access_needs: Mapped[str] = mapped_column(sa.String(300), default="")
    proof_seen_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(back_populates="tickets")
    product: Mapped[Product] = relationship()
    tier: Mapped[PriceTier | None] = relationship()
    audience: Mapped[Audience | None] = relationship()
    voucher: Mapped[Voucher | None] = relationship()
    belongs_to: Mapped["Ticket | None"] = relationship(
        remote_side="Ticket.id", back_populates="added"
    )
    added: Mapped[list["Ticket"]] = relationship(back_populates="belongs_to", order_by="Ticket.id")

    __table_args__ = (
        sa.Index(None, "conference_id", "state"),
        sa.CheckConstraint("cents >= 0", name="cents_not_negative"),
        sa.CheckConstraint("kept_cents BETWEEN 0 AND cents", name="kept_range"),
        sa.CheckConstraint("tax_rate BETWEEN 0 AND 10000", name="tax_rate_range"),
    )

    @property
    def admits(self) -> bool:
        """Whether it opens a door now: live, and paid for."""
        return self.state is TicketState.LIVE and self.order.state in ADMITTED


class CardCheckout(Model):
    """A page of the card company that an order was sent to; ``paid_at`` once its event came."""

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("order.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[str] = mapped_column(sa.String(120), unique=True)
    url: Mapped[str] = mapped_column(sa.String(1000))
    cents: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    payment_id: Mapped[str] = mapped_column(sa.String(120), default="", index=True)
    refunded_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    paid_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship()


class CardEvent(Model):
    """What the card company told us, by its own number: each is heard once."""

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(sa.String(120), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(80))
    at: Mapped[datetime] = mapped_column(default=clock.now)
