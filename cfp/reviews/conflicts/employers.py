"""Whether two people are paid by the same employer, as far as names and addresses tell."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _listed(text: str, separator: str | None = None) -> frozenset[str]:
    return frozenset(text.split(separator))


# What follows a name and does not tell employers apart, spelled as `_words` leaves it.
LEGAL_FORMS = _listed(
    "ab ag aps as asa bhd bv bvba cic co com company corp corporation ct cv doo eg ek ev ewiv fka "
    "gbr ggmbh gmbh haftungsbeschrankt inc incorporated ks kft kg kgaa kk limited llc llp lp ltd "
    "ltda mbb mbh nv ohg oy oyj partg plc pte pty pvt rf sa sarl sas scs se sgps sl slu snc sp spa "
    "spzoo srl sro ug vzw zrt"
)
# What people write when they have no employer in common with anybody.
NO_EMPLOYER = _listed(
    "freelance,freelancer,freelance developer,freelance consultant,freiberufler,freiberuflich,self,"
    "self employed,selfemployed,selbststandig,selbstandig,independent,independent consultant,"
    "consultant,contractor,none,na,nil,null,no,keine,keiner,kein,student,studentin,phd student,"
    "retired,unemployed,between jobs,private,privat,privatperson,private person,individual,myself,"
    "me,various,tba,tbd,unknown,university,universitat,company,startup,own company,home,stealth,"
    "stealth startup,volunteer,ehrenamtlich,hobby",
    ",",
)
LINK_WORDS = _listed("and und et the")

# Addresses here say nothing about who pays: mail for everybody, relays, and communities.
PUBLIC_MAIL = _listed(
    "126.com 163.com acm.org aol.com apache.org arcor.de bluewin.ch bsd.network ccc.de debian.org "
    "disroot.org duck.com fastmail.com fastmail.fm free.fr freenet.de fsfe.org github.com "
    "gnome.org gnu.org hey.com icloud.com ieee.org kabelmail.de kde.org laposte.net libero.it "
    "mac.com mail.com mail.de mail.ru mailbox.org me.com mozillians.org msn.com mykolab.com "
    "naver.com online.de orange.fr pm.me posteo.de posteo.net privaterelay.appleid.com python.org "
    "qq.com riseup.net rocketmail.com seznam.cz sfr.fr systemli.org t-online.de tuta.com tuta.io "
    "ubuntu.com ukr.net wanadoo.fr web.de ymail.com"
)
# The same under any country: yahoo.com, yahoo.co.uk ... and example.org, reserved by RFC 2606.
PUBLIC_BRANDS = _listed(
    "example gmail gmx googlemail hotmail live outlook proton protonmail tutanota yahoo yandex zoho"
)
# co.uk, ac.at, com.au ...: what stands before belongs to the name.
SHARED_SECOND_LEVELS = _listed("ac co com edu gob gov gv net nom ne or org sch")


@lru_cache(maxsize=4096)
def employer_key(employer: str) -> str:
    """What stays of an employer's name when case, accents, punctuation and legal form go.

    "Müller & Söhne GmbH", "MUELLER UND SOEHNE" and "Muller and Sohne" are one. Empty where there
    is no employer to speak of.
    """
    words = _words(employer)
    if " ".join(words) in NO_EMPLOYER:
        return ""
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    key = " ".join(words)
    return "" if key in NO_EMPLOYER else key


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    # Umlauts are written out or not; nobody's employer depends on it.
    plain = re.sub("([aou])e", r"\1", plain)
    plain = re.sub("['`\N{RIGHT SINGLE QUOTATION MARK}]", "", plain)
    words = [word for word in re.findall(r"[^\W_]+", plain) if word not in LINK_WORDS]
    # "e. V.", "S.p.A.", "A/S": letters on their own belong together.
    joined = re.sub(r"\b(\w) (?=\w\b)", r"\1", " ".join(words))
    return re.sub(r" sp zoo$", " spzoo", joined).split()


@lru_cache(maxsize=4096)
def work_domain(email: str) -> str:
    """The domain an organisation registered; empty for addresses that anybody can have."""
    host = email.strip().lower().rpartition("@")[2].rstrip(".") if "@" in email else ""
    labels = host.split(".")
    if host in PUBLIC_MAIL or len(labels) < 2:
        return ""
    is_shared = len(labels[-1]) == 2 and labels[-2] in SHARED_SECOND_LEVELS
    domain = ".".join(labels[-3:] if is_shared else labels[-2:])
    is_public = domain in PUBLIC_MAIL or domain.partition(".")[0] in PUBLIC_BRANDS
    return "" if is_public else domain
