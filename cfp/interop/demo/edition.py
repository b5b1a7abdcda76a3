"""The demo's edition: dates counted from today, rooms, tracks, formats, team and grid."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from cfp import clock
from cfp.access import Role
from cfp.conference.models import Conference, Format, FormatKind, Membership, Publicity, Room, Track
from cfp.db import db
from cfp.interop.demo.book import LOGINS, Demo
from cfp.schedule.models import Break, Opening

OPENED_AT = -24  # the offset of the day on which the demo opens: three days before the call closes
COLOURS = (1, 3, 5, 7, 9, 11)


def add_conference(plan: dict[str, Any], at: datetime) -> Conference:
    about = plan["conference"]
    deadlines = {d["key"]: _deadline(d, at) for d in plan["deadlines"] if d["key"] != "announced"}
    first = _next_weekday(at.date() + timedelta(days=140 - OPENED_AT), 3)
    conference = Conference(
        slug=about["slug"].rpartition("-")[0],
        name=about["name"],
        tagline=about["tagline"],
        about=about["description"],
        venue=f"{about['venue']['name']}, {about['venue']['street']}",
        city=about["venue"]["city"],
        timezone=about["timezone"],
        starts_on=first,
        ends_on=first + timedelta(days=about["number_of_days"] - 1),
        publicity=Publicity.PUBLIC,
        accent=345,
        call_text=_call_text(plan["call"]),
        call_opens_at=deadlines["call_opens"],
        call_closes_at=deadlines["call_closes"],
        reviews_due_at=deadlines["reviews_due"],
        confirm_by=deadlines["confirm_by"],
        talks_wanted=sum(f["quota"] for f in plan["formats"]),
        takes_wishes=True,
    )
    db.session.add(conference)
    db.session.flush()
    return conference


def _deadline(deadline: dict[str, Any], at: datetime) -> datetime:
    zone = "Etc/GMT+12" if deadline["zone"] == "AoE" else deadline["zone"]
    on = at.date() + timedelta(days=deadline["day_offset"] - OPENED_AT)
    wall = time.fromisoformat(deadline["time"])
    last_second = wall.replace(second=59) if wall == time(23, 59) else wall
    return clock.from_wall(datetime.combine(on, last_second), zone)


def _next_weekday(on: date, weekday: int) -> date:
    return on + timedelta(days=(weekday - on.weekday()) % 7)


def _call_text(call: dict[str, Any]) -> str:
    def bullets(title: str, lines: Iterable[str]) -> str:
        return f"## {title}\n\n" + "\n".join(f"* {line}" for line in lines)

    return "\n\n".join(
        (
            call["introduction"],
            bullets("Topics", call["topics"]),
            bullets("What gets a proposal accepted", call["gets_accepted"]),
            bullets("What does not", call["gets_declined"]),
            f"## How we choose\n\n{call['how_we_choose']}",
            bullets("What we offer", call["we_offer"]),
            call["practical"],
        )
    )


def add_parts(demo: Demo) -> None:
    here = demo.conference.id
    for n, room in enumerate(demo.plan["rooms"]):
        db.session.add(
            Room(
                conference_id=here,
                name=room["name"],
                capacity=room["capacity"],
                equipment=room["equipment"],
                records=room["recording"],
                position=n,
            )
        )
    for n, track in enumerate(demo.plan["tracks"]):
        db.session.add(
            Track(
                conference_id=here,
                name=track["name"],
                description=track["description"],
                colour=COLOURS[n],
                position=n,
                talks_least=track["quota"] - 2,
                talks_most=track["quota"] + 2,
            )
        )
    for n, kind in enumerate(demo.plan["formats"]):
        db.session.add(
            Format(
                conference_id=here,
                name=kind["name"],
                description=kind["description"],
                minutes=kind["minutes"],
                kind=FormatKind(kind.get("kind", "session")),
                talks_wanted=kind["quota"],
                position=n,
            )
        )
    db.session.flush()


def add_team(demo: Demo) -> None:
    (name, email, _), _reviewer, (guest, guest_email, _) = LOGINS
    head = demo.person(name, email, "Verein Seitenbühne")
    head.is_admin = True
    demo.person(guest, guest_email)
    roles = [(head, Role.ORGANISER), (head, Role.CHAIR)]
    for row in demo.rows("reviewers.csv"):
        reviewer = demo.person(row["name"], row["email"], row["employer"])
        roles.append((reviewer, Role.REVIEWER))
    db.session.add_all(
        Membership(conference_id=demo.conference.id, person=person, role=role)
        for person, role in roles
    )


def add_grid(demo: Demo) -> None:
    here, rooms = demo.conference.id, {r.name: r for r in demo.conference.rooms}
    main = next(iter(rooms.values()))
    for plan in demo.plan["days"]:
        day = plan["conference_day"]
        stretches = [(room, *times) for room in rooms.values() for times in plan["sessions"]]
        talks = [p for p in plan["plenaries"] if p["kind"] == "keynote"]
        stretches += [(main, p["starts"], p["ends"]) for p in talks]
        db.session.add_all(
            Opening(
                conference_id=here,
                room_id=room.id,
                starts_at=demo.moment(day, starts),
                ends_at=demo.moment(day, ends),
            )
            for room, starts, ends in stretches
        )
        pauses = plan["breaks"] + [p for p in plan["plenaries"] if p["kind"] != "keynote"]
        db.session.add_all(
            Break(
                conference_id=here,
                title=pause["title"],
                starts_at=demo.moment(day, pause["starts"]),
                ends_at=demo.moment(day, pause["ends"]),
            )
            for pause in pauses
        )
