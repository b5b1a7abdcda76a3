"""The PDF: people read what machines read, and it stays PDF/A as far as a test can see."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
import zxingcpp
from lxml import etree
from PIL import Image
from pypdf.generic import DictionaryObject

from cfp.billing import words
from cfp.billing.bundle import Bundle, make
from cfp.billing.document import Document
from cfp.billing.einvoice import Profile
from cfp.billing.printed.logo import embedded
from cfp.billing.vocabulary import LANGUAGES
from cfp.errors import Refused
from tests.billing.pdf_reading import (
    everything,
    figures_of,
    glyph_zero,
    odd_widths,
    printed,
    reader,
    squeezed,
    texts_of,
    wrong_for_pdf_a,
)
from tests.billing.scenarios import BUYER, SCENARIOS, SELLER, Scenario, describe, document

AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def issued(given: Document, **more) -> Bundle:
    return make(given, at=AT, **more)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_people_read_what_machines_read_and_it_looks_like_pdf_a(scenario: Scenario):
    given = scenario.document
    made = issued(given)
    assert wrong_for_pdf_a(made.pdf) == []
    assert not glyph_zero(made.pdf)
    text = printed(made.pdf)
    spaceless = text.replace("\N{NO-BREAK SPACE}", "")
    for value in texts_of(made.en16931):
        assert squeezed(value) in spaceless, value
    for amount in figures_of(made.en16931):
        plain = squeezed(words.money(amount, given.currency, given.language))
        as_price = squeezed(words.price(amount, given.currency, given.language))
        assert plain in spaceless or as_price in spaceless, amount
    assert words.day(given.issued, given.language).replace(" ", "") in spaceless


def test_the_xml_inside_is_the_xml_beside():
    made = issued(document())
    assert dict(reader(made.pdf).attachments.items()) == {"factur-x.xml": [made.en16931]}


def test_an_xrechnung_carries_its_own_xml_and_says_so():
    made = issued(document(), profile=Profile.XRECHNUNG)
    assert dict(reader(made.pdf).attachments.items()) == {"xrechnung.xml": [made.xrechnung]}
    assert b"<fx:ConformanceLevel>XRECHNUNG<" in made.pdf
    assert wrong_for_pdf_a(made.pdf) == []


def test_what_cannot_be_an_xrechnung_is_refused_only_if_it_must_be_one():
    given = document(buyer={**BUYER, "reference": ""})
    assert issued(given).xrechnung is None
    with pytest.raises(Refused):
        issued(given, profile=Profile.XRECHNUNG)


def test_the_same_document_on_the_same_day_gives_the_same_bytes():
    assert issued(document()).pdf == issued(document()).pdf


def test_the_dates_are_those_of_the_document_everywhere():
    found = reader(issued(document()).pdf)
    assert found.metadata.creation_date_raw == found.metadata.modification_date_raw
    assert found.metadata.creation_date == AT
    assert found.xmp_metadata.xmp_create_date.replace(tzinfo=UTC) == AT


HOSTILE = [
    "<b>&amp; \"quotes\" 'and' ]]> <!-- --> {{ 7*7 }} {% raw %}",
    "Party 🎉 👨‍👩‍👧 👍🏽 🇩🇪 ❤️ ☎",
    "株式会社カンファレンス 한국어 中文字",
    "Ελλάδα Привет Łódź Tiếng Việt ﬁ ŀ",
    "W" * 300,
    "ein langes wort " * 30,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_name_is_printed_whole_and_stays_pdf_a(text):
    given = document(
        seller={**SELLER, "name": text},
        buyer={**BUYER, "name": text, "street": text},
        lines=[{"name": text, "details": text, "unit_price": 10, "rate": 19}],
        notes=[text],
    )
    made = issued(given)
    assert wrong_for_pdf_a(made.pdf) == []
    assert not glyph_zero(made.pdf)
    assert squeezed(given.buyer.name) in printed(made.pdf)
    assert given.buyer.name.encode() in etree.tostring(
        etree.fromstring(made.en16931), encoding="utf-8", method="text"
    )


@pytest.mark.parametrize(
    "text",
    [
        "شركة المسرح العربي (ش.م.م.)",
        'תיאטרון בע"מ',
        "रंगमंच प्राइवेट लिमिटेड",
        "บริษัท โรงละคร จำกัด თეატრი Թատրոն",
    ],
)
def test_names_whose_letters_join_or_run_leftwards_are_printed_and_stay_exact_in_the_xml(text):
    given = document(buyer={**BUYER, "name": text, "street": text})
    made = issued(given)
    assert wrong_for_pdf_a(made.pdf) == []
    assert not glyph_zero(made.pdf)
    assert text.encode() in etree.tostring(
        etree.fromstring(made.en16931), encoding="utf-8", method="text"
    )


def test_fonts_are_embedded_with_the_widths_that_the_page_counts_on():
    given = document(buyer={**BUYER, "name": "Ω Ж 株 👍 ש रंग ไทย fi Łódź"})
    assert odd_widths(issued(given).pdf) == []


def test_devanagari_is_said_as_it_was_written_beside_what_is_drawn():
    made = issued(document(buyer={**BUYER, "name": "लिमिटेड"}))
    content = b"".join(page.get_contents().get_data() for page in reader(made.pdf).pages)
    said = "लिमिटेड".encode("utf-16-be").hex().encode()
    assert said in content.lower()


@pytest.mark.parametrize("text", ["ಕನ್ನಡ", "𠮷野家", "Ancient 𐎠"])
def test_what_no_font_of_ours_has_is_refused_with_the_character(text):
    with pytest.raises(Refused) as refused:
        issued(document(buyer={**BUYER, "name": text}))
    assert "cannot be printed" in refused.value.sentence
    assert "U+" in refused.value.sentence


def test_eighty_lines_go_over_pages_that_repeat_the_head():
    lines = [
        {"name": f"Zeile {n}", "quantity": n, "unit_price": "1.23", "rate": 19}
        for n in range(1, 81)
    ]
    made = issued(document(lines=lines))
    pages = [page.extract_text() for page in reader(made.pdf).pages]
    assert len(pages) >= 3
    assert all(f"/ {len(pages)}" in page for page in pages)
    assert all("Einzelpreis" in page for page in pages[:-1])
    words = printed(made.pdf)
    assert all(f"Zeile{n}" in words for n in range(1, 81))
    assert wrong_for_pdf_a(made.pdf) == []


def picture(mode: str, kind: str) -> bytes:
    target = BytesIO()
    Image.new(mode, (400, 100), tuple([90] * len(mode))).save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("CMYK", "JPEG"),
        ("RGBA", "PNG"),
        ("LA", "PNG"),
        ("P", "GIF"),
        ("RGB", "WEBP"),
        ("CMYK", "TIFF"),
    ],
)
def test_any_logo_becomes_plain_srgb(mode, kind):
    data = picture(mode, kind) if mode != "P" else picture("RGB", "GIF")
    made = issued(document(), logo=embedded(data))
    assert wrong_for_pdf_a(made.pdf) == []
    images = [
        each
        for each in everything(made.pdf)
        if isinstance(each, DictionaryObject) and each.get("/Subtype") == "/Image"
    ]
    assert len(images) == 1


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"%PDF-1.7", picture("RGB", "JPEG")[:60]])
def test_what_is_no_picture_is_no_logo(data):
    with pytest.raises(Refused):
        embedded(data)


def test_the_giro_code_holds_the_transfer():
    svg = re.search(r'src="(data:image/svg[^"]+)"', page_of(document()))
    assert svg
    from segno import helpers  # noqa: PLC0415

    drawn = helpers.make_epc_qr(
        name=SELLER["name"],
        iban="DE89370400440532013000",
        amount=Decimal("119.00"),
        reference=document().payment.reference,
        bic="COBADEFFXXX",
        encoding="utf-8",
    )
    target = BytesIO()
    drawn.save(target, kind="png", scale=4)
    [read] = zxingcpp.read_barcodes(Image.open(target))
    assert read.text.splitlines() == [
        "BCD",
        "002",
        "1",
        "SCT",
        "COBADEFFXXX",
        SELLER["name"],
        "DE89370400440532013000",
        "EUR119",
        "",
        document().payment.reference,
    ]
    assert drawn.svg_data_uri(border=0, scale=4, dark="#000") == svg[1].replace("&#39;", "'")


def page_of(given: Document) -> str:
    from cfp.billing.printed.page import html  # noqa: PLC0415
    from cfp.billing.totals import add_up  # noqa: PLC0415

    return html(given, add_up(given), at="2027-03-01T00:00:00Z")


@pytest.mark.parametrize("name", ["paid by card", "in kind", "cancellation"])
def test_where_nothing_is_to_be_transferred_there_is_no_code(name):
    given = next(scenario for scenario in SCENARIOS if scenario.name == name).document
    assert "data:image/svg" not in page_of(given)


def test_no_code_for_other_currencies():
    assert "data:image/svg" not in page_of(document(currency="CHF"))


def test_a_cancellation_is_never_called_gutschrift():
    given = next(s for s in SCENARIOS if s.name == "cancellation").document
    page = page_of(given)
    assert "Stornorechnung 2027-0002" in page
    assert "Gutschrift" not in page
    assert "Storno der Rechnung 2027-0001 vom 15.02.2027." in page


def test_descriptions_are_complete():
    assert set(LANGUAGES["de"]) == set(LANGUAGES["en"])
    assert describe()
