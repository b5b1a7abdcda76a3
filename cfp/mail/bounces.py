"""A mail that came back: what the mail server says of it (RFC 3464), read with distrust."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr

MOST_BYTES = 2_000_000
OURS = re.compile(r"<[^<>@\s]*\.(\d{1,18})@[^<>@\s]+>")  # as delivery.as_email() makes it


@dataclass(frozen=True, slots=True)
class Bounce:
    """``number``: which message of ours came back; ``recipient``: from whom; ``reason``: why."""

    number: int
    recipient: str
    reason: str


def read(raw: bytes) -> Bounce | None:
    """What came back for good; None for anything else, such as a delay or an absence note."""
    if len(raw) > MOST_BYTES:
        return None
    report = message_from_bytes(raw, policy=policy.default)
    failed = next((one for one in _reports(report) if _is_final(one)), None)
    number = _number(report)
    if failed is None or number is None:
        return None
    _kind, _semicolon, address = str(failed.get("Final-Recipient", "")).rpartition(";")
    diagnosis = str(failed.get("Diagnostic-Code", "")).rpartition("; ")[2]
    reason = " ".join(f"{failed.get('Status', '')} {diagnosis}".split())
    return Bounce(number, parseaddr(address.strip())[1].lower(), reason[:300])


def _reports(report: EmailMessage | Message) -> list[Message]:
    """The blocks of a delivery report, a recipient each."""
    return [
        block
        for part in report.walk()
        if part.get_content_type() == "message/delivery-status"
        for block in part.get_payload()
        if isinstance(block, Message)
    ]


def _is_final(block: Message) -> bool:
    is_failed = str(block.get("Action", "")).strip().lower() == "failed"
    return is_failed and str(block.get("Status", "")).strip().startswith("5")


def _number(report: Message) -> int | None:
    """The number that our Message-ID carries, from the message that is sent back along with it."""
    for part in report.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            payload = part.get_payload()
            inner = payload[0] if isinstance(payload, list) and payload else payload
            text = inner.as_string() if isinstance(inner, Message) else str(inner)
            found = re.search(r"^Message-ID:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)
            ours = OURS.fullmatch(found[1]) if found else None
            if ours:
                return int(ours[1])
    return None
