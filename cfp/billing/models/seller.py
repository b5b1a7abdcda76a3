"""Who issues the invoices of an edition."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp.billing.document import Party
from cfp.billing.models.account import PaidInto
from cfp.conference.models import Conference
from cfp.db import Model


class Seller(PaidInto, Model):
    """The agency or association that sells."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), unique=True
    )
    name: Mapped[str] = mapped_column(sa.String(200))
    street: Mapped[str] = mapped_column(sa.String(200), default="")
    street2: Mapped[str] = mapped_column(sa.String(200), default="")
    postcode: Mapped[str] = mapped_column(sa.String(20), default="")
    city: Mapped[str] = mapped_column(sa.String(100), default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="DE")
    vat_id: Mapped[str] = mapped_column(sa.String(20), default="")
    tax_number: Mapped[str] = mapped_column(sa.String(40), default="")
    register: Mapped[str] = mapped_column(sa.String(80), default="")
    contact: Mapped[str] = mapped_column(sa.String(120), default="")
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    small_business: Mapped[bool] = mapped_column(default=False)
    net_days: Mapped[int] = mapped_column(default=30)
    prefix: Mapped[str] = mapped_column(sa.String(20), default="")
    reminds: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    logo: Mapped[bytes | None] = mapped_column(sa.LargeBinary)  # PNG, opaque sRGB

    conference: Mapped[Conference] = relationship()

    __table_args__ = (
        sa.CheckConstraint("length(name) > 0", name="has_name"),
        sa.CheckConstraint("net_days BETWEEN 0 AND 365", name="net_days_range"),
    )

    @property
    def party(self) -> Party:
        """As documents show it."""
        return Party(
            name=self.name,
            street=self.street,
            street2=self.street2,
            postcode=self.postcode,
            city=self.city,
            country=self.country,
            vat_id=self.vat_id,
            tax_number=self.tax_number,
            register=self.register,
            contact=self.contact,
            phone=self.phone,
            email=self.email,
        )
