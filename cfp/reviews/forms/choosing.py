"""What a chair types about the line-up: another length, a vote, a decision with its reasons."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import DataRequired, InputRequired, Optional

from cfp.forms import Form, LineField, clean_line
from cfp.reviews.service.lineup import GOALS, Wanted

REQUIRED = _l("Please fill this in.")


class VoteForm(Form):
    """A yes or a no; its two buttons are the choices."""

    value = RadioField(choices=["yes", "no"], validators=[InputRequired(REQUIRED)])


class LengthForm(Form):
    """Another format to offer; the choices come from the edition."""

    format = SelectField(_l("Format"), [DataRequired(REQUIRED)], coerce=int)
    note = LineField(
        _l("Why?"), 300, [Optional()], description=_l("The speakers read this in their letter.")
    )

    def __init__(self, submission, **kwargs):
        super().__init__(**kwargs)
        self.format.choices = [
            SelectChoice(one.id, one.name)
            for one in submission.conference.formats
            if one.id != submission.format_id
        ]


class DecideForm(Form):
    """A line-up to be decided, as it was looked at. Its reasons are fields of their own."""

    seen = HiddenField(validators=[DataRequired(REQUIRED)])


def decide_form(overruled, reasons):
    """The form with a reason to give for each proposal against which the chair decides.

    ``reasons`` are those of an earlier selection, by code.
    """
    fields = {
        f"why-{row.code}": LineField(row.title, 300, [DataRequired(_l("Please say why."))])
        for row in overruled
    }
    given = {f"why-{code}": reason for code, reason in reasons.items()}
    return type("DecideForm", (DecideForm,), fields)(data=given)


def read_wanted(args, usual):
    """The line-up that an address asks for; what it does not say, or says wrong, is as usual.

    Forgiving on purpose: it is a what-if, and nothing is kept of it.
    """
    if "total" not in args:
        return replace(usual, seed=clean_line(args.get("seed"))[:40] or usual.seed)

    def number(name, most=2000):
        value = args.get(name, type=int)
        return None if value is None else min(max(value, 0), most)

    def ids(prefix):
        names = (name.removeprefix(prefix) for name in args if name.startswith(prefix))
        return sorted({int(name) for name in names if name.isdecimal() and len(name) < 10})

    undone = set(args.getlist("undo"))
    formats = {key: number(f"format-{key}") for key in ids("format-")}
    bounds = {
        key: (number(f"least-{key}") or 0, number(f"most-{key}"))
        for key in {*ids("least-"), *ids("most-")}
    }
    return Wanted(
        total=usual.total if number("total") is None else number("total"),
        waitlist=number("waitlist") or 0,
        formats={key: wanted for key, wanted in formats.items() if wanted is not None},
        tracks={
            key: (least, None if most is None else max(least, most))
            for key, (least, most) in bounds.items()
            if least or most is not None
        },
        seed=clean_line(args.get("seed"))[:40] or usual.seed,
        by_mean=args.get("score") == "mean",
        put_in=tuple(sorted(set(args.getlist("in")) - undone)),
        left_out=tuple(sorted(set(args.getlist("out")) - undone)),
        goals={mark: number(f"goal-{mark}") for mark in GOALS if number(f"goal-{mark}")},
        price=usual.price if number("price", 200) is None else number("price", 200),
    )
