"""Real files beside the repository; a test that wants one skips by name where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def real(name: str) -> bytes:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"../shared/data/{name} is absent")
    return path.read_bytes()
