"""What a reviewer types: a verdict with its criteria, a wish, an argument, a reason."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired

from cfp.forms import Form, LineField, OpenedForm, ParagraphsField
from cfp.reviews.models import BidValue, Side

REQUIRED = _l("Please fill this in.")
CHOOSE = _l("Please choose one of the five sentences.")
CHOOSE_STEP = _l("Please choose a number from 1 to 5.")

# The scale, kindest first; each step is what a reviewer would say aloud in the committee.
SCALE = {
    5: _l("I want it and will fight for it"),
    4: _l("I would be glad to see it"),
    3: _l("I could live with it, or without it"),
    2: _l("I would rather see something else"),
    1: _l("I do not want it and will fight against it"),
}
BIDS = {BidValue.YES: _l("Yes"), BidValue.MAYBE: _l("Maybe"), BidValue.NO: _l("No")}
SIDES = {Side.FOR.value: _l("For it"), Side.AGAINST.value: _l("Against it")}


def step_of_scale(value):
    """The step that a button stands for; nothing for what no button sends."""
    return int(value) if str(value) in {str(step) for step in SCALE} else None


class ReviewForm(OpenedForm):
    """One verdict."""

    score = RadioField(
        _l("Your verdict"),
        [AnyOf(SCALE, CHOOSE)],
        choices=[SelectChoice(score, sentence) for score, sentence in SCALE.items()],
        coerce=step_of_scale,
        validate_choice=False,
    )
    for_committee = ParagraphsField(
        _l("For the committee"), 5000, description=_l("Read by reviewers and chairs only.")
    )
    for_speaker = ParagraphsField(
        _l("For the speakers"),
        5000,
        description=_l("They read this once they are told, never who wrote it."),
    )


def step_or_nothing(value):
    """A step of a further criterion, nothing for no answer; what no button sends is no step."""
    return None if value in {"", None} else step_of_scale(value) or -1


def review_form(criteria, review=None, **more):
    """The form of a verdict with a scale for each further criterion, where it may be skipped."""
    steps = [
        SelectChoice("", _l("no answer")),
        *(SelectChoice(step, step) for step in sorted(SCALE)),
    ]
    fields = {
        f"criterion-{one.code}": RadioField(
            one.label,
            [AnyOf([None, *SCALE], CHOOSE_STEP)],
            choices=steps,
            coerce=step_or_nothing,
            validate_choice=False,
        )
        for one in criteria
    }
    given = {one.criterion_id: one.value for one in review.criterion_scores} if review else {}
    data = {f"criterion-{one.code}": given.get(one.id) for one in criteria}
    return type("ReviewForm", (ReviewForm,), fields)(obj=review, data=data, **more)


class BidForm(Form):
    """One wish; its three buttons are the choices."""

    value = RadioField(
        choices=[SelectChoice(value.value, word) for value, word in BIDS.items()],
        validators=[InputRequired(REQUIRED)],
    )


class ArgumentForm(Form):
    """One reason, for a proposal or against it."""

    side = RadioField(
        _l("Your argument"),
        [AnyOf(SIDES, _l("Please say whether it speaks for the proposal or against it."))],
        choices=[SelectChoice(value, words) for value, words in SIDES.items()],
        validate_choice=False,
    )
    text = LineField(_l("Why?"), 500, [DataRequired(REQUIRED)])


class OpinionForm(Form):
    """Whether one agrees with an argument; its three buttons are the choices."""

    value = RadioField(choices=["yes", "no", "none"], validators=[InputRequired(REQUIRED)])


class ReasonForm(Form):
    """Why one steps aside, or why something is done against the ranking."""

    reason = LineField(
        _l("Why?"), 300, [DataRequired(REQUIRED)], description=_l("Only the chair reads this.")
    )
