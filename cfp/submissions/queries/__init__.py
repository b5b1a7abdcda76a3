"""Questions about proposals, their speakers and their letters, as selects; nothing runs here."""

from cfp.submissions.queries.after import (
    coming,
    open_request,
    requests,
    requests_of,
    stay_of,
    stays,
    travel_sponsors,
)
from cfp.submissions.queries.letters import (
    letter_counts,
    letters_back,
    letters_due,
    unanswered,
    who_gets_letters,
)
from cfp.submissions.queries.own import (
    availability,
    by_code,
    by_source_key,
    count_of,
    own,
    unsent,
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
    "coming",
    "count_of",
    "counts",
    "drafts",
    "in_order",
    "letter_counts",
    "letters_back",
    "letters_due",
    "log_of",
    "matching",
    "open_request",
    "own",
    "requests",
    "requests_of",
    "stay_of",
    "stays",
    "travel_sponsors",
    "unanswered",
    "unsent",
    "visible_to",
    "who_gets_letters",
    "with_all",
]
