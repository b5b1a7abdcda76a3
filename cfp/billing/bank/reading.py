"""Which format a bank's file has, by what stands in it; zipped files are looked into."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cfp.billing.bank import swift, table
from cfp.billing.bank.statement import BrokenStatement, Statement, check
from cfp.sentences import say

MOST_BYTES = 20_000_000
MOST_FILES = 200
MOST_UNPACKED = 100_000_000
Found = list[tuple[str, Statement]]


def read(data: bytes, accounts: Iterable[str], columns: Mapping[str, str] | None = None) -> Found:
    """(format, statement) for every statement of a file about ``accounts``.

    :class:`BrokenStatement` refuses the file as a whole: it cannot be read, it is about another
    account, or opening and movements do not make the closing balance.
    """
    if len(data) > MOST_BYTES:
        raise BrokenStatement(say("The file is larger than 20 MB."))
    found: Found = []
    own = list(accounts)
    for number, part in enumerate(_files(data)):
        form, statements = _one(part, columns)
        if form == "csv" and not statements[0].account and len(own) == 1:
            statements = [replace(each, account=own[0]) for each in statements]
        check(statements, own)
        found += [(form, replace(statement, part=number)) for statement in statements]
    return found


def _files(data: bytes) -> Iterator[bytes]:
    """The file itself, or what is packed in it."""
    if not data.startswith(b"PK\x03\x04"):
        yield data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not _is_beside(info)]
            if len(infos) > MOST_FILES or sum(i.file_size for i in infos) > MOST_UNPACKED:
                raise BrokenStatement(say("The archive holds too much."))
            if not infos:
                raise BrokenStatement(say("The archive is empty."))
            for info in infos:
                with archive.open(info) as member:
                    inside = member.read(MOST_BYTES + 1)
                if len(inside) > MOST_BYTES:
                    raise BrokenStatement(say("The archive holds too much."))
                yield inside
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise BrokenStatement(say("The archive is broken.")) from None


def _is_beside(info: zipfile.ZipInfo) -> bool:
    """Folders, and what computers put beside the files of people."""
    return info.is_dir() or info.filename.startswith("__MACOSX/")


def _one(data: bytes, columns: Mapping[str, str] | None) -> tuple[str, list[Statement]]:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        from cfp.billing.bank import camt  # noqa: PLC0415  (lxml: only who reads XML needs it)

        return "camt", camt.read(data)
    if re.search(rb"(?m)^:20:", start) and b":25:" in data:
        return "mt940", swift.read(data)
    if start.startswith((b"%PDF", b"PK", b"\xd0\xcf\x11\xe0", b"\x89PNG")):
        raise BrokenStatement(
            say("The file is no statement that can be read: CAMT.053, MT940 or CSV.")
        )
    if b"\x00" in data:
        raise BrokenStatement(
            say("The file is no statement that can be read: CAMT.053, MT940 or CSV.")
        )
    return "csv", table.read(data, columns)
