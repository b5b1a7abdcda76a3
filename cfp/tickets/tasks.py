"""What the worker does for the shop every minute: settle, expire, remind, offer freed places."""

from __future__ import annotations

from cfp import clock
from cfp.db import transaction
from cfp.jobs.registry import every_minute
from cfp.tickets import bulk_jobs, card_jobs
from cfp.tickets.service import (
    entitlements,
    expiry,
    forgetting,
    invoices,
    payments,
    proofs,
    waiting,
)

__all__ = ["bulk_jobs", "card_jobs", "everything"]  # its jobs are known once imported


@every_minute("settle orders")
def settle() -> int:
    """Orders whose money came with a bank statement, each in a transaction of its own."""
    at = clock.now()
    with transaction():
        due = payments.due_to_settle()
    for order_id in due:
        with transaction():
            payments.settle_one(order_id, at=at)
    return len(due)


@every_minute("expire orders")
def expire() -> int:
    """Each in a transaction of its own, so that no buyer waits for all of them."""
    at, done = clock.now(), 0
    with transaction():
        due = expiry.due(at)
    for order_id in due:
        with transaction():
            done += expiry.expire(order_id, at=at)
    return done


@every_minute("remind of orders")
def remind() -> int:
    with transaction():
        return expiry.remind(clock.now())


@every_minute("offer freed places")
def offer() -> int:
    """Ask those who wait, the first first, as long as there are places."""
    at, done = clock.now(), 0
    with transaction():
        waiting.close_offers()
        wanted = waiting.products_with_people()
    for product_id in wanted:
        while True:
            with transaction():
                if waiting.offer_next(product_id, at=at) is None:
                    break
            done += 1
    return done


@every_minute("issue free tickets")
def issue() -> int:
    """To speakers who said yes, and to the crew."""
    with transaction():
        return entitlements.issue_due(clock.now())


@every_minute("remind of proofs")
def remind_of_proofs() -> int:
    with transaction():
        return proofs.remind(clock.now()) + proofs.forget(clock.now())


@every_minute("put invoices right")
def put_invoices_right() -> int:
    """Take back what was issued over orders that have changed or ended since."""
    with transaction():
        return invoices.put_right_due(clock.now())


@every_minute("forget what buyers said")
def forget() -> int:
    """Food and health a month after the conference, the names of who never bought after a week."""
    with transaction():
        at = clock.now()
        needs, waited = forgetting.forget_needs(at), forgetting.forget_who_waited(at)
        return needs + waited + forgetting.forget_abandoned(at)


def everything() -> dict[str, int]:
    """One round of all of it, as the command does."""
    return {
        "settled": settle(),
        "expired": expire(),
        "reminded": remind(),
        "offered": offer(),
        "free": issue(),
    }
