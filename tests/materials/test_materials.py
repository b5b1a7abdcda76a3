"""Recordings and slides: who may link them, and from when everybody sees them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.errors import Refused
from cfp.materials import queries, service
from cfp.materials.models import Material, MaterialKind
from cfp.uploads import MEGABYTE, Sent
from tests.conftest import NOW
from tests.make import make_member, make_person, make_talk
from tests.site.released import HERE, released, talk_named
from tests.visitor import rows

PDF = b"%PDF-1.7\ntrailer\n%%EOF\n"
SLIDES = "https://slides.example/talk.pdf"


def add(talk, url=SLIDES, **more):
    by = talk.submission.speakers[0].person
    return service.add(talk, MaterialKind.SLIDES, url, by=by, at=NOW, **more)


def test_a_link_shows_from_its_date_on(db):
    talk = make_talk()
    add(talk, shows_from=NOW)
    add(talk, "https://video.example/1")
    before = service.shown(talk.id, NOW - timedelta(seconds=1))
    assert [one.url for one in before] == ["https://video.example/1"]
    assert len(service.shown(talk.id, NOW)) == 2


@pytest.mark.parametrize(
    "url",
    [
        "",
        "slides.pdf",
        "javascript:alert(1)",
        "ftp://x.example/a",
        "https://",
        "https://x /y",
        "//x.example",
        'https://x.example/"onclick=',
        "data:text/html,x",
    ],
)
def test_only_addresses_of_the_web_are_linked(db, url):
    with pytest.raises(Refused) as refused:
        add(make_talk(), url)
    assert refused.value.field == "url"


def test_the_same_link_is_there_once(db):
    talk = make_talk()
    add(talk)
    with pytest.raises(Refused, match="already"):
        add(talk)


def test_a_session_has_room_for_so_many_links(db):
    talk = make_talk()
    for number in range(service.MOST):
        add(talk, f"https://x.example/{number}")
    with pytest.raises(Refused, match="room for 12"):
        add(talk, "https://x.example/more")


def test_speakers_and_the_team_may_link_and_nobody_else(db):
    talk = make_talk()
    speaker = talk.submission.speakers[0]
    assert service.may_edit(talk.id, speaker.person, frozenset())
    assert not service.may_edit(talk.id, make_person(), frozenset({Role.SIGNED_IN}))
    assert service.may_edit(talk.id, make_person(), frozenset({Role.CREW}))
    assert not service.may_edit(talk.id, make_person(), frozenset({Role.REVIEWER}))
    assert not service.may_edit(talk.id, None, frozenset())
    speaker.declined_at = NOW
    database.session.flush()
    assert not service.may_edit(talk.id, speaker.person, frozenset())


def test_a_link_that_is_taken_away_is_gone_and_the_log_knows(db):
    talk = make_talk()
    material = add(talk)
    service.remove(material, by=make_person(), at=NOW)
    assert rows(Material) == 0
    assert not database.session.scalars(queries.of_talk(talk.id)).all()


def test_slides_are_taken_by_their_bytes_and_counted(db):
    talk = make_talk()
    for _one in range(service.MOST_FILES):
        made = add(talk, Sent("Löwen & Co.exe", PDF))
    assert (made.file_name, made.media_type) == ("Löwen  Co.pdf", "application/pdf")
    with pytest.raises(Refused, match="room for 3 files"):
        add(talk, Sent("more.pdf", PDF))
    for data in (b"", b"<html>", PDF[:-8], bytes(service.MOST_MEGABYTES * MEGABYTE + 1)):
        with pytest.raises(Refused) as refused:
            add(make_talk(), Sent("a.pdf", data))
        assert refused.value.field == "slides"


# Pages


def links_of(talk):
    return f"{HERE}/talk/{talk.code}/links/"


def test_a_speaker_links_slides_and_visitors_find_them(client):
    released()
    talk = talk_named("Talk 0")
    speaker = client(talk.submission.speakers[0].person)
    assert links_of(talk) in speaker.get(f"{HERE}/talk/{talk.code}/").text
    speaker.post(links_of(talk), {"kind": "slides", "url": SLIDES, "title": "My slides"})
    page = client().get(f"{HERE}/talk/{talk.code}/").text
    assert f'href="{SLIDES}"' in page
    assert "My slides" in page
    assert links_of(talk) not in page


def test_what_is_not_due_is_seen_by_its_speaker_only(client, monkeypatch):
    released()
    talk = talk_named("Talk 0")
    monkeypatch.setattr("cfp.clock.now", lambda: NOW)
    speaker = client(talk.submission.speakers[0].person)
    speaker.post(
        links_of(talk),
        {"kind": "recording", "url": SLIDES, "title": "", "shows_from": "2027-05-12T09:00"},
    )
    assert SLIDES in speaker.get(links_of(talk)).text
    assert SLIDES not in client().get(f"{HERE}/talk/{talk.code}/").text
    later = datetime(2027, 5, 12, 7, 0, tzinfo=UTC)  # nine o'clock in Berlin
    monkeypatch.setattr("cfp.clock.now", lambda: later - timedelta(seconds=1))
    assert SLIDES not in client().get(f"{HERE}/talk/{talk.code}/").text
    monkeypatch.setattr("cfp.clock.now", lambda: later)
    assert SLIDES in client().get(f"{HERE}/talk/{talk.code}/").text


def test_slides_wait_for_their_day_and_are_handed_out_sealed(client, monkeypatch):
    released()
    talk = talk_named("Talk 0")
    monkeypatch.setattr("cfp.clock.now", lambda: NOW)
    speaker = client(talk.submission.speakers[0].person)
    typed = {"kind": "slides", "url": "", "title": "", "shows_from": "2027-05-12T09:00"}
    speaker.post(links_of(talk), typed, status=422)
    both = {**typed, "url": SLIDES, "slides": (BytesIO(PDF), "../My talk.html")}
    speaker.post(links_of(talk), both)
    _link, file = database.session.query(Material).order_by(Material.id).all()
    code = file.code
    public, page = f"{HERE}/talk/{talk.code}/slides/{code}", f"{HERE}/talk/{talk.code}/"
    own = f"{links_of(talk)}{code}/file"
    assert speaker.get(own).data == PDF
    client().get(public, status=404)
    client(make_person()).get(own, status=404)
    assert public not in client().get(page).text
    later = datetime(2027, 5, 12, 7, 0, tzinfo=UTC)
    monkeypatch.setattr("cfp.clock.now", lambda: later)
    assert public in client().get(page).text
    answer = client().get(public)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''My%20talk.pdf"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_to_others_the_page_of_links_does_not_exist(client):
    released()
    talk, other = talk_named("Talk 0"), talk_named("Talk 1")
    somebody = client(other.submission.speakers[0].person)
    somebody.get(links_of(talk), status=404)
    somebody.post(links_of(talk), {"kind": "slides", "url": SLIDES}, status=404)


def test_a_wrong_address_is_said_beside_its_field(client):
    released()
    talk = talk_named("Talk 0")
    speaker = client(talk.submission.speakers[0].person)
    form = {"kind": "slides", "url": "javascript:alert(1)", "title": ""}
    page = speaker.post(links_of(talk), form, status=422).text
    assert "begins with https://" in page
    assert rows(Material) == 0


def test_a_link_of_another_session_cannot_be_removed_here(client):
    released()
    talk, other = talk_named("Talk 0"), talk_named("Talk 1")
    mine = client(talk.submission.speakers[0].person)
    mine.post(links_of(talk), {"kind": "slides", "url": SLIDES, "title": ""})
    link = database.session.query(Material).one().code
    theirs = client(other.submission.speakers[0].person)
    theirs.post(f"{links_of(other)}{link}/remove", status=404)
    mine.post(f"{links_of(talk)}{link}/remove")
    assert rows(Material) == 0


def test_the_team_sees_every_link(client):
    conference = released()
    talk = talk_named("Talk 0")
    crew = client(make_member(conference, Role.CREW))
    assert "Nothing is linked yet" in crew.get(f"{HERE}/team/programme/links/").text
    crew.post(links_of(talk), {"kind": "slides", "url": SLIDES, "title": ""})
    assert SLIDES in crew.get(f"{HERE}/team/programme/links/").text
