"""Questions about proposals, their speakers and their letters, as selects; nothing runs here."""

from cfp.submissions.queries.letters import letter_counts, letters_due, unanswered
from cfp.submissions.queries.own import (
    availability,
    by_code,
    by_source_key,
    count_of,
    own,
    with_all,
)
from cfp.submissions.queries.team import (
    OVERSEERS,
    counts,
    drafts,
    in_order,
    log_of,
    matching,
    visible_to,
)

__all__ = [
    "OVERSEERS",
    "availability",
    "by_code",
    "by_source_key",
    "count_of",
    "counts",
    "drafts",
    "in_order",
    "letter_counts",
    "letters_due",
    "log_of",
    "matching",
    "own",
    "unanswered",
    "visible_to",
    "with_all",
]
