"""The shape of what organisers type about an edition, its parts and its team."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from cfp import clock
from cfp.access import Role
from cfp.conference.models import Conference, FormatKind, Publicity
from cfp.conference.roles import TEAM_ROLES, role_name, role_purpose
from cfp.conference.service.editions import Basics
from cfp.conference.service.plan import DEADLINES, Plan, plan_of
from cfp.forms import Form, InRange, LineField, OpenedForm, ParagraphsField
from cfp.people.forms import AddressField

REQUIRED = _l("Please fill this in.")
NUMBER = _l("Please enter a number from %(min)s to %(max)s.")
ACCENTS = range(0, 360, 15)


def sensible_day(_form, field) -> None:
    if field.data is not None and not 1990 <= field.data.year <= 2100:
        raise ValidationError(_("Please enter a day between 1990 and 2100."))


def number(label, least: int, most: int, **more) -> IntegerField:
    """A number in a range; what is optional may stay empty."""
    needed = Optional() if more.pop("optional", False) else InputRequired(REQUIRED)
    return IntegerField(label, [needed, InRange(least, most, NUMBER)], **more)


def deadline(label) -> DateTimeLocalField:
    """A moment on the conference's clock, to the minute."""
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]  # the first one is shown
    return DateTimeLocalField(label, [Optional(), sensible_day], format=formats)


def always_chosen(*fields) -> None:
    """These begin with a choice; calling them optional would mislead."""
    for field in fields:
        field.flags.hide_optional = True


