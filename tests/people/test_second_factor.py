"""The second factor: nothing is open before its code has come, and no code counts twice."""

from datetime import timedelta

import pyotp
import pytest

from cfp import clock
from cfp.access import Role
from cfp.errors import Refused
from cfp.people import second_factor
from cfp.people.models import SecondFactor
from cfp.people.passwords import hash_password
from tests.conftest import NOW
from tests.make import make_conference, make_member, make_person
from tests.visitor import rows

PASSWORD = "a-night-at-the-theatre"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = timedelta(seconds=30)


def code_at(at):
    return pyotp.TOTP(SECRET).at(int(at.timestamp()))


@pytest.fixture
def mila(house):
    return make_person("Mila Sommer", password_hash=hash_password(PASSWORD))


@pytest.fixture
def codes(mila):
    return second_factor.switch_on(mila, SECRET, code_at(NOW), at=NOW)


def test_it_is_switched_on_by_a_code_that_fits(mila):
    with pytest.raises(Refused) as refused:
        second_factor.switch_on(mila, SECRET, "000000", at=NOW)
    assert refused.value.field == "code"
    assert rows(SecondFactor) == 0


def test_a_code_counts_once_and_only_around_its_time(mila, codes):
    later = NOW + 2 * STEP
    for wrong in (code_at(NOW), code_at(later - 3 * STEP), code_at(later + 3 * STEP), "", "x"):
        with pytest.raises(Refused):
            second_factor.check(mila, wrong, at=later)
    second_factor.check(mila, code_at(later), at=later)
    with pytest.raises(Refused, match="used already"):
        second_factor.check(mila, code_at(later), at=later)


def test_a_recovery_code_works_once_however_it_is_typed(mila, codes):
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    second_factor.check(mila, f" {codes[0].lower()} ", at=NOW)
    with pytest.raises(Refused):
        second_factor.check(mila, codes[0], at=NOW)
    kept = second_factor.factor_of(mila).recovery
    assert len(kept) == len(codes) - 1
    assert not set(kept) & set(codes)


def test_the_database_alone_makes_no_codes(house, mila, codes, monkeypatch):
    kept = second_factor.factor_of(mila).secret
    assert SECRET not in kept
    assert second_factor.opened(kept) == SECRET
    assert second_factor.sealed(SECRET) != kept  # never the same pad twice
    monkeypatch.setattr(house, "secret_key", "another one")
    assert second_factor.opened(kept) != SECRET


def test_a_secret_from_before_there_were_seals_works_and_is_sealed(mila, codes):
    factor = second_factor.factor_of(mila)
    factor.secret = SECRET
    second_factor.check(mila, code_at(NOW + STEP), at=NOW + STEP)
    assert second_factor.opened(factor.secret) == SECRET != factor.secret


def test_without_one_nothing_is_asked(mila):
    second_factor.check(mila, "", at=NOW)


def test_signing_in_stops_at_the_code(client, mila, codes):
    browser = client()
    typed = {"email": mila.email, "password": PASSWORD}
    assert browser.post("/sign-in?next=/account", typed).location == "/sign-in/code"
    browser.get("/account", status=303)
    browser.get("/sign-in/code")
    assert "does not fit" in browser.post("/sign-in/code", {"code": "000000"}, status=422).text
    assert browser.post("/sign-in/code", {"code": codes[0]}).location == "/account"
    browser.get("/account")


def test_without_the_first_factor_there_is_nothing_to_type_a_code_into(client, codes):
    assert client().get("/sign-in/code", status=302).location == "/sign-in"
    assert client().post("/sign-in/code", {"code": codes[0]}).location == "/sign-in"


def test_it_is_switched_on_and_off_in_the_browser(client, mila):
    visitor = client(mila)
    page = visitor.get("/account/second-factor").text
    assert "<svg" in page
    with visitor.browser.session_transaction() as session:
        secret = session["proposed_secret"]
    assert secret in page
    wrong = visitor.post("/account/second-factor", {"code": "000000"}, status=422)
    assert "does not fit" in wrong.text
    page = visitor.post("/account/second-factor", {"code": pyotp.TOTP(secret).now()}, status=200)
    assert page.text.count("<li><code>") == second_factor.RECOVERY_CODES
    codes = [one.partition("</code>")[0] for one in page.text.split("<li><code>")[1:]]
    visitor.post("/account/second-factor", {"code": codes[0]})
    assert rows(SecondFactor) == 0


def test_an_edition_can_ask_it_of_its_organisers(client, mila):
    edition = make_conference(slug="here")
    make_member(edition, Role.ORGANISER, mila)
    chair = client(make_member(edition, Role.CHAIR))
    visitor = client(mila)
    basics = {"name": "Here", "starts_on": "2027-05-10", "ends_on": "2027-05-11"}
    basics |= {"timezone": "Europe/Berlin", "accent": "255", "publicity": "public"}
    asked = {**basics, "organisers_need_factor": "y"}
    page = visitor.post("/here/team/settings/", asked, status=422).text
    assert "set up your own" in page
    second_factor.switch_on(mila, SECRET, code_at(clock.now()), at=clock.now())
    visitor.post("/here/team/settings/", asked)
    visitor.get("/here/team/settings/")
    other = client(make_member(edition, Role.ORGANISER, make_person()))
    assert other.get("/here/team/settings/", status=303).location == "/account/second-factor"
    assert "need a second factor" in other.get("/account/second-factor").text
    other.post("/here/team/settings/", basics, status=403)
    other.get("/here/call/")
    chair.get("/here/team/settings/")
