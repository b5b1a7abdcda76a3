"""The shapes of what people type about proposals, and of what is asked around them."""

from cfp.submissions.forms.after import (
    AvailabilityForm,
    StayForm,
    TalkForm,
    WishForm,
    availability_form,
)
from cfp.submissions.forms.proposal import (
    KEY,
    AnswerForm,
    DecisionForm,
    ProposalForm,
    SendForm,
    WordingForm,
    language_name,
    level_names,
    proposal_form,
)

__all__ = [
    "KEY",
    "AnswerForm",
    "AvailabilityForm",
    "DecisionForm",
    "ProposalForm",
    "SendForm",
    "StayForm",
    "TalkForm",
    "WishForm",
    "WordingForm",
    "availability_form",
    "language_name",
    "level_names",
    "proposal_form",
]
