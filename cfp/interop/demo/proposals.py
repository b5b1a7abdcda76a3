"""The demo's proposals, its invited keynotes, and when their speakers cannot come."""

from collections.abc import Iterable

from cfp.db import db
from cfp.interop.demo.book import LOGINS, Demo
from cfp.schedule.models import Placement, Schedule
from cfp.submissions.models import (
    Availability,
    Decision,
    Degree,
    Level,
    Outcome,
    Speaker,
    Submission,
    SubmissionState,
    Talk,
    TalkState,
)


def add_proposals(demo: Demo) -> Iterable[tuple[int, float]]:
    formats = {f.name: f for f in demo.conference.formats}
    tracks = {t.name: t for t in demo.conference.tracks}
    opened = demo.conference.call_opens_at or demo.at
    rows = demo.rows("proposals.csv")
    for n, row in enumerate(rows):
        handed_in = opened + (demo.at - opened) * (n + 1) / (len(rows) + 1)
        names, emails = row["speakers"].split(";"), row["emails"].split(";")
        employers = [*row["employer"].split(";"), *[""] * len(names)]
        submission = Submission(
            conference_id=demo.conference.id,
            source_key=f"demo:{n + 1}",
            title=row["title"],
            abstract=row["abstract"],
            format_id=formats[row["format"]].id,
            track_id=tracks[row["track"]].id,
            level=Level(row["level"]),
            language=row["language"],
            notes=row["notes"],
            state=SubmissionState.SUBMITTED,
            created_at=handed_in,
            submitted_at=handed_in,
        )
        for position, (name, email) in enumerate(zip(names, emails, strict=True)):
            person = demo.person(name.strip(), email.strip(), employers[position].strip())
            submission.speakers.append(Speaker(person=person, position=position))
        submission.created_by_id = submission.speakers[0].person.id
        db.session.add(submission)
        db.session.flush()
        yield submission.id, float(row["quality"])


def add_keynotes(demo: Demo) -> None:
    """Keynotes come by invitation: accepted and confirmed before anybody scores."""
    head = demo.people[LOGINS[0][1]]
    draft, stage = Schedule(conference_id=demo.conference.id), demo.conference.rooms[0]
    talk_format = demo.conference.formats[0]
    for plan in demo.plan["days"]:
        for keynote in (p for p in plan["plenaries"] if p["kind"] == "keynote"):
            about = keynote["speaker"]
            person = demo.person(about["name"], about["email"], about["employer"])
            submission = Submission(
                conference_id=demo.conference.id,
                source_key=f"keynote:{plan['conference_day']}",
                title=keynote["title"],
                abstract=keynote["abstract"],
                format_id=talk_format.id,
                state=SubmissionState.SUBMITTED,
                submitted_at=demo.at,
                created_by_id=head.id,
                speakers=[Speaker(person=person, confirmed_at=demo.at)],
                decision=Decision(
                    outcome=Outcome.ACCEPT, by=head, reason="Invited.", at=demo.at, told_at=demo.at
                ),
            )
            day = plan["conference_day"]
            starts, ends = demo.moment(day, keynote["starts"]), demo.moment(day, keynote["ends"])
            submission.talk = Talk(
                conference_id=demo.conference.id,
                title=keynote["title"],
                abstract=keynote["abstract"],
                format_id=talk_format.id,
                minutes=int((ends - starts).total_seconds() // 60),
                state=TalkState.CONFIRMED,
            )
            draft.placements.append(
                Placement(
                    talk=submission.talk, room=stage, starts_at=starts, ends_at=ends, pinned=True
                )
            )
            db.session.add(submission)
    db.session.add(draft)
    db.session.flush()


def add_availability(demo: Demo) -> None:
    halves = {"morning": ("00:00", "13:00"), "afternoon": ("13:00", "23:59")}
    for row in demo.rows("availability.csv"):
        starts, ends = halves[row["half"]]
        db.session.add(
            Availability(
                conference_id=demo.conference.id,
                person_id=demo.people[row["email"]].id,
                starts_at=demo.moment(int(row["day"]), starts),
                ends_at=demo.moment(int(row["day"]), ends),
                degree=Degree(row["degree"]),
            )
        )
