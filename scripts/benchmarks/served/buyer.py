"""A buyer with a connection of their own: the whole way over HTTP, as a browser without scripts."""

from __future__ import annotations

import http.client
import re
from html import unescape
from urllib.parse import urlencode

from .server import HOST, Server

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
KEY = re.compile(r'name="key"[^>]*value="([^"]+)"')
FIRST = re.compile(r'name="(n-[A-Z0-9]+-\d+)"')
SOLD_OUT = re.compile(r"sold out|Only \d+ of|is gone")


class SoldOut(Exception):  # noqa: N818  (an outcome)
    """The page said so in a sentence."""


class Buyer:
    """Buys tickets, one after the other; every page has to be the one that is expected."""

    def __init__(self, server: Server, slug: str) -> None:
        address = server.address
        self.line = http.client.HTTPConnection(*address, timeout=60)
        self.here, self.cookie = f"/{slug}", ""

    def close(self) -> None:
        self.line.close()

    def buy(self) -> str:
        """Nine requests: four pages with their forms, and the page of the order."""
        shop = self.get(f"{self.here}/tickets/")
        field = FIRST.search(shop)
        if field is None:
            raise SoldOut
        chosen = {"key": _one(KEY, shop), field[1]: "1"}
        people = self.send(f"{self.here}/tickets/", shop, chosen)
        invoice = self.send(people, self.get(people), {"people-0-name": "Ada Byron"})
        buyer = {"name": "Ada Byron", "email": "ada@example.org"}
        payment = self.send(invoice, self.get(invoice), buyer)
        order = self.send(payment, self.get(payment), {"method": "transfer"})
        page = self.get(order)
        if "RF" not in page:
            raise RuntimeError("the order has no reference")
        return order

    def get(self, path: str) -> str:
        status, _way, page = self._ask("GET", path, None)
        if status != http.HTTPStatus.OK:
            raise RuntimeError(f"GET {path} answers {status}")
        return page

    def send(self, path: str, page: str, data: dict[str, str]) -> str:
        """Send a form; returns where it leads."""
        body = urlencode({"csrf_token": _one(TOKEN, page), **data})
        status, way, answer = self._ask("POST", path, body)
        if status == http.HTTPStatus.UNPROCESSABLE_ENTITY and SOLD_OUT.search(answer):
            raise SoldOut
        if status != http.HTTPStatus.SEE_OTHER:
            raise RuntimeError(f"POST {path} answers {status}")
        return way

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        headers = {"Host": HOST, "Cookie": self.cookie, "Referer": f"http://{HOST}/"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self.cookie = cookie.partition(";")[0]
        way = (answer.getheader("Location") or "").removeprefix(f"http://{HOST}")
        return answer.status, way, answer.read().decode()


def _one(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise RuntimeError(f"no {pattern.pattern} on the page")
    return unescape(found[1])
