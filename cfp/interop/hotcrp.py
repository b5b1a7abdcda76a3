"""Reading HotCRP: papers as its JSON download gives them, their authors with addresses."""

from __future__ import annotations

from typing import Any

from cfp.interop.imported import BrokenFile, Imported
from cfp.interop.programme.collect import collect
from cfp.interop.programme.raw import RawHead, RawPerson, RawTalk
from cfp.interop.programme.repairs import Repairs
from cfp.interop.schedule_json.parsing import a_dict, a_list, dicts, parse, words
from cfp.sentences import say


def read(data: bytes, *, zone: str = "UTC") -> Imported:
    """The papers in the file. Raises BrokenFile where none has a number."""
    content, repairs = parse(data), Repairs()
    listed = content if isinstance(content, list) else a_dict(content).get("papers") or [content]
    papers = [paper for paper in dicts(listed) if "pid" in paper]
    if not papers:
        raise BrokenFile(say("The file holds no papers of HotCRP."))
    return collect(RawHead(), [_talk(paper) for paper in papers], repairs, zone=zone)


def _talk(paper: dict[str, Any]) -> RawTalk:
    key = words(paper.get("pid"))
    topics = paper.get("topics")
    named = a_list(topics) or [name for name, chosen in a_dict(topics).items() if chosen]
    return RawTalk(
        where=say("paper %(key)s", key=key),
        id=key,
        title=words(paper.get("title")),
        abstract=words(paper.get("abstract")),
        track=words(named[0]) if named else "",
        format=words(paper.get("submission_class")) or words(paper.get("sclass")),
        state=state_of(words(paper.get("decision")), withdrawn=paper.get("withdrawn") is True),
        persons=tuple(_author(one) for one in dicts(paper.get("authors"))),
    )


def state_of(decision: str, *, withdrawn: bool) -> str:
    """What became of a paper, in the words of an import."""
    if withdrawn:
        return "withdrawn"
    if decision.lower().startswith("accept"):
        return "accepted"
    return "rejected" if decision.lower().startswith("reject") else "submitted"


def _author(one: dict[str, Any]) -> RawPerson:
    parts = [words(one.get("first")), words(one.get("last"))]
    name = words(one.get("name")) or " ".join(filter(None, parts))
    email = words(one.get("email")).lower()
    return RawPerson(name or email, email=email)
