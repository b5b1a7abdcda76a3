"""The parts of pages: what every form, list and badge owes to those who use them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import wtforms
from flask import Flask, render_template_string
from flask_babel import Babel
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms.validators import DataRequired, Length

from cfp import plot

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "cfp" / "static"


class ParagraphsField(wtforms.TextAreaField):
    """A field of our own: it must look like the one it comes from."""


class Question(FlaskForm):
    class Meta:
        csrf = False

    text = wtforms.StringField("Text", [DataRequired("Please ask something.")])


class Proposal(FlaskForm):
    title = wtforms.StringField("Title", [DataRequired("Please give it a title."), Length(max=80)])
    abstract = ParagraphsField("Abstract", [Length(max=1500)], description="Markdown is fine.")
    format = wtforms.RadioField(
        "Format",
        [DataRequired("Please choose.")],
        choices=[wtforms.SelectChoice("t", "Talk"), wtforms.SelectChoice("w", "Workshop")],
    )
    days = wtforms.SelectMultipleField(
        "Days", choices=[wtforms.SelectChoice("1", "Monday"), wtforms.SelectChoice("2", "Tuesday")]
    )
    seats = wtforms.IntegerField("Seats")
    agreed = wtforms.BooleanField("You may record me")
    question = wtforms.FormField(Question)
    questions = wtforms.FieldList(wtforms.FormField(Question), min_entries=1)


@pytest.fixture(scope="module")
def app() -> Flask:
    """The macros alone: no database, a missing variable is an error."""
    app = Flask("cfp", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.config["SECRET_KEY"] = "tests"
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app)
    CSRFProtect(app)
    return app


@pytest.fixture
def render(app: Flask) -> Iterator[Any]:
    with app.test_request_context("/team/proposals?track=2&track=3&sort=title&page=4"):
        yield lambda source, **values: Page(render_template_string(source, **values))


class Page(HTMLParser):
    """A piece of a page, asked by tag and attribute."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [own for name, own in self.tags if name == tag and wanted.items() <= own.items()]

    def one(self, tag: str, **attributes: str) -> dict[str, str | None]:
        (found,) = self.all(tag, **attributes)
        return found


FIELD = '{% from "macros/form.html" import field, error_summary, csrf, submit %}'


def sent(**typed: str) -> Proposal:
    """A form as it came back with what is wrong."""
    form = Proposal(MultiDict(typed), meta={"csrf": False})
    form.validate()
    return form


def test_a_label_names_its_field(render):
    page = render(FIELD + "{{ field(form.title) }}", form=Proposal())
    assert page.one("label")["for"] == page.one("input")["id"] == "title"


def test_what_may_stay_empty_says_so(render):
    assert "(optional)" in render(FIELD + "{{ field(form.seats) }}", form=Proposal()).words
    assert "(optional)" not in render(FIELD + "{{ field(form.title) }}", form=Proposal()).words


def test_an_error_stands_beside_its_field_and_describes_it(render):
    page = render(FIELD + "{{ field(form.title, help='As printed.') }}", form=sent())
    described = page.one("input")["aria-describedby"].split()
    assert page.one("input")["aria-invalid"] == "true"
    assert described == ["title-help", "title-error", "title-count"]
    assert {own.get("id") for _, own in page.tags} >= set(described)
    assert "Please give it a title." in page.words


def test_a_field_without_errors_is_not_called_invalid(render):
    page = render(FIELD + "{{ field(form.seats) }}", form=Proposal())
    assert "aria-invalid" not in page.one("input")
    assert "aria-describedby" not in page.one("input")


def test_long_text_is_counted_and_never_cut(render):
    page = render(FIELD + "{{ field(form.abstract) }}{{ field(form.title) }}", form=Proposal())
    assert "maxlength" not in page.one("textarea")
    assert "maxlength" not in page.one("input")
    assert page.one("p", data_count_for="abstract")["data-most"] == "1500"
    assert "At most 1500 characters" in page.words


def test_further_attributes_reach_the_input(render):
    page = render(FIELD + "{{ field(form.title, autocomplete='name', rows=2) }}", form=Proposal())
    assert page.one("input")["autocomplete"] == "name"


def test_choices_are_a_group_with_one_name_and_a_label_each(render):
    page = render(FIELD + "{{ field(form.format) }}{{ field(form.days) }}", form=sent(days="2"))
    assert len(page.all("fieldset")) == len(page.all("legend")) == 2
    assert [own["value"] for own in page.all("input", type="radio", name="format")] == ["t", "w"]
    boxes = page.all("input", type="checkbox", name="days")
    assert ["checked" in own for own in boxes] == [False, True]
    ids = {own["id"] for own in page.all("input")}
    assert {own["for"] for own in page.all("label")} == ids


def test_a_checkbox_stands_before_its_label(render):
    page = render(FIELD + "{{ field(form.agreed) }}", form=Proposal())
    assert [tag for tag, _ in page.tags if tag in {"input", "label"}] == ["input", "label"]


def test_the_summary_links_every_error_to_a_field_that_is_there(render):
    page = render(
        FIELD
        + "{{ error_summary(form) }}{% for one in form %}{{ field(one) }}{% endfor %}"
        + "{{ submit('Save') }}",
        form=sent(seats="many"),
    )
    targets = [own["href"][1:] for own in page.all("a")]
    ids = {own.get("id") for _, own in page.tags}
    assert targets == ["title", "format-0", "seats", "question-text", "questions-0-text"]
    assert set(targets) <= ids
    assert page.all("div", role="alert")


