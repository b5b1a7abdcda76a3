"""The one bank account into which an edition is paid, for tickets and invoices alike."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, foreign, mapped_column, relationship

from cfp.db import Model


class Account(Model):
    """Whose account it is, and where; its statements are the ones that are read."""

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), unique=True
    )
    holder: Mapped[str] = mapped_column(sa.String(140), default="")
    iban: Mapped[str] = mapped_column(sa.String(34), default="")
    bic: Mapped[str] = mapped_column(sa.String(11), default="")


class PaidInto:
    """What is paid into the account of its edition: the shop, the seller of invoices."""

    @declared_attr
    def account(cls) -> Mapped[Account | None]:  # noqa: N805  (of the class, says SQLAlchemy)
        return relationship(
            Account,
            primaryjoin=lambda: foreign(cls.conference_id) == Account.conference_id,  # type: ignore[attr-defined]
            viewonly=True,
            uselist=False,
        )

    @property
    def iban(self) -> str:
        return self.account.iban if self.account else ""

    @property
    def bic(self) -> str:
        return self.account.bic if self.account else ""

    @property
    def account_holder(self) -> str:
        return self.account.holder if self.account else ""
