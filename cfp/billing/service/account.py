"""Into which account an edition is paid, said on one page or the other."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _
from stdnum import bic as bics
from stdnum import iban as ibans

from cfp.billing.models import Account, PaidInto
from cfp.conference.models import Conference
from cfp.db import db
from cfp.errors import Refused


def set_account(conference: Conference, *, holder: str, iban: str, bic: str) -> Account:
    """Say it, or say it anew; whoever is paid into it knows at once."""
    if iban and not ibans.is_valid(iban):
        raise Refused(_("This is no valid IBAN."), "iban")
    if bic and not bics.is_valid(bic):
        raise Refused(_("This is no valid BIC."), "bic")
    wanted = sa.select(Account).where(Account.conference_id == conference.id)
    account = db.session.scalar(wanted) or Account(conference_id=conference.id)
    account.holder = holder
    account.iban = ibans.compact(iban) if iban else ""
    account.bic = bics.compact(bic) if bic else ""
    db.session.add(account)
    db.session.flush()
    for known in [thing for thing in db.session if isinstance(thing, PaidInto)]:
        db.session.expire(known, ["account"])
    return account
