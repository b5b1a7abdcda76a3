"""The shape of what organisers type about the grid, the draft and a release."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, ValidationError

from cfp import clock, display
from cfp.conference.models import Conference, Room
from cfp.forms import Form, InRange, LineField, ParagraphsField
from cfp.schedule.models import BreakKind
from cfp.schedule.service.programme import find_talks
from cfp.submissions.models import Talk

REQUIRED = _l("Please fill this in.")
A_TIME = _l("Please give a time such as 09:30.")
ALL = "all"
RASTERS = (5, 10, 15, 20, 30, 45, 60, 90)
MOST_MOVES = 500  # in one step


def known_edit(value):
    """The edit that a form carries; one that nobody wrote fits no draft."""
    text = "" if value is None else str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def room_choices(rooms: Iterable[Room]) -> list[SelectChoice]:
    return [SelectChoice(str(room.id), room.name) for room in rooms]


def day_choices(conference: Conference) -> list[SelectChoice]:
    return [
        SelectChoice(day.isoformat(), display.day(day, "EEEE, d MMMM")) for day in conference.days
    ]


class HoursForm(Form):
    """Opening hours for one room or all, on one day or each."""

    room = SelectField(_l("Room"), [InputRequired(REQUIRED)])
    day = SelectField(_l("Day"), [InputRequired(REQUIRED)])
    first = TimeField(_l("From"), [InputRequired(A_TIME)])
    last = TimeField(_l("Until"), [InputRequired(A_TIME)])
    raster = SelectField(_l("Sessions start"), coerce=int, default=0)
    drawn = BooleanField()  # drawn: the other hours of the day stay
    instead = HiddenField(filters=[known_edit])  # the hours of which an edge was pulled

    def offer(self, conference: Conference) -> None:
        """Fill the choices with what this edition has."""
        if self.raster is not None:
            usual = _("every %(n)s minutes, as everywhere", n=conference.raster_minutes)
            every = [(n, _("every %(n)s minutes from its opening on", n=n)) for n in RASTERS]
            self.raster.choices = [SelectChoice(n, label) for n, label in ((0, usual), *every)]
        self.room.choices = [SelectChoice(ALL, _("All rooms")), *room_choices(conference.rooms)]
        self.day.choices = [SelectChoice(ALL, _("Each day")), *day_choices(conference)]

    def rooms(self, conference):
        return [room for room in conference.rooms if self.room.data in {ALL, str(room.id)}]

    def days(self, conference):
        return [day for day in conference.days if self.day.data in {ALL, day.isoformat()}]


class CloseForm(HoursForm):
    """The same choice of rooms and days, without hours: they are closed."""

    first = last = raster = drawn = instead = None


class BreakForm(HoursForm):
    """Time without talks."""

    raster = drawn = instead = None
    sort = SelectField(
        _l("What it is"),
        [InputRequired(REQUIRED)],
        choices=[
            SelectChoice(BreakKind.PAUSE.value, _l("a break that visitors read of")),
            SelectChoice(BreakKind.PLENARY.value, _l("a plenary: only this room has talks")),
            SelectChoice(BreakKind.BUFFER.value, _l("a buffer: kept free, and not announced")),
        ],
        default=BreakKind.PAUSE.value,
    )
    title = LineField(
        _l("Name"), 80, description=_l("Lunch, coffee. Plenaries and buffers need none.")
    )


class MoveBreakForm(HoursForm):
    """Other hours for a break."""

    room = day = raster = drawn = instead = None


class EditForm(Form):
    """Nothing but the draft that the person looked at."""

    edit = HiddenField(filters=[known_edit])


class PinForm(EditForm):
    pinned = BooleanField(_l("Pinned"))


class PartsForm(EditForm):
    """In how many parts a session is given."""

    parts = IntegerField(_l("Parts"), [InputRequired(REQUIRED), InRange(2, 6)], default=2)


class SwapForm(EditForm):
    """Two sessions by their codes."""

    one = HiddenField()
    other = HiddenField()


class AdoptForm(EditForm):
    """``back``: not the plan, but what stood there before it."""

    back = BooleanField()


class PlaceForm(EditForm):
    """A room and a start on the conference's clock."""

    room = SelectField(_l("Room"), [InputRequired(REQUIRED)])
    start = DateTimeLocalField(
        _l("Start"),
        [InputRequired(_l("Please give a day and a time."))],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def offer(self, conference: Conference, rooms: Iterable[Room] | None = None) -> None:
        """Fill the choices; ``rooms`` if they are known already."""
        self.days = conference.days
        self.rooms = {str(room.id): room for room in rooms or conference.rooms}
        self.room.choices = [SelectChoice(name, room.name) for name, room in self.rooms.items()]

    def validate_start(self, field):
        if field.data and not self.days[0] <= field.data.date() <= self.days[-1] + timedelta(1):
            raise ValidationError(_("The conference does not take place on that day."))

    def spot(self, conference: Conference) -> tuple[Room, datetime]:
        return self.rooms[self.room.data], clock.from_wall(self.start.data, conference.timezone)


class WaiverForm(EditForm):
    """A rule and for whom it is set aside; ``back``: it holds again; ``gate``: at a release."""

    rule = HiddenField()
    subject = HiddenField()
    back = BooleanField()
    gate = BooleanField()


def read_moves(conference: Conference, sent) -> dict[Talk, tuple[Room, datetime] | None] | None:
    """Sessions with the room and start they are sent to; None stands for the side.

    Returns None if anything of it is not what the editor sends.
    """
    places = dict(move.partition("@")[::2] for move in sent.getlist("put")[:MOST_MOVES])
    wanted: dict[str, tuple[Room, datetime] | None] = dict.fromkeys(
        sent.getlist("off")[:MOST_MOVES]
    )
    for code, place in places.items():
        room, _at, start = place.partition("@")
        form = PlaceForm(MultiDict({"room": room, "start": start}), meta={"csrf": False})
        form.offer(conference)
        if not form.validate():
            return None
        wanted[code] = form.spot(conference)
    talks = find_talks(conference, wanted)
    if not talks or len(talks) < len(wanted):
        return None
    return {talks[code]: spot for code, spot in wanted.items()}


class SolveForm(Form):
    seconds = IntegerField(
        _l("Seconds"),
        [InputRequired(REQUIRED), InRange(5, 300)],
        default=30,
        description=_l("From 5 to 300. A first plan stands at once; more time polishes it."),
    )
    seed = IntegerField(
        _l("Seed"),
        [InputRequired(REQUIRED), InRange(0, 2**31 - 1)],
        default=1,
        description=_l("Decides among equally good plans. Another seed, another plan."),
    )
    only_rest = BooleanField(_l("Only place what has no place yet; nothing else moves"))


class ReleaseForm(EditForm):
    version = LineField(_l("Version"), 40, [DataRequired(REQUIRED)])
    note = ParagraphsField(
        _l("Note"), 2000, description=_l("What is new, for those who read the change log.")
    )
    unconfirmed = BooleanField(_l("Announce sessions whose speakers have not confirmed, too"))
