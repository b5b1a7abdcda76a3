"""Settings from the environment, read once, wrong values refused at start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
# Numeric libraries read this when they are loaded: workers share the cores among themselves.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ENVIRONMENTS = ("production", "development", "testing")


class WrongSetting(Exception):  # noqa: N818  (reads as the sentence it is)
    """A setting that the application cannot start with."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between two installations."""

    environment: str
    secret_key: str
    instance: Path
    database_url: str
    redis_url: str | None
    mail_url: str
    mail_from: str
    base_url: str | None
    https: bool
    stripe_key: str | None = None
    stripe_webhook_secret: str | None = None
    stripe_url: str | None = None  # another address than Stripe's own: for tests

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def is_development(self) -> bool:
        return self.environment == "development"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Settings from ``environ``; raises :class:`WrongSetting` with the sentence that helps."""
    environment = environ.get("CALLBOARD_ENV", "production")
    if environment not in ENVIRONMENTS:
        raise WrongSetting(
            f"CALLBOARD_ENV is {environment!r}; it may be {' or '.join(ENVIRONMENTS)}."
        )
    instance = Path(environ.get("CALLBOARD_INSTANCE", ROOT / "instance")).resolve()
    instance.mkdir(parents=True, exist_ok=True)
    base_url = environ.get("BASE_URL", "").rstrip("/") or None
    return Settings(
        environment=environment,
        secret_key=_secret_key(environ, environment, instance),
        instance=instance,
        database_url=_database_url(environ.get("DATABASE_URL"), instance),
        redis_url=_url("REDIS_URL", environ.get("REDIS_URL"), ("redis", "rediss", "unix")),
        mail_url=_mail_url(environ, environment, instance),
        mail_from=environ.get("MAIL_FROM", "Callboard <callboard@localhost>"),
        base_url=_url("BASE_URL", base_url, ("http", "https")),
        https=(base_url or "").startswith("https:"),
        stripe_key=environ.get("STRIPE_KEY") or None,
        stripe_webhook_secret=environ.get("STRIPE_WEBHOOK_SECRET") or None,
        stripe_url=_url("STRIPE_URL", environ.get("STRIPE_URL"), ("http", "https")),
    )


def _secret_key(environ: Mapping[str, str], environment: str, instance: Path) -> str:
    key = environ.get("SECRET_KEY", "")
    if key and (len(key) >= 32 or environment != "production"):
        return key
    if environment == "production":
        raise WrongSetting(
            "Production needs SECRET_KEY with at least 32 characters, for example "
            f"SECRET_KEY={secrets.token_hex(32)} (on your own machine CALLBOARD_ENV=development "
            "will do)"
        )
    return _kept_secret(instance / "secret_key")


def _kept_secret(path: Path) -> str:
    """Made once, so that people stay signed in over a restart; only its owner may read it."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")


def _database_url(url: str | None, instance: Path) -> str:
    if not url:
        return f"sqlite:///{instance / 'callboard.db'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if url.startswith(("sqlite://", "postgresql+psycopg://")):
        return url
    raise WrongSetting("DATABASE_URL must begin with sqlite:// or postgresql://.")


def _mail_url(environ: Mapping[str, str], environment: str, instance: Path) -> str:
    default = "" if environment == "production" else f"file://{instance / 'mail'}"
    url = _url("MAIL_URL", environ.get("MAIL_URL", default), ("smtp", "smtps", "file"))
    if url is None:
        raise WrongSetting("Production needs MAIL_URL, for example smtp://user:password@host:587.")
    return url


def _url(name: str, url: str | None, schemes: tuple[str, ...]) -> str | None:
    if not url:
        return None
    if urlsplit(url).scheme not in schemes:
        raise WrongSetting(f"{name} must begin with {' or '.join(s + '://' for s in schemes)}.")
    return url
