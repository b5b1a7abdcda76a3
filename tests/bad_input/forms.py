"""A form as a browser finds it on a page: its fields, what it would send, what came back of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask
from lxml import html
from werkzeug.exceptions import HTTPException

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
NUMBER = re.compile(r"\d+")
Pairs = list[tuple[str, str]]
TWINS = 2
TYPED = frozenset({"text", "email", "password", "search", "textarea", "tel", "url"})
MEASURED = frozenset({"number", "range", "date", "time", "datetime-local"})
CHOSEN = frozenset({"select", "select-multiple", "radio", "hidden"})
GOOD = {
    "text": "Snow in May",
    "textarea": "What we learnt from it.",
    "email": "somebody.new@example.org",
    "url": "https://example.org/snow",
    "password": "a-night-at-the-theatre",
    "number": "5",
    "range": "50",
    "date": "2027-05-10",
    "time": "12:30",
    "datetime-local": "2027-05-10T15:00",
    "file": "a file",  # of the kind that its field wants, see house.py
}
# Fields that want more than their kind says.
GOOD_HERE = {
    "website": "https://example.org/",
    "first": "09:00",
    "last": "17:00",
    "break-first": "11:00",
    "break-last": "11:30",
    "invite": "co.speaker@example.org",
    "slug": "next-year",
    "leaves_on": "2027-05-12",
    "iban": "DE02120300000000202051",
    "vat_id": "DE136695976",
    "steps": "2027-03-01, 2027-04-20",
    "catering.new_past pasted": "order time,product,price\n2027-01-02 12:00,Regular,199",
    "people.data password": "a-night-at-the-theatre",
    "people.erase sure": "y",
    "people.sign_in email": "sina@example.org",
    "billing.save_seller bic": "COBADEFFXXX",
    "billing.enter_rate year": "2027",
    "billing.enter_rate half": "1",
    "billing.book on": "FB27-0001",
    "tickets.settings bic": "COBADEFFXXX",
    "reviews.reviewers emails": "somebody.new@example.org",
}


@dataclass(frozen=True)
class Field:
    """One name of a form; ``sends`` is what a browser sends if nobody touches it."""

    name: str
    kind: str
    sends: tuple[str, ...]
    choices: tuple[str, ...] = ()

    def filled(self, endpoint: str) -> tuple[str, ...]:
        """What a person might say here."""
        wanted = GOOD_HERE.get(f"{endpoint} {self.name}", GOOD_HERE.get(self.name))
        if wanted and self.sends in {(), ("",)}:
            return (wanted,)
        if self.sends not in {(), ("",)} or self.kind in {"hidden", "checkbox", "select-multiple"}:
            return self.sends
        some = [choice for choice in self.choices if choice]
        return (some[0],) if some else (GOOD[self.kind],) if self.kind in GOOD else ("",)


@dataclass(frozen=True)
class Form:
    """Where it was found, where it goes, what it asks."""

    page: str
    action: str
    endpoint: str
    method: str
    fields: tuple[Field, ...]
    buttons: tuple[tuple[str, str], ...]

    @property
    def signature(self) -> tuple[str, frozenset[str]]:
        """Two forms that ask the same of the same view are one."""
        return self.endpoint, frozenset(field.name for field in self.fields)

    def of_kind(self, kinds: Iterable[str]) -> list[Field]:
        return [field for field in self.fields if field.kind in kinds]

    def data(self, changes: dict[str, str] | None = None) -> Pairs:
        """What is sent when a person fills it in, all but ``changes``."""
        changes = changes or {}
        return [
            (field.name, value)
            for field in self.fields
            for value in (
                (changes[field.name],) if field.name in changes else field.filled(self.endpoint)
            )
        ]


def one_of_each(
    forms: Iterable[tuple[str, Form]], kinds: Iterable[str] | None = None
) -> Iterator[tuple[str, Form, Field]]:
    """The fields of all forms, of those that are alike a few.

    One of those that differ by a number alone (half_0, half_1); two where a view offers the same.
    """
    known: Counter[tuple[object, ...]] = Counter()
    for role, form in forms:
        for field in form.fields if kinds is None else form.of_kind(kinds):
            alike = form.endpoint, field.kind, NUMBER.sub("#", field.name)
            offer = form.endpoint, field.choices
            if not known[alike] and (not field.choices or known[offer] < TWINS):
                known.update((alike, offer))
                yield role, form, field


def forms_of(app: Flask, page: str, text: str) -> list[Form]:
    """The forms of a page; one that a script fills before it sends it is no form yet."""
    tree = html.document_fromstring(text)
    found = [_form(app, page, one) for one in tree.forms if "data-move" not in one.attrib]
    return [form for form in found if form is not None]


def _form(app: Flask, page: str, form: html.FormElement) -> Form | None:
    action = form.get("action") or page
    path, method = urlsplit(action).path, (form.get("method") or "get").upper()
    try:
        endpoint, _values = app.url_map.bind("localhost").match(path, method=method)
    except HTTPException:
        endpoint = f"nothing at {path}"
    if form.xpath(".//fieldset[@disabled]"):
        return None
    return Form(page, action, endpoint, method, tuple(_fields(form)), tuple(_buttons(form)))


def _buttons(form: html.FormElement) -> Pairs:
    named = form.xpath(".//button[@name][not(@type='button')] | .//input[@type='submit'][@name]")
    return list(dict.fromkeys((b.get("name"), b.get("value") or "") for b in named))


def _fields(form: html.FormElement) -> Iterable[Field]:
    names: dict[str, list[html.HtmlElement]] = {}
    for element in form.xpath(".//input | .//textarea | .//select"):
        if element.get("name") and element.get("type") not in {"submit", "button"}:
            names.setdefault(element.get("name"), []).append(element)
    for name, elements in names.items():
        if not name.endswith("csrf_token"):
            yield _field(name, elements)


def _field(name: str, elements: list[html.HtmlElement]) -> Field:
    first = elements[0]
    if first.tag == "textarea":
        return Field(name, "textarea", (typed_in(first),))
    if first.tag == "select":
        options = first.xpath(".//option")
        values = tuple(_value(option) for option in options)
        chosen = tuple(_value(option) for option in options if "selected" in option.attrib)
        if "multiple" in first.attrib:
            return Field(name, "select-multiple", chosen, values)
        return Field(name, "select", chosen[-1:] or values[:1], values)
    kind = first.get("type") or "text"
    if kind in {"radio", "checkbox"}:
        values = tuple(element.get("value", "on") for element in elements)
        checked = tuple(e.get("value", "on") for e in elements if "checked" in e.attrib)
        return Field(name, kind, checked, values)
    return Field(name, kind, tuple(element.get("value") or "" for element in elements[:1]))


def _value(option: html.HtmlElement) -> str:
    value = option.get("value")
    return str(option.text_content()) if value is None else str(value)


def typed_in(textarea: html.HtmlElement) -> str:
    """A browser leaves out the first line break of a text area."""
    text = str(textarea.text_content())
    return text.removeprefix("\r").removeprefix("\n")


def words_on(text: str) -> str:
    """All that a person could copy from a page: what it says and what stands in its fields."""
    tree = html.document_fromstring(CONTROL.sub("", text))
    values = [str(value) for value in tree.xpath("//input/@value")]
    return " ".join([*values, str(tree.text_content())])
