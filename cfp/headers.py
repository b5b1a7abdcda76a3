"""What every answer says to the browser: what it may load, embed, keep, and remember."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, Response, request

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

KEPT = 400 * 24 * 3600  # seconds; browsers keep nothing longer

# Whatever is inside: it is saved, not opened, and could reach nothing if it were.
SEALED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def sealed(data: bytes, media_type: str, name: str) -> Response:
    """A file that somebody sent us, handed out to be saved."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": disposition, **SEALED}
    return Response(data, mimetype=media_type, headers=headers)


def attached(data: bytes | str, name: str, kind: str) -> Response:
    """A file to keep, never shown in place."""
    head = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, mimetype=kind, headers=head)


def remember(response: Response, cookie: str, secret: str, path: str) -> None:
    """The browser keeps a secret as long as browsers keep anything, and no script reads it."""
    response.set_cookie(
        cookie,
        secret,
        max_age=KEPT,
        path=path,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def init_app(app: Flask, *, https: bool) -> None:
    """Add the security headers of safety.md to every answer."""

    def add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint != "static" and "Cache-Control" not in headers:
            headers["Cache-Control"] = "private, no-store"
        return response

    app.after_request(add)
