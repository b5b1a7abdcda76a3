"""Handing one message to the outside: by SMTP, or as a file in development."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from enum import Enum
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from cfp.mail.models import Message

SECONDS = 20


class Then(Enum):
    """What to do with a message that was not handed over."""

    LATER = "later"  # try again
    NEVER = "never"  # trying again would not help
    ASK = "ask"  # it may have left: a person decides


class Undeliverable(Exception):  # noqa: N818
    """It was not handed over, or nobody knows whether it was."""

    def __init__(self, reason: str, then: Then) -> None:
        super().__init__(reason)
        self.then = then


class Delivery(Protocol):
    """A way out for messages."""

    def send(self, message: Message) -> None:
        """Hand it over or raise :class:`Undeliverable`."""


def as_email(message: Message, sender: str) -> EmailMessage:
    """The message as plain text with its files (RFC 5322); no line ends get into headers."""
    email = EmailMessage(policy=SMTP)
    email["From"] = sender
    email["To"] = message.to
    email["Subject"] = message.subject
    email["Date"] = formatdate(message.created_at.timestamp())
    email["Message-ID"] = make_msgid(f"{message.id}", parseaddr(sender)[1].rpartition("@")[2])
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(message.body)
    for attached in message.attachments:
        main, _slash, sub = attached.media_type.partition("/")
        email.add_attachment(attached.data, maintype=main, subtype=sub, filename=attached.name)
    return email


class FileDelivery:
    """Writes each message to a folder, to be looked at in development."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def send(self, message: Message) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{message.id:06}.eml"
        path.write_bytes(as_email(message, self.sender).as_bytes())


class SmtpDelivery:
    """Hands messages to a mail server; a 5xx answer is for good, all else is tried again."""

    def __init__(self, url: str, sender: str) -> None:
        self.parts = urlsplit(url)
        self.sender = sender

    def send(self, message: Message) -> None:
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as failure:
            raise Undeliverable(str(failure), Then.LATER) from failure
        try:
            server.send_message(as_email(message, self.sender))
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            raise _answered(code, text) from refused
        except smtplib.SMTPResponseException as answer:
            raise _answered(answer.smtp_code, answer.smtp_error) from answer
        except (OSError, smtplib.SMTPException) as failure:
            # The line broke while the message was on its way: it may have been taken.
            raise Undeliverable(str(failure), Then.ASK) from failure
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        host, port = self.parts.hostname or "localhost", self.parts.port
        if self.parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS)
        else:
            server = smtplib.SMTP(host, port or 25, timeout=SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls()
        if self.parts.username:
            server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
        return server


def _answered(code: int, text: bytes | str) -> Undeliverable:
    reason = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return Undeliverable(f"{code} {reason}", Then.NEVER if code >= 500 else Then.LATER)


def delivery_for(url: str, sender: str) -> Delivery:
    """The way out that ``MAIL_URL`` names."""
    if url.startswith("file://"):
        return FileDelivery(Path(unquote(urlsplit(url).path)), sender)
    return SmtpDelivery(url, sender)
