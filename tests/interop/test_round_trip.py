"""What we write we read again as the same talks, whatever people put into their texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from cfp.interop import schedule_json, schedule_xml
from cfp.interop.imported import Imported, ImportedLink
from cfp.interop.released import Release, ReleasedPerson, ReleasedSlot
from cfp.interop.text import clean, one_line
from tests.interop.releases import make_release, make_talk, releases

MANY = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def written(slot: ReleasedSlot) -> dict:
    """The talk as it must come back: its words clean, its moments the same."""
    talk = slot.talk
    return {
        "key": slot.guid,
        "code": slot.code,
        "title": one_line(talk.title),
        "subtitle": one_line(talk.subtitle),
        "abstract": clean(talk.abstract),
        "description": clean(talk.description),
        "track": one_line(talk.track),
        "format": one_line(talk.format),
        "language": talk.language,
        "minutes": talk.minutes,
        "speakers": [one_line(person.name) for person in talk.speakers],
        "room": one_line(talk.room),
        "start": talk.starts_at,
        "do_not_record": talk.do_not_record,
        "url": talk.url,
        "links": tuple(
            ImportedLink(one_line(link.title) or link.url, link.url) for link in talk.links
        ),
    }


def came_back(imported: Imported) -> list[dict]:
    talks = sorted(imported.talks, key=lambda talk: talk.start)
    return [
        {name: getattr(talk, name) for name in written_names}
        | {"speakers": [person.name for person in talk.speakers]}
        for talk in talks
    ]


written_names = tuple(written(make_release(make_talk()).slots()[0]))


def by_key(talks: list[dict]) -> dict[str, dict]:
    return {talk["key"]: talk for talk in talks}


@MANY
@given(release=releases())
@pytest.mark.parametrize("form", [schedule_xml, schedule_json])
def test_every_talk_comes_back_as_it_was_written(form, release: Release):
    imported = form.read(form.write(release))
    assert by_key(came_back(imported)) == by_key([written(slot) for slot in release.slots()])
    assert imported.refused == ()
    assert imported.complete == bool(imported.talks)


@MANY
@given(release=releases())
@pytest.mark.parametrize("form", [schedule_xml, schedule_json])
def test_the_conference_comes_back_too(form, release: Release):
    release = replace(release, ends_on=release.starts_on + timedelta(days=4))  # around all talks
    conference = form.read(form.write(release)).conference
    assert conference.title == one_line(release.title)
    assert conference.acronym == release.acronym
    assert conference.starts_on <= release.starts_on
    assert conference.ends_on >= release.ends_on
    assert conference.raster_minutes == release.raster_minutes
    assert conference.version == release.version
    assert {track.name for track in conference.tracks} >= {one_line(t.name) for t in release.tracks}


@pytest.mark.parametrize("form", [schedule_xml, schedule_json])
def test_our_own_files_need_no_repair(form):
    people = ReleasedPerson(1, "AAAAA1", "Ada"), ReleasedPerson(2, "BBBBB2", "Bo")
    release = make_release(make_talk(1, speakers=people), make_talk(2))
    assert form.read(form.write(release)).repairs == ()


@pytest.mark.parametrize("form", [schedule_xml, schedule_json])
def test_tags_in_our_own_texts_are_words_and_stay(form):
    abstract = "Use `<b>` for bold, &amp; for &, ]]> for the end. **Bold** <script>."
    imported = form.read(form.write(make_release(make_talk(abstract=abstract))))
    assert imported.talks[0].abstract == abstract


@pytest.mark.parametrize("form", [schedule_xml, schedule_json])
def test_a_very_long_text_comes_back_whole(form):
    abstract = "Schnee & <Eis> ❄ " * 5_000
    imported = form.read(form.write(make_release(make_talk(abstract=abstract))))
    assert imported.talks[0].abstract == abstract.strip()


@pytest.mark.parametrize("form", [schedule_xml, schedule_json])
def test_what_formats_cannot_hold_is_gone_and_the_rest_stays(form):
    title = "A\x00B\x1fC\ud800D\ufffeE \u202eF\u202c 👩‍👩‍👧 \x85G"
    imported = form.read(form.write(make_release(make_talk(title=title))))
    assert imported.talks[0].title == "ABCDE \u202eF\u202c 👩‍👩‍👧 G"
