"""Logs as one JSON object a line, with a request id, without personal data beyond ids."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, has_request_context, request

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
QUIET = {"static", "bootstrap.static", "health.healthz", "health.readyz"}
log = logging.getLogger("callboard.request")


class JsonLines(logging.Formatter):
    """A record as JSON; what was passed as ``extra={"data": {...}}`` stands beside it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request_id"] = g.get("request_id")
        line.update(getattr(record, "data", {}))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def init_app(app: Flask) -> None:
    """Log every request once: method, route (not the address, which may hold secrets), status."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger("callboard")
    root.handlers[:] = [handler]
    root.propagate = False
    root.setLevel(logging.WARNING if app.testing else logging.INFO)

    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        g.request_began = time.perf_counter()

    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.request_id
        if request.endpoint in QUIET:
            return response
        milliseconds = (time.perf_counter() - g.request_began) * 1000
        data = {
            "method": request.method,
            "route": str(request.url_rule or "-"),
            "status": response.status_code,
            "ms": round(milliseconds, 1),
        }
        log.info("request", extra={"data": data})
        return response

    app.before_request(begin)
    app.after_request(end)
