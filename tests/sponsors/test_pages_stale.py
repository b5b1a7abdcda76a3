"""A sponsor in a hurry: two presses, old pages, wrong files; the desk says it and loses nothing."""

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
import time_machine

from cfp.access import Role
from cfp.db import db as database
from cfp.db import transaction
from cfp.mail.models import Message
from cfp.sponsors.links import token_of
from cfp.sponsors.models import Agreement, AgreementState, BenefitKind, Ground
from cfp.sponsors.service import booths, logos, offers, places, signing
from tests.bad_input.patrons import a_logo
from tests.make import make_member, make_person
from tests.sponsors.dealing import (
    NOW,
    benefit_of,
    make_booth,
    make_level,
    make_offer,
    make_signed,
    make_sponsor,
    sign,
)
from tests.sponsors.test_pages_desk import desk_of
from tests.visitor import rows


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def keep():
    with transaction():
        pass


def signature(agreement, seen=None):
    return {"name": "Mila Sommer", "seen": seen or agreement.text_hash}


def test_whoever_presses_twice_has_signed_once_and_reads_so(client, house):
    agreement = make_offer()
    keep()
    visitor, desk = client(), desk_of(agreement)
    visitor.get(desk)
    for _ in range(2):
        visitor.post(f"{desk}sign", signature(agreement))
    assert "signed already" in visitor.get(desk).text
    assert agreement.state is AgreementState.SIGNED


def test_a_text_that_was_exchanged_meanwhile_is_read_again_before_it_is_signed(client, house):
    old = make_offer()
    keep()
    visitor, desk, by = client(), desk_of(old), make_person()
    visitor.get(desk)
    offers.withdraw(old, by=by, at=NOW)
    new = make_offer(old.level, sponsor=old.sponsor, net_cents=900_000)
    keep()
    page = visitor.post(f"{desk}sign", signature(old), status=422).text
    assert "not the one that you saw" in page
    assert "€9,000.00 without tax" in page
    assert new.text_hash in page
    assert old.text_hash not in page
    visitor.post(f"{desk}sign", signature(new))
    assert new.state is AgreementState.SIGNED
    assert new.signature.text_hash == new.text_hash


def test_a_text_that_was_changed_behind_its_fingerprint_is_not_signed(db):
    agreement = make_offer()
    dearer = agreement.text.replace("5,000", "9,000")
    database.session.execute(sa.update(Agreement).values(text=dearer))
    with pytest.raises(signing.Refused, match="not the one that you saw"):
        sign(agreement)


@pytest.mark.parametrize("end", ["lapsed", "withdrawn", "declined", "cancelled"])
def test_a_desk_says_what_has_ended_and_keeps_its_papers(client, house, end):
    agreement, by = make_offer(), make_person()
    if end == "lapsed":
        offers.lapse_due(agreement.valid_until + timedelta(seconds=1))
    elif end == "withdrawn":
        offers.withdraw(agreement, by=by, at=NOW)
    elif end == "declined":
        offers.decline(agreement, by=None, at=NOW)
    else:
        signing.cancel(sign(agreement), "No fair", by=by, at=NOW)
    keep()
    visitor, desk = client(), desk_of(agreement)
    said = {
        "lapsed": "stood until 29 Jan 2027",
        "withdrawn": "taken our offer",
        "declined": "You have declined",
        "cancelled": "was cancelled on 15 January 2027",
    }
    assert said[end] in visitor.get(desk).text
    late = visitor.post(f"{desk}sign", signature(agreement), status=409).text
    assert "open your page anew" in late


def test_an_offer_past_its_last_second_is_not_signed_even_before_the_worker_came(
    client, house, today
):
    agreement = make_offer()
    keep()
    visitor, desk = client(), desk_of(agreement)
    today.move_to(agreement.valid_until + timedelta(seconds=1))
    page = visitor.post(f"{desk}sign", signature(agreement), status=422).text
    assert "This offer has ended" in page
    assert agreement.state is AgreementState.OFFERED


