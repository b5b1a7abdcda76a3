"""What the speaker's desk shows of the committee's words."""

from cfp.reviews.service import feedback
from cfp.reviews.views.blueprint import pages


@pages.app_template_global()
def words_for_speakers(submission):
    """What reviewers wrote for the speakers of this proposal, once these were told."""
    return feedback.words_for_speakers(submission)
