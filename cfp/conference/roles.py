"""What the roles of the team are called, and what each is there for."""

from __future__ import annotations

from flask_babel import gettext as _

from cfp.access import Role


def role_name(role: Role) -> str:
    names: dict[Role, str] = {
        Role.ANYONE: _("Everybody"),
        Role.SIGNED_IN: _("Signed in"),
        Role.ADMIN: _("Administrator"),
        Role.ORGANISER: _("Organiser"),
        Role.CHAIR: _("Chair"),
        Role.TRACK_CHAIR: _("Track chair"),
        Role.REVIEWER: _("Reviewer"),
        Role.TREASURER: _("Treasurer"),
        Role.BOX_OFFICE: _("Box office"),
        Role.CREW: _("Crew"),
    }
    return names[role]


def role_purpose(role: Role) -> str:
    """One sentence for the person who gives the role away."""
    purposes: dict[Role, str] = {
        Role.ORGANISER: _("runs the edition: settings, team, letters, everything but verdicts"),
        Role.CHAIR: _("leads the committee: assigns reviews, decides, releases the programme"),
        Role.TRACK_CHAIR: _("looks after the proposals of one track"),
        Role.REVIEWER: _("reviews what was assigned, blind where the edition is"),
        Role.TREASURER: _("keeps the money"),
        Role.BOX_OFFICE: _("looks after tickets and the door"),
        Role.CREW: _("helps during the conference"),
    }
    return purposes.get(role, "")


TEAM_ROLES = (
    *(Role.ORGANISER, Role.CHAIR, Role.TRACK_CHAIR, Role.REVIEWER),
    *(Role.TREASURER, Role.BOX_OFFICE, Role.CREW),
)
