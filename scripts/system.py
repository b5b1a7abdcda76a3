"""What only the operating system can give: libraries for PDFs, a browser, a Redis."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PDF_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Loads every library and, by drawing one word, a font; without a font WeasyPrint crashes.
ONE_WORD = "import weasyprint; weasyprint.HTML(string='<p>Callboard').write_pdf()"


def provide(packages: Sequence[str], complaint: str, *, may_install: bool) -> bool:
    """Install Debian packages where root may, else say in one sentence what helps."""
    if may_install and is_root_on_debian():
        print(f"{complaint}: installing {' '.join(packages)} ...", flush=True)
        if _apt_get("update") and _apt_get("install", "--no-install-recommends", *packages):
            return True
    print(f"{complaint}; this helps: sudo apt-get install {' '.join(packages)}", flush=True)
    return False


def provide_pdf_libraries(python: Path, *, may_install: bool) -> bool:
    """Whether PDFs can be made, by really making one; a success is remembered in the ``.venv``."""
    seen = python.parent.parent / "pdf-libraries-seen"
    if not seen.exists() and (
        _can_make_pdf(python)
        or (
            provide(PDF_PACKAGES, "PDFs cannot be made here yet", may_install=may_install)
            and _can_make_pdf(python)
        )
    ):
        seen.touch()
    return seen.exists()


def find_browser() -> str | None:
    """Where Chromium is, if it is."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def is_root_on_debian() -> bool:
    """Whether packages can be installed without asking anybody."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _can_make_pdf(python: Path) -> bool:
    return _succeeds([python, "-W", "error", "-c", ONE_WORD], capture_output=True)


def _apt_get(*arguments: str) -> bool:
    command = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=60", *arguments]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return _succeeds(command, env=quiet, stdout=subprocess.DEVNULL)


def _succeeds(command: Sequence[str | Path], **options: Any) -> bool:
    return subprocess.run(command, check=False, **options).returncode == 0
