"""Secrets that are derived, so that only a hash is stored: of orders, tickets, scanners."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress

from flask import current_app

from cfp.conference.letters import address
from cfp.tickets.models import Order, Scanner, Ticket, WaitingListEntry


def order_token(order: Order) -> str:
    """The secret of an order's page; another ``link_version`` closes the links sent before."""
    return _derived("order", order.code, order.link_version)


def is_token_of(order: Order, token: str) -> bool:
    return hmac.compare_digest(order_token(order).encode(), token.encode())


def order_link(order: Order, slug: str | None = None) -> str:
    """The full address of an order's page."""
    return address(
        "tickets.order",
        conference=slug or order.conference.slug,
        code=order.code,
        token=order_token(order),
    )


def waiting_token(entry: WaitingListEntry) -> str:
    """The secret of somebody's place on the waiting list."""
    return _derived("waiting", entry.code, 1)


def is_token_of_entry(entry: WaitingListEntry, token: str) -> bool:
    return hmac.compare_digest(waiting_token(entry).encode(), token.encode())


def waiting_link(entry: WaitingListEntry, slug: str) -> str:
    """The full address of that place."""
    return address("tickets.my_place", conference=slug, code=entry.code, token=waiting_token(entry))


def ticket_secret(ticket: Ticket) -> str:
    """What the QR code of a ticket says: 32 capitals and digits that tell nobody anything."""
    return _derived("ticket", ticket.code, ticket.secret_version)


def scanner_token(scanner: Scanner) -> str:
    """What a phone at the door shows: its code, by which it is found, and a secret."""
    return f"{scanner.code}-{_derived('scanner', scanner.code, 1)}"


def network_code(address: str) -> str:
    """From which network somebody comes, without saying which: an IPv4 address, an IPv6 /64.

    None for addresses of this machine and of the house: then it is a proxy's, and everybody's.
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if not known.is_global:
        return ""
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped is None:
        known = ipaddress.ip_network((known, 64), strict=False).network_address
    return _derived("network", str(known), 1)


def _derived(kind: str, code: str, version: int) -> str:
    key = str(current_app.secret_key).encode()
    found = hmac.new(key, f"{kind}:{code}:{version}".encode(), hashlib.sha256).digest()
    return base64.b32encode(found[:20]).decode()
