"""Every form that anybody is offered, filled with everything that it does not expect."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.bad_input.forms import CHOSEN, MEASURED, TYPED, Form, Pairs, one_of_each
from tests.bad_input.judge import faults

LONG = "Snow " * 1000
ODD = "Snow\x00 \u202eyam\u202c\u200f 👩‍🎤 \x1b[31m\x85\ufeff \udcff\udcfe tail"
HUGE = "9" * 23
FORGED = ("", "999999", "-1", "x", HUGE, "9" * 5000, "\x00")
NO_NUMBER = ("abc", "1e400", "0x10", f"-{HUGE}", "9" * 5000, "2027-02-30", "25:99")
KEPT = (302, 303)
# A fragment for a script, which the button with the same name asks for without scripts; many of the
# editor's forms in one, tried in tests/schedule/test_editor_pages.py; what Stripe tells us, and
# what scanners say (tests/tickets/test_door_api.py).
WITHOUT_A_FORM = {
    "submissions.preview",
    "schedule.arrange",
    "schedule.pins",
    "tickets.redeem",
    "tickets.webhook",
    "people.code",  # asked after the password of whoever has a second factor
}
# A file from a disk, a code from a phone; a file that is the answer.
VOTING_ALREADY = {"reviews.put_to_vote"}  # the committee of our edition is asked
WITH_A_FILE = {"billing.read_statement", "interop.imports", "people.factor", "people.data"}


def in_turn(values: Iterable[Any], count: int = 1) -> Callable[[], list[Any]]:
    """A few of the values at each call, so that every field gets some and some field gets each."""
    turns = itertools.cycle(values)
    return lambda: list(itertools.islice(turns, count))


class Trial:
    """Sends forms and gathers what is wrong with the answers."""

    def __init__(self, house, forms):
        self.house, self.forms = house, forms
        self.complaints: list[str] = []
        self.sent = 0

    def all(self):
        """Every form that changes something, with who was offered it and one of its buttons."""
        for role, form in self.forms:
            if form.method == "POST":
                yield role, form, list(form.buttons[-1:])

    def each_field(self, kinds=None):
        """Each field of those forms once, with the same."""
        changing = [(role, form) for role, form in self.forms if form.method == "POST"]
        for role, form, field in one_of_each(changing, kinds):
            yield role, form, list(form.buttons[-1:]), field

    def send(self, case: str, role: str, form: Form, data: Pairs, **options):
        response = self.house.send(role, form, data, **options)
        self.sent += 1
        for fault in faults(self.house, form, response, data):
            self.complain(case, role, form, fault)
        return response

    def refuse(self, case: str, role: str, form: Form, data: Pairs):
        if self.send(case, role, form, data).status_code in KEPT:
            self.complain(case, role, form, "taken")

    def complain(self, case, role, form, fault):
        self.complaints.append(f"{form.endpoint} ({role}), {case[:60]!r}: {fault}")

    def verdict(self):
        assert self.sent > 10
        if self.complaints:
            pytest.fail("\n".join(self.complaints), pytrace=False)


@pytest.fixture
def trial(world, forms):
    return Trial(world, forms)


def changed(form: Form, value: str, kinds) -> Pairs:
    return form.data({field.name: value for field in form.of_kind(kinds)})


def test_every_view_that_changes_something_has_a_form(trial, house):
    changing = {
        rule.endpoint for rule in house.url_map.iter_rules() if "POST" in (rule.methods or ())
    }
    offered = {form.endpoint for _role, form in trial.forms if form.method == "POST"}
    assert changing - offered == WITHOUT_A_FORM
    assert offered <= changing


def test_what_a_person_would_fill_in_is_taken(trial):
    for role, form, _button in trial.all():
        for button in form.buttons or [None]:
            response = trial.send("well filled", role, form, form.data() + [button] * bool(button))
            refused = form.endpoint in WITH_A_FILE | VOTING_ALREADY
            is_kept = response.status_code in KEPT or refused
            if not is_kept and button != ("preview", "1"):
                trial.complain("well filled", role, form, f"answers {response.status_code}")
    trial.verdict()


def test_an_empty_form_gets_a_sentence(trial):
    for role, form, button in trial.all():
        trial.send("nothing at all", role, form, [])
        trial.send("all empty", role, form, [(f.name, "") for f in form.fields] + button)
        trial.send("no words", role, form, changed(form, "", TYPED | MEASURED) + button)
    trial.verdict()


def test_a_text_beyond_its_limit_is_neither_cut_nor_lost(trial):
    for role, form, button in trial.all():
        for text in (LONG, "Ä" * 400) if form.of_kind(TYPED) else ():
            case = f"{len(text)} characters"
            data = changed(form, text, TYPED) + button
            if trial.send(case, role, form, data).status_code in KEPT:
                kept = str(trial.house.dump())
                if text.strip() not in kept:
                    trial.complain(case, role, form, "cut without a word")
    trial.verdict()


def test_words_are_no_number_and_no_moment(trial):
    some = in_turn(NO_NUMBER)
    for role, form, button, field in trial.each_field(MEASURED):
        for wrong in some():
            data = form.data({field.name: wrong}) + button
            trial.refuse(f"{field.name}={wrong}", role, form, data)
    trial.verdict()


@pytest.mark.slow
def test_a_choice_that_nobody_offered_is_refused(trial):
    some, theirs = in_turn(FORGED), in_turn(trial.house.world.values["there"])
    for role, form, button, field in trial.each_field(CHOSEN):
        for forged in (*some(), *theirs()):
            if forged not in field.choices:
                tried = trial.send if field.kind == "hidden" else trial.refuse
                data = form.data({field.name: forged}) + button
                tried(f"{field.name}={forged}", role, form, data)
    trial.verdict()


def test_a_button_that_nobody_offered_does_no_harm(trial):
    some = in_turn(FORGED)
    for role, form, _button in trial.all():
        for name in {name for name, _value in form.buttons}:
            for forged in some():
                data = [*form.data(), (name, forged)]
                trial.send(f"{name}={forged}", role, form, data)
    trial.verdict()


def test_characters_from_elsewhere_are_cleaned_or_refused(trial):
    for role, form, button in trial.all():
        if form.of_kind(TYPED):
            trial.send("odd", role, form, changed(form, ODD, TYPED) + button)
    for role, form, button, field in trial.each_field(MEASURED | CHOSEN):
        trial.send(f"odd {field.name}", role, form, form.data({field.name: ODD}) + button)
    trial.verdict()


def test_fields_sent_twice_do_no_harm(trial):
    ways = (
        ("then another", lambda once, other: once + other),
        ("another first", lambda once, other: other + once),
        ("lists", lambda once, _other: [(f"{n}[]", v) for n, v in once]),
    )
    turns = in_turn(ways)
    for role, form, button in trial.all():
        if form.fields:
            once = form.data()
            twice = [pair for pair in once for _n in range(2)]
            other = [(field.name, "another") for field in form.fields]
            trial.send("twice", role, form, twice + button)
            for case, data in turns():
                trial.send(case, role, form, data(once, other) + button)
    trial.verdict()


def test_a_form_without_its_token_changes_nothing(trial):
    for role, form, button in trial.all():
        for token in ([], [("csrf_token", "forged")], [("csrf_token", "\x00")]):
            data = form.data() + button + token
            response = trial.send("no token", role, form, data, token=False)
            if response.status_code != 400:
                trial.complain("no token", role, form, f"answers {response.status_code}")
    trial.verdict()


def test_filters_take_anything(trial):
    for role, form in trial.forms:
        if form.method == "GET":
            for value in (LONG[:1000], ODD, *FORGED[:6]):
                everywhere = {field.name: value for field in form.fields}
                trial.send(f"all {value}", role, form, form.data(everywhere))
            for field in form.fields:
                trial.send(field.name, role, form, form.data({field.name: HUGE}))
    trial.verdict()
