"""The scanner's page: installed on a phone, opened without a net, of no use without a token."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, jsonify, render_template, url_for

from cfp.access import Role, allow
from cfp.conference.current import current_conference
from cfp.tickets.admission import Verdict
from cfp.tickets.service.verdicts import verdict_word
from cfp.tickets.views.blueprint import pages

ADDRESS = re.compile(r'(?:href|src|data-decoder)="([^"]+)"')
IMPORTED = re.compile(r'(?:import|from)\s*"(\./[^"]+)"')


@pages.get("/<conference>/door/")
@allow(Role.ANYONE)
def scanner():
    """Scan tickets; the phone knows its token, the page knows nobody."""
    return page()


@pages.get("/<conference>/door/app.webmanifest")
@allow(Role.ANYONE)
def door_manifest():
    """What a phone needs to install the page as an app."""
    conference, here = current_conference(), url_for("tickets.scanner")
    icons = [
        {"src": _static(f"icons/callboard-{size}.png"), "sizes": f"{size}x{size}", **more}
        for size in (192, 512)
        for more in [{"type": "image/png", "purpose": "any"}]
    ]
    manifest = {
        "id": here,
        "name": f"{conference.name}: door",
        "short_name": "Door",
        "start_url": here,
        "scope": here,
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#101319",
        "theme_color": "#101319",
        "icons": icons,
    }
    response = jsonify(manifest)
    response.mimetype = "application/manifest+json"
    return response


@pages.get("/<conference>/door/worker.js")
@allow(Role.ANYONE)
def door_worker():
    """The service worker, which keeps the page and all that it needs."""
    shell = page()
    files, digest = needed(shell)
    head = f"const SHELL = {json.dumps(url_for('tickets.scanner'))};\n"
    head += f"const FILES = {json.dumps(files)};\nconst VERSION = {json.dumps(digest)};\n"
    body = (_folder() / "js" / "door" / "worker.js").read_text(encoding="utf-8")
    response = Response(head + body, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def page() -> str:
    """The page itself; the same for everybody who reads its language."""
    words = {verdict.value: verdict_word(verdict) for verdict in Verdict}
    return render_template("tickets/scanner.html", words=words)


def needed(shell: str) -> tuple[list[str], str]:
    """The files of ours that the page needs, and a digest that changes with any of them."""
    digest = hashlib.sha256(shell.encode())
    files: dict[str, None] = {}
    todo = [urlsplit(found).path for found in ADDRESS.findall(shell)]
    while todo:
        url = todo.pop(0)
        content = _content(url)
        if url in files or content is None:
            continue
        files[url] = None
        digest.update(url.encode() + content)
        if url.endswith(".js"):
            found = IMPORTED.findall(content.decode())
            todo += [url.rpartition("/")[0] + name.removeprefix(".") for name in found]
    return [*files], digest.hexdigest()[:16]


def _content(url: str) -> bytes | None:
    """What stands behind an address, if it is a static file."""
    for folder, start in (
        (_folder(), _static("")),
        (_bootstrap(), url_for("bootstrap.static", filename="")),
    ):
        path = (folder / url.removeprefix(start)).resolve()
        if url.startswith(start) and path.is_relative_to(folder) and path.is_file():
            return path.read_bytes()
    return None


def _folder() -> Path:
    return Path(current_app.static_folder or "").resolve()


def _bootstrap() -> Path:
    bootstrap: Any = current_app.blueprints["bootstrap"]
    return Path(bootstrap.static_folder).resolve()


def _static(name: str) -> str:
    return url_for("static", filename=name)
