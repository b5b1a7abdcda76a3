"""Passwords as argon2id hashes; slow on purpose, so never inside a write transaction."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_CHARACTERS = 10
MOST_CHARACTERS = 200

# OWASP's second recommendation: 19 MiB, two passes, one lane; about 36 ms.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobodys = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def password_is_right(password: str, password_hash: str | None) -> bool:
    """Whether the password fits. Without a hash it takes just as long, and is wrong."""
    try:
        _hasher.verify(password_hash or _nobodys, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
