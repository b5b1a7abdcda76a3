"""Who may do what, printed from the labels that the pages themselves carry."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import current_app, render_template

from cfp.access import Role, allow, allowed
from cfp.conference.roles import TEAM_ROLES, role_name
from cfp.conference.views import pages
from cfp.conference.views.settings import frame


@dataclass(frozen=True)
class Deed:
    """One thing that can be done, and the roles that may."""

    package: str
    name: str
    roles: frozenset[Role]


def deeds() -> list[Deed]:
    """Everything that can be done in an edition, in the order of the house."""
    found = {}
    for rule in current_app.url_map.iter_rules():
        if "conference" in rule.arguments:
            found[rule.endpoint] = Deed(
                rule.endpoint.partition(".")[0],
                _name(rule.endpoint),
                allowed(current_app, rule.endpoint),
            )
    return sorted(found.values(), key=lambda deed: (deed.package, deed.name.lower()))


@pages.get("/<conference>/team/settings/access")
@allow(Role.ORGANISER, Role.CHAIR)
def access():
    """Read who may do what."""
    groups = [(package, list(some)) for package, some in groupby(deeds(), lambda d: d.package)]
    return render_template(
        "conference/access.html",
        groups=groups,
        roles=TEAM_ROLES,
        role_name=role_name,
        Role=Role,
        **frame(),
    )


def _name(endpoint: str) -> str:
    """The first line that the page says of itself, else the words of its name."""
    said = (current_app.view_functions[endpoint].__doc__ or "").strip().splitlines()
    return (
        said[0].rstrip(".") if said else endpoint.partition(".")[2].replace("_", " ").capitalize()
    )
