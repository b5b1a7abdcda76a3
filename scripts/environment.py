"""Makes the same ``.venv`` everywhere from the lock files, so that the other scripts just start."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

if sys.version_info < (3, 11):  # noqa: UP036  (this is who tells them)
    sys.exit(f"Callboard needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")

import system

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed-lock"

# Where containers forbid compiled files, every start would take three times as long.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

LOCKS = ("runtime", "test", "quality")
"""Each lock holds all of the one before it, at the same versions."""


def prepare(lock: str, *, may_install: bool = True) -> None:
    """Bring ``.venv`` to the pins of ``requirements/<lock>.txt``; costs nothing when it is there.

    An environment that once got a larger lock keeps it: running does not undo testing.
    ``may_install`` allows system packages to be installed where Python itself is incomplete.
    """
    with _one_at_a_time():
        installed, _, fingerprint = _stamp().partition(" ")
        lock = max(lock, installed if installed in LOCKS else lock, key=LOCKS.index)
        if installed == lock and fingerprint == _fingerprint(lock):
            return
        if not _works():
            _create(may_install=may_install)
        _install(lock)
        STAMP.write_text(f"{lock} {_fingerprint(lock)}")


def compile_catalogues() -> None:
    """Compile the translations whose text is newer than what the application reads."""
    texts = (ROOT / "cfp" / "translations").glob("*/LC_MESSAGES/*.po")
    if any(_is_stale(text) for text in texts):
        compiler = ["babel.messages.frontend", "compile", "--directory", "cfp/translations"]
        if not _does(*compiler, stderr=subprocess.DEVNULL):
            sys.exit("The translations could not be compiled: pybabel compile -d cfp/translations")


def _is_stale(text: Path) -> bool:
    compiled = text.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two terminals may start at once; the second waits until the first has installed."""
    folder = os.open(REQUIREMENTS, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _stamp() -> str:
    return STAMP.read_text() if STAMP.exists() else ""


def _fingerprint(lock: str) -> str:
    """Changes with every pin, and with the Python that the environment was made of."""
    digest = hashlib.sha256(os.fsencode(PYTHON.resolve()))
    for name in ("installer", lock):
        digest.update((REQUIREMENTS / f"{name}.txt").read_bytes())
    return digest.hexdigest()


def _works() -> bool:
    """Whether ``.venv`` is whole: not half made, and its Python neither gone nor replaced."""
    return PYTHON.exists() and _does("pip", "--version", capture_output=True)


def _create(*, may_install: bool) -> None:
    # Debian keeps a part of Python in a package of its own.
    if importlib.util.find_spec("ensurepip") is None and not system.provide(
        ["python3-venv"], "Python cannot make a virtual environment", may_install=may_install
    ):
        sys.exit(1)
    print("Making .venv ...", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False).returncode:
        sys.exit("The virtual environment could not be made.")


def _install(lock: str) -> None:
    print(f"Installing what requirements/{lock}.txt pins ...", flush=True)
    pip = ["pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    uv = ["uv", "pip", "sync", "--quiet", "--no-build", "--python", str(PYTHON), "--require-hashes"]
    locked = f"requirements/{lock}.txt"
    if not _does(*pip, "requirements/installer.txt"):
        sys.exit("The packages could not be fetched: is the package index within reach?")
    if _does(*uv, locked):
        return
    # A machine's own package index may be known to pip alone; pip is slower and does the same.
    print("uv could not install them; trying pip ...", flush=True)
    if not _does(*pip, locked):
        sys.exit("The packages could not be installed; the lines above say why.")


def _does(*module: str, **options: Any) -> bool:
    """Whether a module of the environment does what it is told."""
    return subprocess.run([PYTHON, "-m", *module], cwd=ROOT, check=False, **options).returncode == 0
