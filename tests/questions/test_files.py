"""A file is what its bytes say."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfp.questions.files import clean_name, kind_of


def zipped(name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (zipped("mimetype", "application/vnd.oasis.opendocument.presentation"), "odp"),
        (zipped("ppt/presentation.xml", "<p/>"), "pptx"),
    ],
)
def test_what_we_take_is_known_by_its_bytes(data, ending):
    assert kind_of(data)[1] == ending


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", b"<html>", b"MZ\x90", b"GIF89a", zipped("a.txt", "x"), b" %PDF-"]
)
def test_everything_else_is_not_taken(data):
    assert kind_of(data) is None


@given(st.text(max_size=200))
def test_a_name_is_safe_and_has_the_ending_of_its_bytes(name):
    cleaned = clean_name(name, "pdf")
    assert cleaned.endswith(".pdf")
    assert len(cleaned) < 90
    assert not set(cleaned) & set("/\\\r\n\"'<>:;\0")
    assert not cleaned.startswith(".")
