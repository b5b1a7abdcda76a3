"""A Stripe of our own: its HTTP as far as we speak it, its memory for keys, its signature."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs

KEY, SECRET = "sk_test_ours", "whsec_ours"
_numbers = count(1)


class Stripe:
    """What was asked for, by idempotency key; the same key with another body is an error."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, tuple[str, dict[str, Any]]] = {}
        self.sessions: list[dict[str, Any]] = []
        self.refunds: list[dict[str, Any]] = []

    def answer(self, path: str, key: str, body: str, auth: str) -> tuple[int, dict[str, Any]]:
        if KEY not in auth:
            return 401, {"error": {"type": "invalid_request_error", "message": "no such key"}}
        if key in self.answers:
            known, answer = self.answers[key]
            if known != body:
                return 400, {"error": {"type": "idempotency_error", "message": "another body"}}
            return 200, answer
        made = self._make(path, {name: values[0] for name, values in parse_qs(body).items()})
        if made is None:
            return 404, {"error": {"type": "invalid_request_error", "message": "no such path"}}
        if key:
            self.answers[key] = body, made
        return 200, made

    def _make(self, path: str, said: dict[str, str]) -> dict[str, Any] | None:
        number = next(_numbers)
        if path == "/v1/checkout/sessions":
            cents = int(said["line_items[0][price_data][unit_amount]"])
            made = {
                "id": f"cs_{number}",
                "object": "checkout.session",
                "url": f"https://pay.example/cs_{number}",
                "amount_total": cents,
                "payment_intent": f"pi_{number}",
                "payment_status": "unpaid",
            }
            self.sessions.append(made)
            return made
        if path.endswith("/expire"):
            open_ones = [s for s in self.sessions if s["id"] == path.split("/")[-2]]
            if not open_ones or open_ones[0].get("status") == "expired":
                return None
            open_ones[0]["status"] = "expired"
            return open_ones[0]
        if path == "/v1/refunds":
            made = {
                "id": f"re_{number}",
                "object": "refund",
                "amount": int(said["amount"]),
                "payment_intent": said["payment_intent"],
                "status": "succeeded",
            }
            self.refunds.append(made)
            return made
        return None

    def event(self, kind: str, thing: dict[str, Any], **changes: Any) -> dict[str, Any]:
        number = next(_numbers)
        return {"id": f"evt_{number}", "type": kind, "data": {"object": thing | changes}}

    def paid(self, session: dict[str, Any]) -> dict[str, Any]:
        return self.event("checkout.session.completed", session, payment_status="paid")


def signed(body: bytes, at: float, secret: str = SECRET) -> str:
    """The header that Stripe sends with a body."""
    seal = hmac.new(secret.encode(), f"{int(at)}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={int(at)},v1={seal}"


def written(event: dict[str, Any]) -> bytes:
    return json.dumps(event).encode()


@contextmanager
def fake_stripe() -> Iterator[Stripe]:
    """A running one, on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            key, auth = self.headers["Idempotency-Key"] or "", self.headers["Authorization"] or ""
            status, answer = stripe.answer(self.path, key, body, auth)
            said = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_about: object) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stripe = Stripe(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stripe
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
