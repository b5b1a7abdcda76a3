"""The hybrid invoice: a PDF/A-3 that people read, with the XML inside that machines read."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml.ElementTree import fromstring

from cfp.billing.document import Document
from cfp.billing.einvoice import Profile
from cfp.billing.printed import glyphs
from cfp.billing.printed.page import html
from cfp.billing.totals import Totals
from cfp.paper import to_pdf

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FACTUR_X = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
PROPERTIES = {
    "DocumentFileName": "name of the embedded XML invoice file",
    "DocumentType": "INVOICE",
    "Version": "The actual version of the Factur-X XML schema",
    "ConformanceLevel": "The conformance level of the embedded Factur-X data",
}


def render(
    document: Document,
    totals: Totals,
    xml: bytes,
    *,
    profile: Profile,
    at: datetime,
    logo: str = "",
) -> bytes:
    """The PDF with ``xml`` inside. The same arguments give the same bytes."""
    from weasyprint import Attachment  # noqa: PLC0415  (the worker's)

    glyphs.check(document)
    attachment = Attachment(
        string=xml,
        name=profile.attachment,
        description=f"{profile.conformance}, CII",
        created=at,
        modified=at,
        relationship="Alternative",
    )
    return to_pdf(
        html(document, totals, at=f"{at:%Y-%m-%dT%H:%M:%SZ}", logo=logo),
        pdf_variant="pdf/a-3b",
        pdf_identifier=hashlib.sha256(xml).digest()[:16],
        attachments=[attachment],
        finisher=partial(_describe, profile=profile),
    )


def _describe(_document: Any, pdf: Any, *, profile: Profile) -> None:
    """Say in the metadata that is there which invoice is inside.

    WeasyPrint's own way adds a second ``rdf:RDF``, which readers do not look at.
    """
    for made in pdf.objects:
        extra = getattr(made, "extra", None) or {}
        if extra.get("Type") == "/Metadata":
            made.stream = [_described(b"".join(map(bytes, made.stream)), profile)]
            made.compress = False  # so that any reader finds it
    once = dict.fromkeys(pdf.catalog["AF"])  # it names every attachment twice
    pdf.catalog["AF"][:] = once


def _described(packet: bytes, profile: Profile) -> bytes:
    start, end = packet.index(b"<rdf:RDF"), packet.index(b"</rdf:RDF>") + len(b"</rdf:RDF>")
    rdf = fromstring(packet[start:end])
    rdf.append(_facts(profile))
    rdf.append(_extension())
    merged: bytes = tostring(rdf, encoding="utf-8")
    return packet[:start] + merged + packet[end:]


def _facts(profile: Profile) -> Element:
    register_namespace("fx", FACTUR_X)
    made = Element(f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    values = {
        "ConformanceLevel": profile.conformance,
        "DocumentFileName": profile.attachment,
        "DocumentType": "INVOICE",
        "Version": "1.0",
    }
    for name, value in values.items():
        SubElement(made, f"{{{FACTUR_X}}}{name}").text = value
    return made


def _extension() -> Element:
    """The description of our four properties that PDF/A asks for (ISO 19005-3, 6.6.2.3)."""
    for prefix, uri in {
        "pdfaExtension": EXTENSION,
        "pdfaSchema": SCHEMA,
        "pdfaProperty": PROPERTY,
    }.items():
        register_namespace(prefix, uri)
    made = Element(f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    schema = _resource(SubElement(SubElement(made, f"{{{EXTENSION}}}schemas"), f"{{{RDF}}}Bag"))
    SubElement(schema, f"{{{SCHEMA}}}schema").text = "Factur-X PDFA Extension Schema"
    SubElement(schema, f"{{{SCHEMA}}}namespaceURI").text = FACTUR_X
    SubElement(schema, f"{{{SCHEMA}}}prefix").text = "fx"
    listed = SubElement(SubElement(schema, f"{{{SCHEMA}}}property"), f"{{{RDF}}}Seq")
    for name, meaning in PROPERTIES.items():
        one = _resource(listed)
        SubElement(one, f"{{{PROPERTY}}}name").text = name
        SubElement(one, f"{{{PROPERTY}}}valueType").text = "Text"
        SubElement(one, f"{{{PROPERTY}}}category").text = "external"
        SubElement(one, f"{{{PROPERTY}}}description").text = meaning
    return made


def _resource(parent: Element) -> Element:
    return SubElement(parent, f"{{{RDF}}}li", {f"{{{RDF}}}parseType": "Resource"})
