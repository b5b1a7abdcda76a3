"""What was foreseen on which day, what was ordered, and what came of it."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from cfp import clock
from cfp.catering.models.kitchen import Caterer, Meal
from cfp.codes import new_code
from cfp.db import Model
from cfp.people.models import Person


class ForecastSnapshot(Model):
    """A forecast as it was made; the database lets nobody change it.

    ``number`` 1 is the day's own; further ones were asked for by hand, when the inputs had changed.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(sa.ForeignKey("conference.id", ondelete="CASCADE"))
    made_on: Mapped[date]
    number: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    model: Mapped[str] = mapped_column(sa.String(40))
    inputs_hash: Mapped[str] = mapped_column(sa.String(64))
    sold: Mapped[int]
    q10: Mapped[float]
    q50: Mapped[float]
    q90: Mapped[float]
    result: Mapped[dict[str, Any]]

    __table_args__ = (
        sa.UniqueConstraint("conference_id", "made_on", "number"),
        sa.CheckConstraint("q10 <= q50 AND q50 <= q90", name="quantiles_rise"),
    )


class OrderSheet(Model):
    """One version of what a caterer was told; a later version replaces it, nothing changes it.

    ``lines`` are {code, name, on, portions, diets, low, likely, high} each; ``pdf`` is made by the
    worker from what stands here.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True, default=new_code)
    conference_id: Mapped[int] = mapped_column(
        sa.ForeignKey("conference.id", ondelete="CASCADE"), index=True
    )
    caterer_id: Mapped[int] = mapped_column(sa.ForeignKey("caterer.id"))
    number: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id", ondelete="SET NULL"))
    language: Mapped[str] = mapped_column(sa.String(8), default="en")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    lines: Mapped[list[Any]]
    pdf: Mapped[bytes | None] = deferred(mapped_column(sa.LargeBinary))

    caterer: Mapped[Caterer] = relationship()
    made_by: Mapped[Person | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("caterer_id", "number"),)


class MealReport(Model):
    """What became of a meal: how many ate, and whether food was left or ran out."""

    id: Mapped[int] = mapped_column(primary_key=True)
    meal_id: Mapped[int] = mapped_column(sa.ForeignKey("meal.id", ondelete="CASCADE"), unique=True)
    heads: Mapped[int]
    left_percent: Mapped[int] = mapped_column(default=0)
    missing_percent: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    reported_at: Mapped[datetime] = mapped_column(default=clock.now)
    reported_by_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="SET NULL")
    )

    meal: Mapped[Meal] = relationship()

    __table_args__ = (
        sa.CheckConstraint("heads >= 0", name="heads_not_negative"),
        sa.CheckConstraint(
            "left_percent BETWEEN 0 AND 100 AND missing_percent BETWEEN 0 AND 100"
            " AND (left_percent = 0 OR missing_percent = 0)",
            name="left_or_missing",
        ),
    )
