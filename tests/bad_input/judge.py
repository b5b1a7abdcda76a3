"""What every answer to a form owes: a sentence, nothing lost, nothing half done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from lxml import html
from werkzeug.test import TestResponse

from cfp.db import db
from cfp.forms import DIRECTION_MARKS, clean_paragraphs
from tests.bad_input.forms import CONTROL, MEASURED, TYPED, Form, Pairs, words_on
from tests.bad_input.house import Dump, House

MACHINERY = re.compile(r"Traceback|werkzeug|sqlalchemy|psycopg|<title>\s*\d{3} ", re.IGNORECASE)
SENTENCE = re.compile(r"\w[^.!?]{8,}[.!?]")
REFUSALS = frozenset({400, 403, 404, 409, 413, 422, 429})


def faults(house: House, form: Form, response: TestResponse, sent: Pairs) -> Iterator[str]:
    """Everything that is wrong with this answer, each in a few words."""
    status, dump = response.status_code, house.dump()
    if status in REFUSALS:
        yield from page_faults(response)
        if dump != house.filled:
            yield "half done: refused, and the database is another"
        yield from (f"lost what was typed in {name}" for name in lost(form, response, sent))
    elif status == 200:
        if dump != house.filled:
            yield "a page instead of a redirect, and the database is another"
    elif status not in {302, 303}:
        yield f"answers {status}"
    if dump is not house.filled:
        yield from kept_faults(dump)


def page_faults(response: TestResponse) -> Iterator[str]:
    if response.mimetype != "text/html":
        yield f"a refusal as {response.mimetype}"
        return
    page = html.document_fromstring(response.text)
    if MACHINERY.search(response.text):
        yield "shows the machinery"
    if len(page.xpath("//h1")) != 1:
        yield f"{len(page.xpath('//h1'))} h1"
    said = page.xpath("//main//*[contains(@class, 'error') or contains(@class, 'lead')]")
    said += page.xpath("//main//*[contains(@class, 'note')]") if not said else []
    sentences = " ".join(" ".join(one.text_content().split()) for one in said)
    if not SENTENCE.search(sentences):
        yield f"no sentence says why: {response.status_code} {sentences!r}"


def lost(form: Form, response: TestResponse, sent: Pairs) -> Iterator[str]:
    """The fields whose words are nowhere on the page; a password never is."""
    typed = {f.name for f in form.of_kind(TYPED | MEASURED) if f.kind != "password"}
    # Parts of a form with files are read otherwise than what is encoded as an address.
    unreadable = "replace" if form.of_kind({"file"}) else "werkzeug.url_quote"
    on_page = flat(words_on(response.text))
    first = dict(reversed(sent))  # of a name sent twice the first one counts
    for name, value in first.items():
        if name in typed and flat(value, unreadable) not in on_page:
            yield name


def flat(text: str, unreadable: str = "werkzeug.url_quote") -> str:
    """As two texts are compared: cleaned as our forms clean them, single-spaced."""
    readable = text.encode(errors="surrogateescape").decode(errors=unreadable)
    return " ".join(clean_paragraphs(readable).translate(DIRECTION_MARKS).split())


def kept_faults(dump: Dump) -> Iterator[str]:
    """What no table may hold: texts beyond their length, control characters, halves of pairs."""
    for table in db.metadata.sorted_tables:
        columns = [c for c in table.columns if isinstance(c.type, sa.String | sa.Text)]
        places = {column.name: n for n, column in enumerate(table.columns)}
        for row in dump.get(table.name, ()):
            for column in columns:
                yield from _value_faults(column, row[places[column.name]])


def _value_faults(column: sa.Column[Any], value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        return
    length = getattr(column.type, "length", None)
    if length is not None and len(value) > length:
        yield f"{column} holds {len(value)} characters"
    if CONTROL.search(value):
        yield f"{column} holds control characters"
    if length is not None and set(map(ord, value)) & set(DIRECTION_MARKS):
        yield f"{column} holds marks that reorder text"
