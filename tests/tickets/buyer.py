"""A guest who buys: every page of the way, as a browser sends it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from tests.visitor import Visitor

KEY = re.compile(r'name="key"[^>]*value="([^"]+)"')
FIELDS = re.compile(r'<select[^>]*name="(n-[A-Z0-9]+-\d+)"')


class Guest:
    """Walks the four steps; each returns the address it was led to."""

    def __init__(self, visitor: Visitor, slug: str) -> None:
        self.visitor, self.here = visitor, f"/{slug}"
        self.page = ""

    def look(self, query: str = "") -> list[str]:
        """The shop; returns the names of what can be chosen."""
        self.page = self.visitor.get(f"{self.here}/tickets/{query}").text
        return FIELDS.findall(self.page)

    @property
    def key(self) -> str:
        found = KEY.search(self.page)
        assert found
        return found[1]

    def choose(self, number: int = 1, status: int = 303, **more: Any) -> str:
        """So many of the first product."""
        fields = self.look()
        sent = {"key": self.key, fields[0]: str(number), **more}
        return self.send(f"{self.here}/tickets/", sent, status)

    def send(self, url: str, data: dict[str, Any], status: int = 303) -> str:
        answer = self.visitor.post(url, data, status=302 if status == 303 else status)
        self.page = answer.text
        return urlsplit(answer.headers.get("Location", "")).path

    def name(self, url: str, *names: str) -> str:
        return self.send(url, {f"people-{n}-name": name for n, name in enumerate(names)})

    def buy(self, number: int = 1, method: str = "transfer") -> str:
        """The whole way; returns the address of the order's page."""
        people = self.choose(number)
        invoice = self.name(people, *[f"Person {n}" for n in range(number)])
        payment = self.send(invoice, {"name": "Mila Sommer", "email": "mila@example.org"})
        return self.send(payment, {"method": method})
