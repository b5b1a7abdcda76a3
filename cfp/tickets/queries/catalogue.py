"""Questions about what is sold."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from cfp.conference.models import Conference
from cfp.tickets.models import (
    AddOn,
    Audience,
    Product,
    RefundRule,
    Shop,
    TaxRate,
    Voucher,
    Waiting,
    WaitingListEntry,
)


def shop_of(conference: Conference) -> sa.Select[Shop]:
    """The settings of the sale with the account, in one statement."""
    return (
        sa.select(Shop).where(Shop.conference_id == conference.id).options(joinedload(Shop.account))
    )


def is_waited_for() -> sa.ColumnElement[bool]:
    """Whether somebody is on the list for the product of the row, so that it is theirs first."""
    waiting = (Waiting.WAITING, Waiting.OFFERED)
    return sa.exists().where(
        WaitingListEntry.product_id == Product.id, WaitingListEntry.state.in_(waiting[:1])
    )


def products_on_the_shelf(conference: Conference) -> sa.Select[Product, bool]:
    """(product with tiers and quotas, is it waited for), in the order of the shop: two statements.

    Call ``.unique()`` on the result.
    """
    return (
        sa.select(Product, is_waited_for())
        .where(Product.conference_id == conference.id)
        .options(joinedload(Product.tiers), selectinload(Product.quotas))
        .order_by(Product.position, Product.id)
    )


def audiences(conference: Conference) -> sa.Select[Audience]:
    return (
        sa.select(Audience)
        .where(Audience.conference_id == conference.id)
        .order_by(Audience.position, Audience.id)
    )


def add_ons(products: list[int]) -> sa.Select[AddOn]:
    """What can be added, of these products, to which."""
    return sa.select(AddOn).where(AddOn.added_id.in_(products))


def tax_rates(conference: Conference) -> sa.Select[TaxRate]:
    """The rates of an edition that hold on its first day, the newest first of each category."""
    return (
        sa.select(TaxRate)
        .where(TaxRate.conference_id == conference.id, TaxRate.starts_on <= conference.starts_on)
        .order_by(TaxRate.category, TaxRate.starts_on.desc())
    )


def voucher_by_word(conference: Conference, word: str) -> sa.Select[Voucher]:
    return (
        sa.select(Voucher)
        .where(Voucher.conference_id == conference.id, Voucher.word == word.upper())
        .options(joinedload(Voucher.products))
    )


def refund_rules(conference: Conference) -> sa.Select[RefundRule]:
    return (
        sa.select(RefundRule)
        .where(RefundRule.conference_id == conference.id)
        .order_by(RefundRule.until, RefundRule.id)
    )