class BasicsForm(OpenedForm):
    name = LineField(_l("Name"), 120, [InputRequired(REQUIRED)])
    tagline = LineField(_l("In one line"), 200)
    about = ParagraphsField(
        _l("About"), 10_000, description=_l("For the front page. Markdown is fine.")
    )
    starts_on = DateField(_l("First day"), [InputRequired(REQUIRED), sensible_day])
    ends_on = DateField(_l("Last day"), [InputRequired(REQUIRED), sensible_day])
    venue = LineField(_l("Venue"), 200, description=_l("Name and address, as a visitor needs it."))
    city = LineField(_l("City"), 80)
    timezone = SelectField(
        _l("Time zone"),
        default="Europe/Berlin",
        description=_l("All times of this edition are read on its clock."),
    )
    accent = RadioField(
        _l("Colour"),
        coerce=int,
        choices=[SelectChoice(hue, str(hue)) for hue in ACCENTS],
        default=255,
    )
    publicity = RadioField(
        _l("Who sees it"),
        coerce=lambda value: value if isinstance(value, Publicity) else Publicity(value),
        default=Publicity.DRAFT,
    )

    organisers_need_factor = BooleanField(
        _l("Organisers need a second factor"),
        description=_l("Without a code of their phone they see the pages of the team no more."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        always_chosen(self.timezone, self.publicity)
        self.timezone.choices = [SelectChoice(zone, zone) for zone in zones()]
        self.publicity.choices = [
            SelectChoice(Publicity.DRAFT.value, _("The team only, while it is prepared")),
            SelectChoice(Publicity.PUBLIC.value, _("Everybody")),
        ]

    def basics(self) -> Basics:
        return Basics(**{name: self[name].data for name in Basics.__dataclass_fields__})


class NewForm(BasicsForm):
    """A new edition: its address, and whom it takes after."""

    slug = LineField(
        _l("Short name in the address"),
        40,
        [InputRequired(REQUIRED)],
        description=_l("Small letters, digits and hyphens: foss-2027. It stays for good."),
    )
    source = SelectField(
        _l("Take after"),
        coerce=int,
        default=0,
        description=_l("Rooms, tracks, formats, texts and rules are copied, deadlines shifted."),
    )


class PlanForm(OpenedForm):
    """The call and its deadlines, as the clock of the conference shows them."""

    call_text = ParagraphsField(
        _l("What the call says"),
        10_000,
        description=_l("What you look for, and what gets a proposal accepted. Markdown is fine."),
    )
    call_opens_at = deadline(_l("The call opens"))
    call_closes_at = deadline(_l("The call closes"))
    reviews_due_at = deadline(_l("Reviews are due"))
    confirm_by = deadline(_l("Speakers confirm by"))
    blind = BooleanField(
        _l("Blind reviews"), description=_l("Reviewers see no names, employers or notes.")
    )
    reviews_each = number(_l("Reviews for each proposal"), 1, 9)
    talks_wanted = number(_l("Talks wanted in all"), 1, 10_000, optional=True)
    takes_wishes = BooleanField(
        _l("Visitors may wish for talks"),
        description=_l("A public list; you read each wish before it shows."),
    )
    moves_up = BooleanField(
        _l("The waiting list moves up by itself"),
        description=_l("When somebody declines, the next gets the letter at once, and you a copy."),
    )
    raster_minutes = SelectField(
        _l("Grid of the schedule"),
        coerce=int,
        description=_l("Talks begin at multiples of this."),
    )
    walk_minutes = number(_l("Minutes to walk between rooms"), 0, 60)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        always_chosen(self.raster_minutes)
        self.raster_minutes.choices = [
            SelectChoice(n, _("%(n)s minutes", n=n)) for n in (5, 10, 15, 20, 30, 60)
        ]

    def plan(self, zone: str) -> Plan:
        """What was typed, its times as moments. A deadline of 23:59 lasts until 23:59:59."""
        values = {name: self[name].data for name in Plan.__dataclass_fields__}
        for name in DEADLINES:
            values[name] = moment_of(values[name], zone, ends=name != "call_opens_at")
        return Plan(**values)


def plan_form(conference: Conference) -> PlanForm:
    known = vars(plan_of(conference)).copy()
    for name in DEADLINES:
        if known[name] is not None:
            wall = clock.local(known[name], conference.timezone)
            known[name] = wall.replace(tzinfo=None, second=0, microsecond=0)  # as it is shown
    return PlanForm(data=known)


def moment_of(wall: datetime | None, zone: str, *, ends: bool) -> datetime | None:
    """The moment at which a clock in ``zone`` shows ``wall``; an end includes its last second."""
    if wall is None:
        return None
    return clock.from_wall(wall.replace(second=59) if ends and not wall.second else wall, zone)


class RoomForm(OpenedForm):
    name = LineField(_l("Name"), 80, [InputRequired(REQUIRED)])
    capacity = number(_l("Seats"), 1, 100_000, optional=True)
    equipment = LineField(
        _l("Equipment"), 300, description=_l("Apart by commas: beamer, microphone, HDMI.")
    )
    records = BooleanField(_l("Talks can be recorded here"))

    def values(self) -> dict[str, object]:
        things = [thing.strip() for thing in (self.equipment.data or "").split(",")]
        return {
            "name": self.name.data,
            "capacity": self.capacity.data,
            "equipment": [thing for thing in things if thing],
            "records": self.records.data,
        }


class TrackForm(OpenedForm):
    name = LineField(_l("Name"), 80, [InputRequired(REQUIRED)])
    description = ParagraphsField(_l("What belongs here"), 1000)
    colour = RadioField(
        _l("Colour"), coerce=int, choices=[SelectChoice(n, str(n)) for n in range(1, 13)], default=1
    )
    talks_least = number(_l("Talks, at least"), 0, 1000, optional=True)
    talks_most = number(_l("Talks, at most"), 0, 1000, optional=True)
    call_closes_at = deadline(_l("The call closes for this track"))

    def validate_talks_most(self, field) -> None:
        least = self.talks_least.data
        if field.data is not None and least is not None and field.data < least:
            raise ValidationError(_("This cannot be less than the least."))

    def values(self) -> dict[str, object]:
        names = ("name", "description", "colour", "talks_least", "talks_most", "call_closes_at")
        return {name: self[name].data for name in names}


class FormatForm(OpenedForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        always_chosen(self.kind)

    name = LineField(_l("Name"), 80, [InputRequired(REQUIRED)])
    minutes = number(_l("Minutes"), 5, 1440, default=30)
    kind = RadioField(
        _l("How it comes about"),
        coerce=lambda value: value if isinstance(value, FormatKind) else FormatKind(value),
        default=FormatKind.SESSION,
        choices=[
            SelectChoice(FormatKind.SESSION.value, _l("Proposed by anybody, and scheduled")),
            SelectChoice(
                FormatKind.OFFER.value,
                _l("An offer for some people outside the schedule, such as a tour or a dinner"),
            ),
            SelectChoice(FormatKind.KEYNOTE.value, _l("By invitation only, such as a keynote")),
        ],
    )
    description = ParagraphsField(_l("What to expect"), 1000)
    talks_wanted = number(_l("How many are wanted"), 0, 1000, optional=True)

    def values(self) -> dict[str, object]:
        names = ("name", "minutes", "kind", "description", "talks_wanted")
        return {name: self[name].data for name in names}


class MemberForm(Form):
    """Whom to add to the team, and as what."""

    email = AddressField(_l("E-mail"), render_kw={"autocomplete": "off"})
    role = RadioField(_l("Role"), [InputRequired(_l("Please choose a role."))])
    track_id = SelectField(
        _l("Track"),
        coerce=int,
        default=0,
        description=_l("For a track chair: the track to look after."),
    )

    def __init__(self, conference: Conference, **kwargs) -> None:
        super().__init__(**kwargs)
        self.role.choices = [
            SelectChoice(role.value, f"{role_name(role)}: {role_purpose(role)}")
            for role in TEAM_ROLES
        ]
        self.track_id.choices = [SelectChoice(0, _("None"))] + [
            SelectChoice(track.id, track.name) for track in conference.tracks
        ]

    def chosen_role(self) -> Role:
        return Role(self.role.data)


def zones() -> list[str]:
    """Time zones as places; the old names without a place are left out."""
    places = (zone for zone in available_timezones() if "/" in zone and zone[:4] != "Etc/")
    return [*sorted(places), "UTC"]
