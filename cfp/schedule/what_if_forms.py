"""The shape of a question: who cancels, which room is lost, what moves, what is accepted, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from cfp import clock
from cfp.forms import Form
from cfp.schedule.forms import ALL, REQUIRED, PlaceForm, day_choices, room_choices
from cfp.schedule.puzzle import Programme
from cfp.submissions.models import Outcome, Submission


class MissingForm(Form):
    person = SelectField(_l("Who"), [InputRequired(REQUIRED)])

    def know(self, programme: Programme, proposals: Sequence[Submission]) -> None:
        del proposals
        people = {s.person_id: s.person for t in programme.talks for s in t.submission.speakers}
        self.people = {str(id_): person for id_, person in people.items()}
        named = sorted(self.people.items(), key=lambda one: one[1].name)
        self.person.choices = [SelectChoice(id_, person.name) for id_, person in named]


class LostRoomForm(Form):
    room = SelectField(_l("Room"), [InputRequired(REQUIRED)])
    day = SelectField(_l("Day"), [InputRequired(REQUIRED)])

    def know(self, programme: Programme, proposals: Sequence[Submission]) -> None:
        del proposals
        self.room.choices = room_choices(programme.rooms)
        each = SelectChoice(ALL, _("Each day"))
        self.day.choices = [each, *day_choices(programme.conference)]

    def chosen_day(self, programme: Programme) -> date | None:
        days = (day for day in programme.conference.days if day.isoformat() == self.day.data)
        return next(days, None)


class MovingForm(PlaceForm):
    """A session and where it has to go."""

    talk = SelectField(_l("Session"), [InputRequired(REQUIRED)])

    def know(self, programme: Programme, proposals: Sequence[Submission]) -> None:
        del proposals
        self.offer(programme.conference, programme.rooms)
        self.talk.choices = [SelectChoice(talk.code, talk.title) for talk in programme.talks]
        first = min((opening.starts_at for opening in programme.openings), default=None)
        if first and not self.is_submitted():
            self.start.data = clock.local(first, programme.conference.timezone)


class MoreForm(Form):
    """Proposals that are not accepted; those on the waitlist are chosen to begin with."""

    proposals = SelectMultipleField(
        _l("Proposals"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def know(self, programme: Programme, proposals: Sequence[Submission]) -> None:
        del programme
        self.known = {submission.code: submission for submission in proposals}
        self.proposals.choices = [SelectChoice(code, s.title) for code, s in self.known.items()]
        if not self.is_submitted():
            self.proposals.data = [code for code, s in self.known.items() if _waits(s)]

    def chosen(self) -> list[Submission]:
        return [self.known[code] for code in self.proposals.data]


def _waits(submission: Submission) -> bool:
    return submission.decision is not None and submission.decision.outcome is Outcome.WAITLIST
