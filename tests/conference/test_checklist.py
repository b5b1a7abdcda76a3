"""The checklist says what an edition still needs."""

from types import SimpleNamespace

import pytest

from cfp.conference.checklist import checklist

NOTHING = dict.fromkeys(
    (
        "about",
        "venue",
        "call_text",
        "call_opens_at",
        "call_closes_at",
        "reviews_due_at",
        "confirm_by",
    )
) | {"rooms": [], "tracks": [], "formats": [], "reviews_each": 3}


def missing(*, is_public=False, reviewers=0, **there):
    items = checklist(SimpleNamespace(**NOTHING | there), is_public=is_public, reviewers=reviewers)
    return {item.key for item in items if not item.done}


def test_a_new_edition_needs_everything():
    assert len(missing()) == len(
        checklist(SimpleNamespace(**NOTHING), is_public=False, reviewers=0)
    )


@pytest.mark.parametrize(
    ("there", "done"),
    [
        ({"about": "What.", "venue": "Where."}, "about"),
        ({"formats": ["Talk"]}, "formats"),
        ({"tracks": ["Community"]}, "tracks"),
        ({"rooms": ["Palais"]}, "rooms"),
        ({"call_text": "Tell us."}, "call_text"),
        ({"call_opens_at": 1, "call_closes_at": 2}, "call_dates"),
        ({"is_public": True}, "public"),
        ({"reviewers": 3}, "reviewers"),
        ({"reviews_due_at": 3}, "reviews_due"),
        ({"confirm_by": 4}, "confirm_by"),
    ],
)
def test_each_thing_is_ticked_when_it_is_there(there, done):
    assert missing() - missing(**there) == {done}


@pytest.mark.parametrize("there", [{"about": "What."}, {"call_opens_at": 1}, {"reviewers": 2}])
def test_half_of_a_thing_is_not_enough(there):
    assert missing(**there) == missing()
