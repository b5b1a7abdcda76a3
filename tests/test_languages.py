"""Every word that a person reads exists in every language, and each reads their own."""

from __future__ import annotations

from functools import cache

import pytest
import sqlalchemy as sa
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from cfp.config import ROOT
from cfp.db import db as database
from cfp.display import LANGUAGES
from cfp.mail.models import Message as Mail
from cfp.mail.service import post
from tests.make import make_conference, make_person

TRANSLATED = sorted(set(LANGUAGES) - {"en"})
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "_l": None, "say": None}
GERMAN = {"Accept-Language": "de"}


@cache
def words() -> Catalog:
    """What stands in code and templates now, collected as ``scripts/translate`` does."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog()
    for folder in ("cfp", "templates"):
        # Babel compares the patterns with paths below the folder it starts in.
        inside = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods]
        given = {pattern.removeprefix(f"{folder}/"): value for pattern, value in options.items()}
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, inside, given, KEYWORDS
        ):
            found.add(message)
    return found


@cache
def catalogue(language: str) -> Catalog:
    path = ROOT / "cfp" / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def test_the_collection_finds_both_code_and_templates():
    assert "Please shorten this to at most %(max)d characters." in words()
    assert "Skip to the content" in words()


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_holds_exactly_the_words_in_use(language):
    used = {message.id for message in words() if message.id}
    known = {message.id for message in messages(language)}
    assert not used - known, "run scripts/translate, then translate what is empty"
    assert not known - used, "run scripts/translate: nobody reads these any more"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_in_every_number(language):
    numbers = catalogue(language).num_plurals
    for message in messages(language):
        assert not message.fuzzy, message.id
        texts = message.string if message.pluralizable else [message.string]
        assert len(texts) == (numbers if message.pluralizable else 1), message.id
        assert all(text.strip() for text in texts), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_placeholders(language):
    for message in messages(language):
        assert not list(message.check()), (message.id, message.string)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_names_no_machine_and_nobody(language):
    header = "\n".join(f"{name}: {value}" for name, value in catalogue(language).mime_headers)
    assert "@" not in header
    assert all(
        not location.startswith("/") for m in messages(language) for location, _ in m.locations
    )


def test_a_page_is_in_the_language_that_the_browser_asks_for(client):
    page = client().get("/sign-in", headers=GERMAN).get_data(as_text=True)
    assert '<html lang="de"' in page
    assert "Passwort" in page
    assert "Password" not in page


@pytest.mark.parametrize("asked", ["de-AT, en;q=0.9", "fr, de;q=0.8, en;q=0.7"])
def test_the_first_language_of_ours_is_taken(client, asked):
    page = client().get("/sign-in", headers={"Accept-Language": asked}).get_data(as_text=True)
    assert '<html lang="de"' in page


@pytest.mark.parametrize("asked", ["en", "fr", "*", "en-GB, de;q=0.5", "de;q=0"])
def test_who_asks_for_no_language_of_ours_reads_english(client, asked):
    page = client().get("/sign-in", headers={"Accept-Language": asked}).get_data(as_text=True)
    assert '<html lang="en"' in page
    assert "Password" in page


def test_a_language_chosen_here_counts_more_than_the_browsers(client):
    visitor = client()
    answer = visitor.post("/language?next=/sign-in?next=/account", {"language": "de"})
    assert answer.location == "/sign-in?next=/account"
    assert '<html lang="de"' in visitor.get("/sign-in").get_data(as_text=True)
    visitor.post("/language", {"language": "en"})
    assert '<html lang="en"' in visitor.get("/sign-in", headers=GERMAN).get_data(as_text=True)


def test_a_language_chosen_here_counts_more_than_that_of_the_account(client, house):
    visitor = client(make_person(language="de"))
    assert '<html lang="de"' in visitor.get("/account").get_data(as_text=True)
    visitor.post("/language", {"language": "en"})
    assert '<html lang="en"' in visitor.get("/account").get_data(as_text=True)


def test_a_language_that_nobody_has_translated_is_refused(client):
    visitor = client()
    visitor.post("/language", {"language": "tlh"}, status=422)
    assert '<html lang="en"' in visitor.get("/sign-in").get_data(as_text=True)


def test_choosing_a_language_leads_to_no_other_site(client):
    answer = client().post("/language?next=//elsewhere.example/", {"language": "de"})
    assert answer.location == "/"


def test_every_page_leads_to_the_other_language_and_back(client, house):
    conference = make_conference()
    page = client().get(f"/{conference.slug}/call/?a=b").get_data(as_text=True)
    assert f'href="/language?next=/{conference.slug}/call/?a%3Db" lang="de"' in page


def test_a_page_that_offers_languages_leaves_no_cookie(client, house):
    conference = make_conference()
    assert "Set-Cookie" not in client().get(f"/{conference.slug}/").headers


def test_days_are_german_on_a_german_page(client, house):
    conference = make_conference()
    page = client().get(f"/{conference.slug}/", headers=GERMAN).get_data(as_text=True)
    assert "10.\N{EN DASH}11. Mai 2027" in page


@pytest.mark.parametrize(
    ("language", "subject"),
    [("de", "Bitte bestätige deine Adresse"), ("en", "Please confirm your address")],
)
def test_a_mail_is_in_the_language_of_whoever_gets_it(db, now, language, subject):
    other = {"de": "en", "en": "de"}[language]
    make_person(language=other)
    post("confirm_email", make_person(language=language), at=now, url="https://here.example/")
    assert database.session.scalars(sa.select(Mail.subject)).one() == subject