def test_a_form_without_errors_has_no_summary(render):
    assert render(FIELD + "{{ error_summary(form) }}", form=Proposal()).source.strip() == ""


def test_a_refusal_of_the_whole_form_stands_in_the_summary(render):
    form = sent(title="Snow", format="t")
    form.form_errors = ["The call is closed."]
    assert "The call is closed." in render(FIELD + "{{ error_summary(form) }}", form=form).words


def test_hidden_fields_carry_the_token(render):
    page = render(FIELD + "{{ csrf(form) }}", form=Proposal())
    assert page.one("input", type="hidden", name="csrf_token")["value"]


TABLE = '{% from "macros/table.html" import here, table, pagination, column_header %}'


def test_an_address_keeps_the_rest_of_its_query(render):
    page = render(TABLE + "<a href=\"{{ here({'sort': 'mean', 'page': none}) }}\">x</a>")
    assert page.one("a")["href"] == "/team/proposals?track=2&track=3&sort=mean"


def test_a_column_sorts_the_other_way_when_pressed_again(render):
    source = TABLE + "{{ column_header({'label': 'Title', 'key': 'title'}, sort) }}"
    up, down = render(source, sort="title"), render(source, sort="-title")
    assert up.one("th")["aria-sort"] == "ascending"
    assert up.one("a")["href"].endswith("sort=-title")
    assert down.one("th")["aria-sort"] == "descending"
    assert down.one("a")["href"].endswith("sort=title")


def test_a_list_has_a_caption_and_heads(render):
    source = (
        TABLE + "{% call table('Rooms', [{'label': 'Name'}]) %}<tr><td>A</td></tr>{% endcall %}"
    )
    page = render(source)
    assert page.words == ["Rooms", "Name", "A"]
    assert page.one("th")["scope"] == "col"


@pytest.mark.parametrize(
    ("page", "pages", "links"),
    [(1, 1, []), (1, 3, ["next"]), (2, 3, ["prev", "next"]), (3, 3, ["prev"])],
)
def test_pages_lead_to_their_neighbours(render, page, pages, links):
    found = render(TABLE + "{{ pagination(page, pages) }}", page=page, pages=pages)
    assert [own["rel"] for own in found.all("a")] == links


@pytest.mark.parametrize("state", ["waiting", "running", "done", "failed", "cancelled"])
def test_work_asks_for_news_and_can_be_cancelled_only_while_open(render, state):
    page = render(
        '{% from "macros/progress.html" import progress %}'
        "{{ progress('Solving', 0.5, state, elapsed=75, cancel_url='/c', poll_url='/p') }}",
        state=state,
    )
    is_open = state in {"waiting", "running"}
    assert ("hx-get" in page.one("section")) == is_open
    assert bool(page.all("form")) == is_open
    assert any("1 min 15 s" in words for words in page.words)


def test_a_question_names_what_will_happen_and_carries_the_token(render):
    page = render(
        '{% from "macros/confirm.html" import confirm %}'
        "{{ confirm('gone', 'Delete', 'Delete it?', 'Three rooms go too.', '/delete', 'Delete') }}"
    )
    assert page.one("button", popovertarget="gone", class_="btn btn-outline-danger")
    assert page.one("dialog")["aria-describedby"] == "gone-sentence"
    assert page.one("form")["action"] == "/delete"
    assert page.one("input", name="csrf_token")["value"]


def test_a_picture_has_its_numbers_behind_it(render):
    picture = plot.bars("Reviews", [plot.Bar("Ada", 28, 30)])
    page = render(
        '{% from "macros/figure.html" import plot_figure %}{{ plot_figure(picture) }}',
        picture=picture,
    )
    assert len(page.all("svg", role="img")) == 2
    assert page.words[-2:] == ["Ada", "28 / 30"]


def test_a_track_is_a_colour_and_a_name(render):
    page = render('{% from "macros/badge.html" import track_badge %}{{ track_badge("Search", 2) }}')
    assert "track-2" in page.all("span")[0]["class"]
    assert page.words == ["Search"]


def test_scores_are_told_to_those_who_hear_the_page(render):
    page = render('{% from "macros/score.html" import score_spread %}{{ score_spread([5, 1, 5]) }}')
    assert page.one("span", role="img")["aria-label"] == "Scores: 1, 5, 5"
    assert page.one("span", data_n="2")


def sources() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def test_nothing_is_inline():
    for template in sources():
        source = template.read_text(encoding="utf-8")
        assert not re.search(r"\s(style|on[a-z]+)=", source), template
        assert not re.search(r"<script(?![^>]*(\bsrc=|application/ld))|<style\b", source), template


def test_every_drawing_exists():
    known = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons/sprite.svg").read_text()))
    for template in sources():
        used = re.findall(r"\bicon\('([a-z0-9-]+)'", template.read_text(encoding="utf-8"))
        assert set(used) <= known, template


def test_every_sheet_and_script_named_in_a_template_exists():
    for template in sources():
        source = template.read_text(encoding="utf-8")
        for name in re.findall(r"url_for\('static', filename='([^'{]+)'\)", source):
            assert (STATIC / name).is_file(), f"{template}: {name}"
