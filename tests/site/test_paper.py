"""The programme as a booklet and the signs at the doors: printed once for each release."""

from io import BytesIO

import pypdf
import pytest

from cfp.access import Role
from cfp.db import db as database
from cfp.jobs import service as jobs
from cfp.schedule.models import Schedule
from cfp.site import tasks
from cfp.site.models import PaperKind, SchedulePaper
from tests.make import make_member, make_person
from tests.site.released import HERE, release, released, talk_named

SIGNS = f"{HERE}/team/programme/signs.pdf"


def printed(talks=4, rooms=2):
    conference = released(talks, rooms)
    tasks.print_due()
    jobs.run_waiting()
    return conference


def text_of(data):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(data)).pages]


def test_everybody_has_the_programme_as_a_booklet_once_it_is_released(client, db):
    conference = released()
    talk_named("Talk 2").abstract = "Snow is **cold** and wet."
    release(conference, "1.1")
    visitor = client()
    assert visitor.get(f"{HERE}/schedule.pdf", status=302).location.endswith("/schedule/booklet/")
    tasks.print_due()
    jobs.run_waiting()
    found = visitor.get(f"{HERE}/schedule.pdf")
    assert found.mimetype == "application/pdf"
    cover, *pages = text_of(found.data)
    assert conference.name in cover
    assert "version 1.1" in cover
    whole = " ".join(pages)
    sheet = pypdf.PdfReader(BytesIO(found.data)).pages[1]  # the day at a glance, on one page
    assert sheet.mediabox.width > sheet.mediabox.height
    assert all(f"Talk {n}" in pages[0] for n in range(4))
    assert "Monday, 10 May" in whole
    assert "09:40 · Room 0" in whole
    assert "Snow is cold and wet." in whole
    assert all(f"Talk {n}" in whole and f"Speaker {n}" in whole for n in range(4))


def test_a_german_reader_has_it_in_german(client, db):
    printed()
    found = client().get(f"{HERE}/schedule.pdf?lang=de")
    assert "Montag, 10. Mai" in " ".join(text_of(found.data))


def test_every_room_has_a_sign_for_each_day(client, db):
    conference = printed(talks=4, rooms=2)
    organiser = client(make_member(conference, Role.ORGANISER))
    first, second = text_of(organiser.get(SIGNS).data)
    assert "Room 0" in first
    assert "09:00 Talk 0 Speaker 0 09:40 Talk 2 Speaker 2" in first
    assert "Talk 1" not in first
    assert "Room 1" in second
    assert "Talk 3" in second


def test_signs_are_printed_for_those_who_ask_and_not_for_strangers(client, db):
    conference = released()
    client().get(SIGNS, status=302)
    client(make_person("Nosy")).get(SIGNS, status=403)
    organiser = client(make_member(conference, Role.ORGANISER))
    organiser.get(SIGNS, status=302)
    organiser.post(f"{HERE}/team/programme/print", status=302)
    jobs.run_waiting()
    assert organiser.get(SIGNS).mimetype == "application/pdf"


def test_a_release_is_printed_once_and_the_next_one_anew(db):
    conference = printed()
    assert tasks.print_due() == 0
    (first,) = database.session.query(Schedule).filter_by(number=1)
    tasks.print_schedule(_Quiet(), conference_id=conference.id, schedule_id=first.id)
    kinds = [(p.kind, p.language) for p in database.session.query(SchedulePaper)]
    assert sorted(kinds, key=str) == sorted(
        ((kind, language) for kind in PaperKind for language in ("en", "de")), key=str
    )
    talk_named("Talk 0").title = "Snow"
    release(conference, "1.1")
    assert tasks.print_due() == 1


class _Quiet:
    def progress(self, share, text=""):
        del share, text

    def is_cancelled(self):
        return False


@pytest.mark.parametrize("name", ["<script>", "Ü & ß", "会议"])
def test_a_title_is_printed_as_it_is_written(client, db, name):
    conference = released(talks=1, rooms=1)
    talk_named("Talk 0").title = name
    release(conference, "1.1")
    tasks.print_due()
    jobs.run_waiting()
    assert name in " ".join(text_of(client().get(f"{HERE}/schedule.pdf").data))