WRONG_FILES = {
    "text.png": (b"no picture", "no picture that can be read"),
    "empty.svg": (b"", "no picture that can be read"),
    "words.svg": (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>A</text></svg>',
        "turn its text into paths",
    ),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_file_that_is_no_logo_is_refused_beside_its_field(client, house, name):
    agreement = make_signed()
    organiser = make_member(agreement.conference, Role.ORGANISER)
    keep()
    sent, why = WRONG_FILES[name]
    team = f"/{agreement.conference.slug}/team/sponsors/{agreement.sponsor.code}/logo"
    for visitor, address in ((client(), f"{desk_of(agreement)}logo"), (client(organiser), team)):
        said = {"logo": (BytesIO(sent), name), "ground": "any"}
        page = visitor.post(address, said, status=422).text
        assert why in page
        assert 'id="logo-error"' in page


def test_a_sponsor_looks_at_its_own_logo_before_anybody_else_and_at_no_other(client, house):
    mine = make_signed()
    theirs = make_signed(mine.level)
    for one in (mine, theirs):
        logos.send(one.sponsor, a_logo(), Ground.ANY, by=None, at=NOW)
    keep()
    own, other = mine.sponsor.logos[0].code, theirs.sponsor.logos[0].code
    visitor, desk = client(), desk_of(mine)
    assert f"logos/{own}" in visitor.get(desk).text
    assert visitor.browser.get(f"{desk}logos/{own}").mimetype == "image/png"
    assert visitor.browser.get(f"{desk}logos/{other}").status_code == 404
    assert client().browser.get(f"/{mine.conference.slug}/sponsors/logos/{own}").status_code == 404


def test_a_logo_that_was_exchanged_meanwhile_is_looked_at_before_it_is_accepted(client, house):
    agreement = make_signed()
    organiser = make_member(agreement.conference, Role.ORGANISER)
    [seen, new] = [
        logos.send(agreement.sponsor, a_logo(), Ground.ANY, by=None, at=NOW).code for _ in "12"
    ]
    keep()
    team = f"/{agreement.conference.slug}/team/sponsors/{agreement.sponsor.code}"
    visitor = client(organiser)
    visitor.post(f"{team}/logo/{seen}/judge", {"accept": "1"}, status=404)
    assert new in visitor.get(team + "/").text
    visitor.post(f"{team}/logo/{new}/judge", {"accept": "1"})
    assert agreement.sponsor.logos[0].accepted_at == NOW


def test_a_booth_is_chosen_on_the_plan_and_one_that_has_gone_is_said_beside_it(client, house):
    mine = make_signed()
    theirs = make_signed(mine.level)
    one, two = make_booth(mine.conference, "A1"), make_booth(mine.conference, "A2")
    keep()
    visitor, desk = client(), desk_of(mine)
    page = visitor.get(f"{desk}?booth={two.code}").text
    assert f'<option selected value="{two.code}">A2' in page
    assert f"booth={one.code}#your-booth" in page
    booths.hold(two, theirs, by=None, at=NOW)
    keep()
    page = visitor.post(f"{desk}booth", {"booth": two.code}, status=422).text
    assert "Booth A2 has just gone to somebody else" in page
    assert theirs.sponsor.name not in page
    visitor.post(f"{desk}booth", {"booth": one.code})
    assert "It is yours once the payment has come" in visitor.get(desk).text
    assert one.agreement_id == mine.id


@pytest.mark.parametrize("pressed", ["sign", "decline", "booth", "logo"])
def test_a_page_that_a_telephone_opens_anew_after_a_press_is_the_desk(client, house, pressed):
    agreement = make_offer()
    keep()
    desk = desk_of(agreement)
    assert client().get(f"{desk}{pressed}", status=302).location == desk


def test_a_claim_that_comes_too_late_is_said_beside_it(client, house, today):
    agreement = make_signed()
    talk = benefit_of(agreement, BenefitKind.TALK)
    keep()
    today.move_to(talk.claim_by + timedelta(seconds=1))
    claim = f"{desk_of(agreement)}claim/{talk.code}"
    page = client().post(claim, {"claim": "About wind"}, status=422).text
    assert "was to be claimed earlier" in page


def test_whoever_waits_reads_as_which_in_the_line(client, house):
    level = make_level(cap=1)
    taken = make_offer(level)
    for name in ("Ada", "Bea"):
        waits = make_sponsor(taken.conference, name)
        places.wait(level, waits, by=None, at=NOW)
    keep()
    contact = waits.contacts[0]
    desk = f"/{taken.conference.slug}/sponsor/{contact.code}/{token_of(contact)}/"
    assert "as number 2 in the line" in client().get(desk).text
    organiser = make_member(taken.conference, Role.ORGANISER)
    team = f"/{taken.conference.slug}/team/sponsors/"
    assert "waits longest" not in client(organiser).get(team).text
    offers.decline(taken, by=None, at=NOW)
    keep()
    assert "Ada waits longest for it" in client(organiser).get(team).text


def test_a_new_link_is_mailed_and_closes_the_one_before(client, house):
    agreement = make_signed()
    organiser = make_member(agreement.conference, Role.ORGANISER)
    keep()
    old, visitor = desk_of(agreement), client(organiser)
    team = f"/{agreement.conference.slug}/team/sponsors/{agreement.sponsor.code}"
    contact = agreement.sponsor.contacts[0]
    visitor.post(f"{team}/contacts/{contact.code}/link")
    letter = database.session.query(Message).filter_by(kind="sponsor_link").one()
    assert token_of(contact) in letter.body
    assert client().browser.get(old).status_code == 404
    assert client().browser.get(desk_of(agreement)).status_code == 200


def test_whoever_is_added_later_gets_the_offer_that_stands_or_the_page(client, house):
    agreement = make_offer()
    organiser = make_member(agreement.conference, Role.ORGANISER)
    keep()
    visitor = client(organiser)
    team = f"/{agreement.conference.slug}/team/sponsors/{agreement.sponsor.code}/contacts"
    visitor.post(team, {"contact_name": "Bo", "email": "bo@example.org"})
    sign(agreement)
    keep()
    visitor.post(team, {"contact_name": "Cy", "email": "cy@example.org"})
    letters = {one.to: one.kind for one in database.session.query(Message)}
    assert letters["bo@example.org"] == "sponsor_offer"
    assert letters["cy@example.org"] == "sponsor_link"
    idle = make_sponsor(agreement.conference)
    before = rows(Message)
    keep()
    team = f"/{agreement.conference.slug}/team/sponsors/{idle.code}/contacts"
    visitor.post(team, {"contact_name": "Di", "email": "di@example.org"})
    assert rows(Message) == before
