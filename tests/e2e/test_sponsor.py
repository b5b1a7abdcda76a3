"""A company asks to sponsor, is made an offer, signs it by its link, and gets its invoice."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.e2e.audit import audit
from tests.e2e.installation import EDITION, link_in

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
<script>document.title = "mine"</script><path d="M0 0h40v20z" fill="#a40"/></svg>"""
NELE = "nele@knoten.example.org"


def test_a_company_becomes_a_sponsor_from_its_question_to_its_invoice(somebody, installation):
    nele, organiser = somebody(), somebody()
    nele.open(f"/{EDITION}/sponsors/")
    nele.follow("Ask for an offer Footlight")
    nele.fill(Company="Schnürsenkel KG", Your_name="Nele Knoten", E_mail=NELE)
    nele.press("Ask for an offer")
    nele.is_at("Sponsors")

    organiser.sign_in("organiser@example.org")
    organiser.organise()
    organiser.stage("Sponsors")
    organiser.press("Take in Schnürsenkel KG")
    organiser.follow("Change")
    organiser.fill(Street_and_number="Knotenweg 1", Postcode="10999", City="Berlin")
    organiser.press("Save")
    organiser.follow("Make an offer")
    organiser.follow("Footlight")
    organiser.press("Make the offer")
    organiser.is_at("Footlight for Schnürsenkel KG")

    desk = urlsplit(link_in(installation.read_mail(NELE, "our offer to"), "/sponsor/")).path
    nele.open(desk)
    nele.reads("Sponsoring agreement")
    assert not list(audit(nele.page, desk))
    nele.press("Sign the agreement")
    nele.reads("Pay the invoice")
    chooses_a_booth_and_sends_a_logo(nele)
    assert installation.when_delivered(lambda: an_invoice(installation))
    nele.open(desk)
    pdf = nele.page.get_by_role("link", name="PDF SB27-").get_attribute("href")
    assert nele.context.request.get(pdf).body().startswith(b"%PDF")
    assert not list(audit(nele.page, desk))


def chooses_a_booth_and_sends_a_logo(nele):
    """By keyboard on the drawn plan; the logo holds a script, and is shown to her without it."""
    nele.page.get_by_role("link", name="Booth B1: free").press("Enter")
    nele.page.wait_for_url("**booth=*")
    assert nele.page.get_by_label("Booth", exact=True).locator(":checked").inner_text() == "B1"
    nele.press("Choose this booth")
    nele.reads("Booth B1 is held for you. It is yours once the payment has come.")
    sent = {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO}
    nele.page.get_by_label("The logo").set_input_files(sent)
    nele.press("Send")
    nele.reads("to be looked at")
    shown = nele.page.locator(".logo-ground-dark img")
    shown.scroll_into_view_if_needed()
    assert shown.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    kept = nele.context.request.get(shown.get_attribute("src")).text()
    assert "path" in kept
    assert "script" not in kept


def an_invoice(installation):
    """The letter that brings the invoice, with the PDF in it."""
    for mail in installation.mails(NELE):
        names = [part.get_filename() for part in mail.iter_attachments()]
        if "invoice SB27-" in mail["Subject"] and any(str(n).endswith(".pdf") for n in names):
            return mail
    return None
