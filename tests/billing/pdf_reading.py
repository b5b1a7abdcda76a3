"""Reads an issued PDF: its words, its objects, and what of PDF/A can be seen to be broken."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from io import BytesIO

import pypdf
from fontTools.ttLib import TTFont
from lxml import etree
from pypdf.generic import DictionaryObject, IndirectObject

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
FX = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
NOTHING_PRINTED = {"TypeCode", "CategoryCode", "ExemptionReasonCode", "Indicator", "LineID"}
MACHINES_ONLY = re.compile("Context|Scheme|DateTimeString|CurrencyCode|CountryID|BasisQuantity")


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in reader(pdf).pages))


def everything(pdf: bytes) -> list[object]:
    """Every object of the file."""
    found = reader(pdf)
    numbers = range(1, int(found.trailer["/Size"]))
    return [IndirectObject(number, 0, found).get_object() for number in numbers]


def wrong_for_pdf_a(pdf: bytes) -> list[str]:
    """What of PDF/A-3 and Factur-X a reader without a validator can see to be broken."""
    found, wrong = reader(pdf), []
    catalog = found.trailer["/Root"]
    packet = catalog["/Metadata"].get_data()
    if packet.count(b"<rdf:RDF") != 1:
        wrong.append("not one rdf:RDF")
    rdf = etree.fromstring(packet[packet.index(b"<x:xmpmeta") : packet.rindex(b"<?xpacket")])
    if not rdf.findall(f".//{FX}ConformanceLevel"):
        wrong.append("no Factur-X description")
    if b"pdfaExtension:schemas" not in packet or b"pdfaid:part" not in packet:
        wrong.append("no extension schema or no part")
    [intent] = catalog["/OutputIntents"]
    if not intent["/DestOutputProfile"].get_data():
        wrong.append("no output intent")
    wrong += _said_twice(found, packet.decode())
    if "/ID" not in found.trailer:
        wrong.append("no identifier")
    wrong += _attachments(catalog)
    for made in everything(pdf):
        if isinstance(made, DictionaryObject):
            wrong += _one_object(made) + _seen_through(made)
    return wrong


def _said_twice(found: pypdf.PdfReader, packet: str) -> list[str]:
    """What stands in the old metadata stands in the new ones, word by word."""
    said = {name: str(value) for name, value in found.metadata.items() if "Date" not in name}
    days = {re.sub(r"\D", "", str(found.metadata[name])) for name in ("/CreationDate", "/ModDate")}
    text = html.unescape(packet)
    missing = [name for name, value in said.items() if value not in text]
    return missing + [day for day in days if day not in re.sub(r"[-:TZ]", "", packet)]


def odd_widths(pdf: bytes) -> list[str]:
    """Glyphs whose width in the page is not that in the font that is embedded."""
    odd = []
    for made in everything(pdf):
        if not isinstance(made, DictionaryObject) or made.get("/Subtype") != "/CIDFontType2":
            continue
        font = TTFont(BytesIO(made["/FontDescriptor"]["/FontFile2"].get_data()), lazy=True)
        order, metrics = font.getGlyphOrder(), font["hmtx"].metrics
        scale = 1000 / font["head"].unitsPerEm
        widths = made["/W"]
        for first, listed in zip(widths[::2], widths[1::2], strict=True):
            for glyph, width in enumerate(listed, int(first)):
                if glyph < len(order) and abs(width - metrics[order[glyph]][0] * scale) > 1:
                    odd.append(f"{made['/BaseFont']} {glyph}")
        if "/CIDToGIDMap" not in made:
            odd.append(f"{made['/BaseFont']} has no map of its glyphs")
    return odd


def _attachments(catalog: DictionaryObject) -> list[str]:
    wrong, [file] = [], [reference.get_object() for reference in catalog["/AF"]]
    if file["/AFRelationship"] != "/Alternative":
        wrong.append("relationship")
    stream = file["/EF"]["/F"].get_object()
    if stream["/Subtype"] not in {"/text/xml", "/application/xml"}:
        wrong.append(f"type {stream['/Subtype']}")
    if not stream["/Params"].get("/ModDate"):
        wrong.append("no date")
    if file["/UF"] != file["/F"]:
        wrong.append("two names")
    return wrong


def _one_object(made: DictionaryObject) -> list[str]:
    wrong = []
    if made.get("/Type") == "/Font" and made.get("/Subtype") == "/Type0":
        inner = made["/DescendantFonts"][0].get_object()
        file = inner["/FontDescriptor"]
        if not {"/FontFile2", "/FontFile3"} & set(file):
            wrong.append(f"font not embedded: {made['/BaseFont']}")
        if "/ToUnicode" not in made:
            wrong.append(f"no way back to letters: {made['/BaseFont']}")
    if made.get("/Subtype") == "/Image":
        if made.get("/Interpolate", False) == True:  # noqa: E712  (an object of the file)
            wrong.append("interpolation")
        if made.get("/ColorSpace") == "/DeviceCMYK" or "/SMask" in made:
            wrong.append("an image that is not opaque sRGB")
    if made.get("/S") in {"/JavaScript", "/Launch", "/URI"} or "/JS" in made:
        wrong.append("an action")
    return wrong


def _seen_through(made: DictionaryObject) -> list[str]:
    wrong = []
    if "LZW" in str(made.get("/Filter", "")):
        wrong.append("LZW")
    if made.get("/S") == "/Transparency" and "/CS" not in made:
        wrong.append("a group without colours of its own")
    if any(made.get(name, 1) != 1 for name in ("/ca", "/CA")):
        wrong.append("something is seen through")
    return wrong


def glyph_zero(pdf: bytes) -> bool:
    """Whether any text shows glyph 0, the box for what a font does not have."""
    for page in reader(pdf).pages:
        content = page.get_contents().get_data()
        for string in re.findall(rb"<([0-9a-fA-F]+)>", content):
            codes = [string[i : i + 4] for i in range(0, len(string), 4)]
            if b"0000" in codes:
                return True
    return False


def texts_of(xml: bytes) -> list[str]:
    """What a person should find on paper of what stands in the XML, figures apart."""
    found = []
    for node in etree.fromstring(xml).iter():
        name = etree.QName(node).localname
        path = "/".join(etree.QName(parent).localname for parent in node.iterancestors())
        is_figure = re.fullmatch(r"-?\d+(\.\d+)?", node.text or "")
        skip = name in NOTHING_PRINTED or MACHINES_ONLY.search(f"{path}/{name}")
        if not len(node) and node.text and not skip and not is_figure:
            found.append(node.text)
    return found


def figures_of(xml: bytes) -> list[Decimal]:
    return [
        Decimal(node.text)
        for node in etree.fromstring(xml).iter()
        if etree.QName(node).localname.endswith("Amount")
        and etree.QName(node).localname not in {"ChargeTotalAmount", "AllowanceTotalAmount"}
        and "Monetary" not in etree.QName(node.getparent()).localname[:0]
    ]
