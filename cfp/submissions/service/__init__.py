"""What people do with proposals: write, hand in, withdraw, decide, tell, answer."""

from cfp.submissions.service.answers import cancel_talk, confirm, decline
from cfp.submissions.service.availability import availability_of, set_availability
from cfp.submissions.service.content import Content, choosable, content_of
from cfp.submissions.service.decisions import decide, undo_decision
from cfp.submissions.service.proposals import (
    SavedElsewhere,
    Saving,
    begin,
    change,
    discard,
    find_begun,
    hand_in,
    withdraw,
)
from cfp.submissions.service.speakers import invite, invite_again, join, leave, remove
from cfp.submissions.service.unsent import (
    Typed,
    TypedElsewhere,
    check_unsent,
    find_unsent,
    forget_unsent,
    keep_unsent,
)

__all__ = [
    "Content",
    "SavedElsewhere",
    "Saving",
    "Typed",
    "TypedElsewhere",
    "availability_of",
    "begin",
    "cancel_talk",
    "change",
    "check_unsent",
    "choosable",
    "confirm",
    "content_of",
    "decide",
    "decline",
    "discard",
    "find_begun",
    "find_unsent",
    "forget_unsent",
    "hand_in",
    "invite",
    "invite_again",
    "join",
    "keep_unsent",
    "leave",
    "remove",
    "set_availability",
    "undo_decision",
    "withdraw",
]
