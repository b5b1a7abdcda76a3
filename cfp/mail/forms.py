"""The shape of what somebody says about a letter that came back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from cfp.forms import Form, LineField


class CameBackForm(Form):
    """Why it came back, as far as the report in one's own mailbox says."""

    reason = LineField(_l("What the mail server says"), 300)
