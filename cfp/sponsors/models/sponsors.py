"""Who sponsors: the company, the people there, its logo, and the levels that it waits for."""

from datetime import datetime
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp import clock
from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import Model, enum_column
from cfp.sponsors.models.levels import Level


class Sponsor(Model):
    """A company or body in one edition, as it is addressed and as it is shown."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(120))  # as the public reads it
    legal_name: Mapped[str] = mapped_column(sa.String(200), default="")
    street: Mapped[str] = mapped_column(sa.String(200), default="")
    postcode: Mapped[str] = mapped_column(sa.String(20), default="")
    city: Mapped[str] = mapped_column(sa.String(100), default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="DE")
    vat_id: Mapped[str] = mapped_column(sa.String(20), default="")
    buyer_reference: Mapped[str] = mapped_column(sa.String(80), default="")  # their order number
    website: Mapped[str] = mapped_column(sa.String(300), default="")
    about: Mapped[str] = mapped_column(sa.Text, default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")  # the organisers' own
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    conference: Mapped[Conference] = relationship()
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="sponsor", order_by="Contact.id", cascade="all, delete-orphan"
    )
    logos: Mapped[list["Logo"]] = relationship(
        back_populates="sponsor", order_by="Logo.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "name"),
        sa.CheckConstraint("length(name) > 0", name="has_name"),
    )

    @property
    def party(self) -> str:
        """The name that stands in agreements and invoices."""
        return self.legal_name or self.name

    def logo_on(self, ground: str) -> "Logo | None":
        """The accepted logo for a "light" or "dark" page: made for it, else for any."""
        accepted = {logo.ground.value: logo for logo in self.logos if logo.accepted_at}
        return accepted.get(ground) or accepted.get(Ground.ANY.value)


class Contact(Model):
    """Somebody at a sponsor; their own link opens the sponsor's desk until it is changed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    sponsor_id: Mapped[int] = mapped_column(
        sa.ForeignKey("sponsor.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(254))
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    gets_invoices: Mapped[bool] = mapped_column(default=True)
    link_version: Mapped[int] = mapped_column(default=1)

    sponsor: Mapped[Sponsor] = relationship(back_populates="contacts")

    __table_args__ = (
        sa.UniqueConstraint("sponsor_id", "email"),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
    )


class Ground(Enum):
    """What a logo is made to stand on."""

    ANY = "any"
    LIGHT = "light"
    DARK = "dark"


class Logo(Model):
    """A picture as we keep it: read, cleaned and written anew; never the bytes that were sent."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    sponsor_id: Mapped[int] = mapped_column(sa.ForeignKey("sponsor.id", ondelete="CASCADE"))
    ground: Mapped[Ground] = mapped_column(enum_column(Ground, "ground"), default=Ground.ANY)
    media_type: Mapped[str] = mapped_column(sa.String(40))
    data: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    width: Mapped[int]
    height: Mapped[int]
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    accepted_at: Mapped[datetime | None]
    refused_why: Mapped[str] = mapped_column(sa.String(300), default="")

    sponsor: Mapped[Sponsor] = relationship(back_populates="logos")

    __table_args__ = (
        sa.UniqueConstraint("sponsor_id", "ground"),
        sa.CheckConstraint("width > 0 AND height > 0", name="has_a_size"),
        sa.CheckConstraint("media_type IN ('image/png', 'image/svg+xml')", name="media_type_known"),
        sa.CheckConstraint("accepted_at IS NULL OR refused_why = ''", name="accepted_or_refused"),
    )


class LevelWaiting(Model):
    """A sponsor in the line for a level that is full; whoever came first is first."""

    id: Mapped[int] = mapped_column(primary_key=True)
    level_id: Mapped[int] = mapped_column(sa.ForeignKey("level.id", ondelete="CASCADE"))
    sponsor_id: Mapped[int] = mapped_column(
        sa.ForeignKey("sponsor.id", ondelete="CASCADE"), index=True
    )
    since: Mapped[datetime] = mapped_column(default=clock.now)

    level: Mapped[Level] = relationship()
    sponsor: Mapped[Sponsor] = relationship()

    __table_args__ = (sa.UniqueConstraint("level_id", "sponsor_id"),)
