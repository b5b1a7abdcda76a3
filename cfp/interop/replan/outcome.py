"""A plan as a programme that the writers of files take; talks without a place are not in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from cfp.interop.imported import Imported
from cfp.interop.released import Release
from cfp.interop.released.release import (
    ReleasedLink,
    ReleasedPerson,
    ReleasedRoom,
    ReleasedTalk,
    ReleasedTrack,
)
from cfp.interop.text import slug
from cfp.schedule.problem import Problem, Timetable

NOWHERE = "https://conference.invalid"  # where the file does not say who announces it
VERSION = "draft"


def as_release(imported: Imported, problem: Problem, plan: Timetable, at: datetime) -> Release:
    """The programme of a plan, under the names that the file has given."""
    about = imported.conference
    base = (about.base_url or NOWHERE).rstrip("/")
    people = dict.fromkeys(person.key for talk in imported.talks for person in talk.speakers)
    number = {key: place for place, key in enumerate(people, start=1)}
    talks = []
    for place, talk in enumerate(imported.talks, start=1):
        if talk.key not in plan:
            continue
        where, minutes = plan[talk.key], problem.talk[talk.key].minutes
        talks.append(
            ReleasedTalk(
                slot_id=place,
                code=talk.code,
                guid=talk.key,
                title=talk.title,
                subtitle=talk.subtitle,
                abstract=talk.abstract,
                description=talk.description,
                format=talk.format,
                track=talk.track,
                language=talk.language,
                do_not_record=talk.do_not_record,
                room=where.room,
                starts_at=where.start,
                ends_at=where.start + timedelta(minutes=minutes),
                changed_at=at,
                url=talk.url or f"{base}/talk/{place}",
                speakers=tuple(
                    ReleasedPerson(number[person.key], "", person.name) for person in talk.speakers
                ),
                links=tuple(ReleasedLink(link.title, link.url) for link in talk.links),
            )
        )
    days = sorted(talk.starts_at.date() for talk in talks) or [at.date()]
    return Release(
        title=about.title or "Conference",
        slug=slug(about.acronym or about.title or "conference"),
        timezone=about.timezone or "UTC",
        starts_on=days[0],
        ends_on=days[-1],
        version=VERSION,
        released_at=at,
        base_url=base,
        rooms=tuple(ReleasedRoom(room.name, room.id, room.capacity) for room in problem.rooms),
        tracks=tuple(ReleasedTrack(track.name, track.colour) for track in about.tracks),
        talks=tuple(talks),
    )
