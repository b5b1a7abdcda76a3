"""Every component of the design on one page, in both themes; development only."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, render_template
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FileField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import DataRequired

from cfp import plot
from cfp.access import Role, allow
from cfp.forms import Form, LineField, ParagraphsField

pages = Blueprint("styleguide", __name__)

TODAY = date(2027, 1, 24)
SCALE = [
    (5, "I want it and will fight for it"),
    (4, "I like it"),
    (3, "I can live with it"),
    (2, "I would rather see something else"),
    (1, "I do not want it and will fight against it"),
]
TRACKS = [
    "Scale",
    "Search",
    "Community",
    "Governance",
    "Funding",
    "Inner Source",
    "Security",
    "Green IT",
    "Machine Learning",
    "Streaming",
    "Licences",
    "Everything else",
]
FORMATS = [
    SelectChoice("talk", "Talk, 30 minutes"),
    SelectChoice("workshop", "Workshop, 90 minutes"),
]
DAYS = [SelectChoice("8", "Monday"), SelectChoice("9", "Tuesday")]
STAGES = {
    "overview": "Overview",
    "call": "Call for papers",
    "reviews": "Reviews",
    "programme": "Programme",
    "tickets": "Tickets",
    "kitchen": "Kitchen",
    "sponsors": "Sponsors",
    "money": "Money",
    "crew": "Crew",
    "mail": "Mail",
    "settings": "Settings",
}


class ProposalForm(Form):
    """One field of every kind."""

    class Meta:
        csrf = False

    title = LineField("Title", 120, [DataRequired()], description="As it is printed.")
    abstract = ParagraphsField("Abstract", 1500, [DataRequired()], description="Markdown is fine.")
    track = SelectField(
        "Track", choices=[SelectChoice(n, name) for n, name in enumerate(TRACKS, 1)], coerce=int
    )
    format = RadioField("Format", [DataRequired()], choices=FORMATS)
    days = SelectMultipleField("Days on which you can come", choices=DAYS)
    people = IntegerField("Largest audience")
    arrival = DateField("Day of arrival", [DataRequired()])
    rehearsal = DateTimeLocalField("Rehearsal", [DataRequired()])
    slides = FileField("Slides", description="PDF, at most 20 MB.")
    recording = BooleanField("You may record and publish my session", description="Can be undone.")


def wrong_form(theme: str) -> ProposalForm:
    """A form as it comes back with two errors, its fields named apart per theme."""
    typed = {"abstract": "We moved 40 services.", "people": 900, "track": 2, "days": ["8"]}
    form = ProposalForm(prefix=f"{theme}-", data=typed)
    form.title.errors = ["Please give your proposal a title."]
    form.people.errors = ["Between 1 and 500, please."]
    return form


def sales(days: int) -> list[tuple[date, float]]:
    """A made-up sales curve: slow, then a rush before the price rises."""
    sold, points = 0.0, []
    for n in range(days):
        sold += 0.8 + (n % 7 < 2) * 0.9 + (4.5 if 70 <= n < 78 else 0)
        points.append((date(2026, 11, 1) + timedelta(days=n), float(round(sold))))
    return points


def forecast(look: plot.Look) -> plot.Plot:
    seen = sales(85)
    last_day, last = seen[-1]
    ahead = [(last_day + timedelta(n), last + n * 2.6 + n * n * 0.012) for n in range(0, 46, 3)]
    bands = [
        plot.Band(
            f"{share} %",
            [y - width * n for n, (_, y) in enumerate(ahead)],
            [y + width * n * 1.2 for n, (_, y) in enumerate(ahead)],
        )
        for share, width in ((90, 4.2), (50, 1.8))
    ]
    return plot.fan(
        "Tickets sold and to come",
        plot.Series("Forecast", ahead),
        bands,
        observed=plot.Series("Sold", seen),
        unit="tickets",
        now=TODAY,
        target=("Break-even: 240", 240),
        look=look,
    )


def ladder(look: plot.Look) -> plot.Plot:
    starts = [date(2026, 11, 1), date(2027, 1, 15), date(2027, 2, 20), date(2027, 3, 3)]
    prices = (("Early bird", 149), ("Regular", 199), ("Late", 249), ("Last minute", 299))
    steps = [
        plot.Step(label, start, end, price)
        for (label, price), start, end in zip(
            prices, starts, [*starts[1:], date(2027, 3, 8)], strict=True
        )
    ]
    return plot.ladder("Price of a regular ticket", steps, now=TODAY, look=look)


def pictures(theme: str) -> dict[str, plot.Plot]:
    """One picture of every kind."""
    look = plot.Look(key=theme)
    earlier = plot.Series("2026", [(day, sold * 0.8) for day, sold in sales(129)])
    names = ["Ada Lovelace", "Grace Hopper", "Spärck Jones", "Donaudampfschifffahrtsgesellschaft"]
    scores = [1.2, 1.9, 2.1, 2.2, 2.4, 2.6, 2.9, 3, 3.1, 3.1, 3.2, 3.3, 3.6, 3.7, 3.8, 4, 4.2, 4.7]
    rooms = ["Kesselhaus", "Maschinenhaus", "Palais"]
    full = [[share * (n + 3) % 97 for n in range(9)] for share in (29, 17, 11)]
    return {
        "fan": forecast(look),
        "ladder": ladder(look),
        "line": plot.line(
            "Sales against the last edition",
            [plot.Series("2027", sales(85)), earlier],
            unit="tickets",
            now=TODAY,
            look=look,
        ),
        "bars": plot.bars(
            "Reviews written",
            [plot.Bar(name, n, 30) for name, n in zip(names, (28, 30, 11, 0), strict=True)],
            look=look,
        ),
        "histogram": plot.histogram(
            "Mean scores",
            scores,
            [1 + n / 2 for n in range(9)],
            unit="score",
            count="proposals",
            look=look,
        ),
        "heat": plot.heat(
            "How full the rooms are",
            rooms,
            [str(n) for n in range(9, 18)],
            full,
            unit="%",
            look=look,
        ),
        "spark": plot.spark("Proposals a week", [2, 3, 3, 5, 4, 8, 13, 34], look=look),
    }


@pages.get("/_styleguide")
@allow(Role.ANYONE)
def components() -> str:
    themes = ("light", "dark")
    return render_template(
        "styleguide/components.html",
        forms={theme: wrong_form(theme) for theme in themes},
        plots={theme: pictures(theme) for theme in themes},
        scale=SCALE,
        tracks=TRACKS,
    )


@pages.get("/_styleguide/team")
@allow(Role.ANYONE)
def team() -> str:
    """The organiser's side around a sample overview."""
    waiting = {"reviews": 12, "mail": 3}
    stages = [
        {
            "key": key,
            "label": label,
            "url": f"#{key}",
            "waiting": waiting.get(key),
            "current": key == "overview",
        }
        for key, label in STAGES.items()
    ]
    editions = [{"name": f"Backstage {y}", "url": "#", "current": y == 2027} for y in (2027, 2026)]
    return render_template(
        "styleguide/team.html",
        stages=stages,
        editions=editions,
        conference={"name": "Backstage 2027"},
        conference_time="Sun 24 Jan, 14:05 CET",
        search_url="#",
        plots=pictures("team"),
    )


@pages.get("/_styleguide/front")
@allow(Role.ANYONE)
def front() -> str:
    """The public side around a sample front page."""
    names = ("Schedule", "Speakers", "Call for papers")
    return render_template(
        "styleguide/front.html",
        conference={"name": "Backstage 2027"},
        public_pages=[{"label": n, "url": "#", "current": n == "Schedule"} for n in names],
        plots=pictures("front"),
    )
