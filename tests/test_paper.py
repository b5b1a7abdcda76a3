"""What is printed fetches nothing from outside, and no file but our static ones."""

from io import BytesIO

import pypdf
import pytest

from cfp.paper import STATIC, Unfetched, _Thrifty, static_file, to_pdf


def test_a_page_becomes_a_pdf_with_its_words():
    reader = pypdf.PdfReader(BytesIO(to_pdf("<h1>Programme</h1>")))
    assert "Programme" in reader.pages[0].extract_text()


def test_what_no_font_of_ours_has_becomes_a_question_mark_and_never_an_empty_box(caplog):
    pdf = to_pdf("<p>Ada ಕಕಕಕ สวัสดี مرحبا 株式会社 🎉 ❤\ufe0f Ω Ж")
    assert ".notdef" not in caplog.text  # WeasyPrint says so for each box that it prints
    said = pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "Ada ????" in said
    assert "株式会社" in said


def test_our_own_static_files_may_be_used():
    assert static_file(f"{STATIC.as_uri()}/css/tokens.css?v=1") == STATIC / "css" / "tokens.css"
    page = '<link rel="stylesheet" href="css/tokens.css"><p>set in our type'
    assert to_pdf(page).startswith(b"%PDF")


def test_a_picture_that_is_embedded_may_be_used():
    pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="
    assert to_pdf(f'<img src="{pixel}">').startswith(b"%PDF")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "http://127.0.0.1:9/logo.png",
        "https://example.org/logo.png",
        "ftp://127.0.0.1/logo.png",
        "../paper.py",
        "css/%2e%2e/%2e%2e/config.py",
        "css/missing.css",
        "//example.org/logo.png",
    ],
)
def test_nothing_else_is_fetched(address):
    with pytest.raises(Unfetched):
        to_pdf(f'<img src="{address}">')


class Pango:
    """Remembers what it is asked for."""

    def __init__(self):
        self.said = []

    def __getattr__(self, name):
        def call(*given):
            self.said.append((name, *given))
            return f"{name} {len(self.said)}"

        return call


def test_what_is_asked_of_pango_for_a_line_of_text_is_given_back():
    pango = Pango()
    thrifty = _Thrifty(pango)
    first, again = (thrifty.pango_attr_font_features_new(b"tnum 1") for _ in range(2))
    assert first is again
    mine, theirs = thrifty.pango_attr_list_new(), thrifty.pango_attr_list_new()
    thrifty.pango_attr_list_insert(mine, first)
    for several in (mine, theirs, mine):
        thrifty.pango_layout_set_attributes("layout", several)
    freed = [given for name, *given in pango.said if name == "pango_attr_list_unref"]
    assert freed == [[mine]]  # once, and no list that somebody else frees
    assert ("pango_attribute_copy", first) in pango.said


def test_whatever_is_printed_is_printed_by_the_thrifty_one():
    from weasyprint.text import line_break  # noqa: PLC0415

    to_pdf("<p style=\"font-feature-settings: 'tnum'\">1,234.50")
    assert isinstance(line_break.pango, _Thrifty)
