"""A file is what its bytes say, is kept harmless, and everything else is refused in words."""

import io
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cfp.errors import Refused
from cfp.uploads import DOCUMENTS, MEGABYTE, PICTURES, SLIDES, Sent, Sort, clean_name, take_in

PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"
PPTX = {"[Content_Types].xml": "<t/>", "ppt/presentation.xml": "<p/>"}


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, text, compress_type=how)
    return out.getvalue()


def opened(sort):
    return zipped(mimetype=sort.media_type, **{"content.xml": "<o/>"})


def picture(kind, **more):
    target = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(target, kind, **more)
    return target.getvalue()


def take(data, sorts=frozenset(Sort), name="talk.exe", most=1):
    return take_in(Sent(name, data), sorts, most=most, field="file")


@pytest.mark.parametrize(
    ("data", "sort"),
    [
        (PDF, Sort.PDF),
        (picture("PNG"), Sort.PNG),
        (picture("JPEG"), Sort.JPEG),
        (picture("WEBP"), Sort.WEBP),
        (opened(Sort.ODP), Sort.ODP),
        (opened(Sort.ODT), Sort.ODT),
        (zipped(**PPTX), Sort.PPTX),
    ],
)
def test_what_we_take_is_known_by_its_bytes_and_named_after_them(data, sort):
    taken = take(data)
    assert (taken.sort, taken.name) == (sort, f"talk.{sort.value}")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "choose a file"),
        (b"<svg onload='x'/>", "none of the files"),
        (b"<html>", "none of the files"),
        (b"MZ\x90", "none of the files"),
        (b"GIF89a" + bytes(40), "none of the files"),
        (b" " + PDF, "none of the files"),
        (zipped(a="x"), "none of the files"),
        (zipped(mimetype="application/epub+zip"), "none of the files"),
        (b"PK\x03\x04 and nothing behind it: ppt/presentation.xml", "none of the files"),
        (PDF[:-8], "not complete"),
        *((picture(kind)[:-20], "cannot be read") for kind in ("PNG", "JPEG", "WEBP")),
        (bytes(MEGABYTE + 1), "at most 1 MB"),
        (zipped(**PPTX, **{"ppt/vbaProject.bin": "x"}), "macros"),
        (zipped(mimetype=Sort.ODP.media_type, **{"Basic/script.xml": "x"}), "macros"),
        (zipped(**PPTX, **{"ppt/media/bomb.bin": bytes(4 * MEGABYTE)}), "more packed"),
    ],
)
def test_everything_else_is_refused_in_words_at_its_field(data, why):
    with pytest.raises(Refused, match=why) as refused:
        take(data)
    assert refused.value.field == "file"


@pytest.mark.parametrize("sorts", [PICTURES, SLIDES, DOCUMENTS])
def test_only_what_was_asked_for_is_taken(sorts):
    files = {Sort.PDF: PDF, Sort.PNG: picture("PNG"), Sort.ODT: opened(Sort.ODT)}
    for sort, data in files.items():
        if sort in sorts:
            assert take(data, sorts).sort is sort
        else:
            with pytest.raises(Refused, match="none of the files"):
                take(data, sorts)


def test_of_a_picture_nothing_is_kept_but_what_can_be_seen():
    place = Image.Exif()
    place[0x010E] = "52.5N 13.4E"
    sent = picture("JPEG", exif=place) + b"<script>alert(1)</script>"
    kept = take(sent).data
    assert b"52.5N" in sent
    assert b"52.5N" not in kept
    assert b"script" not in kept
    assert Image.open(BytesIO(kept)).size == (60, 40)


def test_pixels_are_counted_before_they_are_unpacked():
    target = BytesIO()
    Image.new("1", (9000, 5000)).save(target, "PNG")
    with pytest.raises(Refused, match="too many pixels"):
        take(target.getvalue())


@given(st.text(max_size=200))
def test_a_name_is_safe_and_has_the_ending_of_its_bytes(name):
    cleaned = clean_name(name, "pdf")
    assert cleaned.endswith(".pdf")
    assert len(cleaned) < 90
    assert not set(cleaned) & set("/\\\r\n\"'<>:;\0")
    assert not cleaned.startswith(".")


@given(st.binary(max_size=300))
def test_odd_bytes_are_refused_and_break_nothing(data):
    for beginning in (b"", b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"):
        with suppress(Refused):
            assert take(beginning + data).sort in Sort
