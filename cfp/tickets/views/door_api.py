"""What scanners ask: JSON for phones and hand scanners, each with a token of its own."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import uuid4

from flask import abort, jsonify, make_response, request

from cfp import clock
from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.db import db
from cfp.forms import clean_line
from cfp.tickets.admission import Passage
from cfp.tickets.models import Door, Scanner
from cfp.tickets.queries import doors as queries
from cfp.tickets.service import doors, scanners
from cfp.tickets.service.doors import Place, Scan
from cfp.tickets.service.known import known
from cfp.tickets.service.verdicts import answer
from cfp.tickets.views.blueprint import pages

MOST_BYTES = 16 * 1024
MOST_FOUND = 20
SCHEMES = ("device ", "bearer ", "token ")


@pages.post("/<conference>/door/api/redeem")
@allow(Role.ANYONE)
def redeem():
    """Judge one scan: ok, or an error with its reason. An answer that says no is kept as well."""
    scanner, at = scanner_or_401(), clock.now()
    asked = read_scan()
    place = Place(current_conference(), asked.pop("door") or scanner.door, scanner.name)
    found = doors.scan(place, Scan(**asked), at=at)
    scanners.note_seen(scanner, at)
    said = answer(found, place.conference.timezone) | {"now": at.isoformat()}
    return jsonify(said), 201 if said["status"] == "ok" else 200


@pages.get("/<conference>/door/api/me")
@allow(Role.ANYONE)
def door_me():
    """Who this scanner is, and at which doors it can stand."""
    scanner, conference = scanner_or_401(), current_conference()
    found = db.session.scalars(queries.doors(conference))
    return jsonify(
        {
            "name": scanner.name,
            "conference": conference.name,
            "door": scanner.door.code if scanner.door else None,
            "doors": [{"code": door.code, "name": door.name} for door in found],
            "now": clock.now().isoformat(),
        }
    )


@pages.get("/<conference>/door/api/search")
@allow(Role.ANYONE)
def door_search():
    """Find tickets by a part of a name, by company, or by the code of the order."""
    scanner_or_401()
    asked = clean_line(request.args.get("q", ""))[:80]
    if len(asked) < 2:
        return jsonify({"results": []})
    found = known(current_conference(), the_door(request.args.get("door")), clock.now(), asked)
    return jsonify({"results": found[:MOST_FOUND]})


@pages.get("/<conference>/door/api/tickets")
@allow(Role.ANYONE)
def door_tickets():
    """What a phone needs to judge while the net is away; 304 while nothing has changed."""
    scanner = scanner_or_401()
    door = the_door(request.args.get("door")) or scanner.door
    found = known(current_conference(), door, clock.now())
    body = json.dumps({"tickets": found}, ensure_ascii=False)
    response = make_response(body)
    response.mimetype = "application/json"
    response.set_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


def scanner_or_401() -> Scanner:
    """The scanner whose token came along; without one, or with one taken back, nothing opens."""
    said = request.headers.get("Authorization", "")
    token = next((said[len(s) :].strip() for s in SCHEMES if said.lower().startswith(s)), "")
    found = scanners.scanner_of(current_conference(), token) if token else None
    return found or _no(401, "This scanner is not known here, or was revoked.")


def read_scan() -> dict[str, Any]:
    """The body of a scan, checked."""
    if (request.content_length or 0) > MOST_BYTES:
        _no(413, "This is too long for a scan.")
    said = request.get_json(force=True, silent=True)
    if not isinstance(said, dict):
        _no(400, "A scan is a JSON object.")
    names = ("secret", "ticket", "nonce", "datetime", "door", "type")
    given = {name: said[name] for name in names if said.get(name) is not None}
    if any(not isinstance(text, str) or len(text) > 300 for text in given.values()):
        _no(400, "These are texts: secret, ticket, nonce, datetime, door, type.")
    texts = {name: clean_line(given.get(name, "")) or "" for name in names}
    if not texts["secret"] and not texts["ticket"]:
        _no(400, "A scan has a secret, or the code of a ticket.")
    passage = texts["type"] or "entry"
    if passage not in {"entry", "exit"}:
        _no(400, "The type is entry or exit.")
    return {
        "secret": texts["secret"],
        "code": texts["ticket"],
        "passage": Passage(passage),
        "at": _moment(texts["datetime"]),
        "nonce": texts["nonce"][:64] or uuid4().hex,
        "door": the_door(texts["door"]),
    }


def the_door(code: str | None) -> Door | None:
    """The door of this edition that a scanner names; one that is gone is none."""
    if not code or not clean_line(code):
        return None
    here = queries.doors(current_conference())
    return db.session.scalar(here.where(Door.code == clean_line(code)))


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else _no(400, "The datetime needs its offset.")
    except (ValueError, OverflowError):
        return _no(400, "The datetime is ISO 8601.")


def _no(status: int, detail: str) -> NoReturn:
    response = jsonify({"detail": detail})
    response.status_code = status
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Device realm="door"'
    abort(response)


@pages.record_once
def without_token(state) -> None:
    """A scanner has no form of ours: the token in its header stands for the form's."""
    state.app.extensions["csrf"].exempt(f"{redeem.__module__}.{redeem.__name__}")
