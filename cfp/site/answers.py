"""How a public page or file is sent: not again while it is the same, and to whom it may go."""

from __future__ import annotations

from datetime import datetime

from flask import Response, make_response, request


def conditional(
    page: str | bytes, mimetype: str = "text/html", *, modified: datetime | None = None
) -> Response:
    """An answer that need not be sent again: ETag, and 304 for who has it.

    ``modified`` is for files that are made from a release alone; a page has more around it.
    """
    response = make_response(page)
    response.mimetype = mimetype
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.add_etag()
    if modified is not None:
        response.last_modified = modified
    response.make_conditional(request)
    return response


def for_other_sites(response: Response) -> Response:
    """Scripts of other sites may read it: it is what any stranger sees."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    return response
