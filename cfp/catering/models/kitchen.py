"""What is served, by whom, and what the organisers know about those who will come."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cfp.codes import new_code
from cfp.conference.models import Conference
from cfp.db import Model


class Kitchen(Model):
    """The kitchen of an edition; an edition without one foresees nothing.

    ``follows`` is the edition before this one, if it was sold here, too. ``steps`` are the days on
    which a price rises or a benefit ends. Crew, speakers and codes are numbers of people who come
    without paying; codes not yet claimed are what a kitchen fears. Of those who paid, so many have
    answered the mail that they ``will_come`` or ``stay_away``. ``appetite`` is what meals have
    taught so far, in thousandths; none: the crowd's by its shares.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), unique=True
    )
    follows_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="SET NULL")
    )
    target: Mapped[int | None]
    capacity: Mapped[int | None]
    sale_ends_on: Mapped[date | None]
    steps: Mapped[list[Any]] = mapped_column(default=list)  # ISO dates, rising
    crew: Mapped[int] = mapped_column(default=0)
    speakers: Mapped[int] = mapped_column(default=0)
    codes: Mapped[int] = mapped_column(default=0)
    codes_claimed: Mapped[int] = mapped_column(default=0)
    claim_by: Mapped[date | None]
    ask_again_on: Mapped[date | None]
    will_come: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))
    stay_away: Mapped[int] = mapped_column(default=0, server_default=sa.text("0"))
    men_percent: Mapped[int] = mapped_column(default=70)
    young_percent: Mapped[int] = mapped_column(default=15)
    older_percent: Mapped[int] = mapped_column(default=10)
    appetite: Mapped[int | None]

    conference: Mapped[Conference] = relationship(foreign_keys=[conference_id])

    __table_args__ = (
        sa.CheckConstraint("follows_id != conference_id", name="follows_another"),
        sa.CheckConstraint("target > 0", name="target_positive"),
        sa.CheckConstraint("capacity > 0", name="capacity_positive"),
        sa.CheckConstraint(
            "crew >= 0 AND speakers >= 0 AND codes >= 0 AND codes_claimed >= 0",
            name="numbers_not_negative",
        ),
        sa.CheckConstraint(
            "men_percent BETWEEN 0 AND 100 AND young_percent >= 0 AND older_percent >= 0"
            " AND young_percent + older_percent <= 100",
            name="shares_of_a_crowd",
        ),
        sa.CheckConstraint("appetite BETWEEN 900 AND 1250", name="appetite_range"),
    )


class Caterer(Model):
    """Who cooks: a price, a tolerance, and how many working days before the number is due.

    ``land`` is where public holidays count: DE-BE is Berlin. ``shortage_cents`` is what a missing
    portion costs in emergency food and reputation; none: twice the portion.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    land: Mapped[str] = mapped_column(sa.String(10), default="DE-BE")
    working_days: Mapped[int] = mapped_column(default=5)
    tolerance: Mapped[int] = mapped_column(default=10)
    in_percent: Mapped[bool] = mapped_column(default=False)
    shortage_cents: Mapped[int | None]

    meals: Mapped[list["Meal"]] = relationship(
        back_populates="caterer", order_by="Meal.served_on, Meal.position, Meal.id"
    )

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "name"),
        sa.CheckConstraint("working_days BETWEEN 0 AND 60", name="working_days_range"),
        sa.CheckConstraint("tolerance BETWEEN 0 AND 500", name="tolerance_range"),
        sa.CheckConstraint("shortage_cents >= 0", name="shortage_not_negative"),
    )


class Meal(Model):
    """A serving: of those in the house on that day so many percent eat."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    caterer_id: Mapped[int] = mapped_column(sa.ForeignKey("caterer.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    served_on: Mapped[date]
    price_cents: Mapped[int]
    present_percent: Mapped[int] = mapped_column(default=95)
    eat_percent: Mapped[int] = mapped_column(default=97)
    position: Mapped[int] = mapped_column(default=0)

    caterer: Mapped[Caterer] = relationship(back_populates="meals")

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "served_on", "name"),
        sa.CheckConstraint("price_cents > 0", name="price_positive"),
        sa.CheckConstraint("present_percent BETWEEN 1 AND 100", name="present_range"),
        sa.CheckConstraint("eat_percent BETWEEN 1 AND 100", name="eat_range"),
    )
