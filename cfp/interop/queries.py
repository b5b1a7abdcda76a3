"""Questions about files that were handed over for an import."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from cfp.conference.models import Conference
from cfp.interop.models import ImportFile


def of_conference(conference: Conference) -> sa.Select[ImportFile]:
    """The latest first."""
    return (
        sa.select(ImportFile)
        .options(joinedload(ImportFile.trial), joinedload(ImportFile.run))
        .where(ImportFile.conference_id == conference.id)
        .order_by(ImportFile.id.desc())
    )


def older_than(moment: datetime) -> sa.Update:
    """Forget the bytes of what was sent before."""
    return (
        sa.update(ImportFile)
        .where(ImportFile.sent_at < moment, ImportFile.waits)
        .values(data=None, waits=False)
        .execution_options(synchronize_session=False)
    )
