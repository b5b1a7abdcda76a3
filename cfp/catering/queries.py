"""Questions about the kitchen, as selects."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from cfp.catering.models import (
    Caterer,
    ForecastSnapshot,
    Kitchen,
    Meal,
    MealReport,
    OrderSheet,
    PastEdition,
    PastSale,
)


def kitchen_of(conference_id: int) -> sa.Select[Kitchen]:
    return sa.select(Kitchen).where(Kitchen.conference_id == conference_id)


def caterers(conference_id: int) -> sa.Select[Caterer]:
    """By name, with their meals in the order in which they are served."""
    return (
        sa.select(Caterer)
        .where(Caterer.conference_id == conference_id)
        .options(selectinload(Caterer.meals))
        .order_by(Caterer.name)
    )


def meals(conference_id: int) -> sa.Select[Meal]:
    return (
        sa.select(Meal)
        .where(Meal.conference_id == conference_id)
        .options(joinedload(Meal.caterer))
        .order_by(Meal.served_on, Meal.position, Meal.id)
    )


def latest_snapshot(conference_id: int) -> sa.Select[ForecastSnapshot]:
    return (
        sa.select(ForecastSnapshot)
        .where(ForecastSnapshot.conference_id == conference_id)
        .order_by(ForecastSnapshot.made_on.desc(), ForecastSnapshot.number.desc())
        .limit(1)
    )


def daily_snapshots(conference_id: int) -> sa.Select[ForecastSnapshot]:
    """The first of each day, oldest first: these are judged afterwards."""
    return (
        sa.select(ForecastSnapshot)
        .where(ForecastSnapshot.conference_id == conference_id, ForecastSnapshot.number == 1)
        .order_by(ForecastSnapshot.made_on)
    )


def sheets(conference_id: int) -> sa.Select[OrderSheet]:
    """What caterers were told, newest first."""
    return (
        sa.select(OrderSheet)
        .where(OrderSheet.conference_id == conference_id)
        .options(joinedload(OrderSheet.caterer), joinedload(OrderSheet.made_by))
        .order_by(OrderSheet.id.desc())
    )


def sheets_of(caterer_id: int) -> sa.Select[OrderSheet]:
    return (
        sa.select(OrderSheet)
        .where(OrderSheet.caterer_id == caterer_id)
        .order_by(OrderSheet.number.desc())
    )


def has_pdf(sheet_id: int) -> sa.Select[bool]:
    """Whether the worker has put it on paper; the paper itself is not read."""
    return sa.select(OrderSheet.pdf.is_not(None)).where(OrderSheet.id == sheet_id)


def reports(conference_id: int) -> sa.Select[MealReport]:
    return (
        sa.select(MealReport)
        .join(MealReport.meal)
        .where(Meal.conference_id == conference_id)
        .options(joinedload(MealReport.meal))
        .order_by(Meal.served_on, Meal.position, Meal.id)
    )


def past_editions(conference_id: int) -> sa.Select[PastEdition]:
    """What was imported, youngest first."""
    return (
        sa.select(PastEdition)
        .where(PastEdition.conference_id == conference_id)
        .order_by(PastEdition.starts_on.desc())
    )


def past_counts(conference_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Edition, tickets, money, tickets with a known end at the door, and who of them came."""
    known = PastSale.came.is_not(None)
    return (
        sa.select(
            PastSale.edition_id,
            sa.func.count().label("tickets"),
            sa.func.sum(PastSale.cents).label("cents"),
            sa.func.count(PastSale.came).label("known"),
            sa.func.count(sa.case((known & PastSale.came, 1))).label("came"),
        )
        .join(PastEdition, PastEdition.id == PastSale.edition_id)
        .where(PastEdition.conference_id == conference_id)
        .group_by(PastSale.edition_id)
    )


def past_sales(edition_ids: list[int]) -> sa.Select[PastSale]:
    return (
        sa.select(PastSale)
        .where(PastSale.edition_id.in_(edition_ids))
        .order_by(PastSale.edition_id, PastSale.ordered_at, PastSale.id)
    )


def past_moments(conference_ids: list[int]) -> sa.Select[*tuple[Any, ...]]:
    """(whose file, edition, its name, its first day, moment, tickets) of all files, in time."""
    return (
        sa.select(
            PastEdition.conference_id,
            PastEdition.id,
            PastEdition.name,
            PastEdition.starts_on,
            PastSale.ordered_at,
            sa.func.count(),
        )
        .select_from(PastEdition)
        .join(PastSale, PastSale.edition_id == PastEdition.id)
        .where(PastEdition.conference_id.in_(conference_ids))
        .group_by(PastEdition.id, PastSale.ordered_at)
        .order_by(PastSale.ordered_at)
    )


def kitchens_without_a_look(made_on: date) -> sa.Select[Kitchen]:
    """Kitchens that have no snapshot of that day yet."""
    seen = sa.select(ForecastSnapshot.id).where(
        ForecastSnapshot.conference_id == Kitchen.conference_id,
        ForecastSnapshot.made_on == made_on,
    )
    return sa.select(Kitchen).where(~seen.exists()).options(joinedload(Kitchen.conference))
