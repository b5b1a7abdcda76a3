"""What a browser has to fetch before it can show a page: HTML, CSS and JS, compressed."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from urllib.parse import urljoin

NAMED = re.compile(r'<(?:link rel="stylesheet" href|script[^>]* src)="([^"]+)"')
IMPORTED = re.compile(r'^import (?:.* from )?"([^"]+)";', re.MULTILINE)


def weights(fetch: Callable[[str], bytes], path: str) -> dict[str, int]:
    """Bytes by kind, each file once; modules that scripts import are fetched like scripts."""
    page = fetch(path)
    found = {"HTML": _packed(page), "CSS": 0, "JS": 0}
    waiting, seen = NAMED.findall(page.decode()), set[str]()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        file = fetch(address)
        kind = "CSS" if address.partition("?")[0].endswith(".css") else "JS"
        found[kind] += _packed(file)
        if kind == "JS":
            waiting += [urljoin(address, name) for name in IMPORTED.findall(file.decode())]
    return found


def _packed(data: bytes) -> int:
    return len(gzip.compress(data))
