"""One person before the curtain, who asks for everything whatever the truth behind it is."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from cfp import codes
from cfp.access import Role, allowed
from cfp.db import db, transaction
from cfp.mail.models import Message
from tests.bad_input.forms import Form, Pairs
from tests.bad_input.house import House, addresses, encoded
from tests.bad_input.truths import Truth, plant

LABELS = {
    "reviewer": {Role.ANYONE, Role.SIGNED_IN, Role.REVIEWER},
    "speaker": {Role.ANYONE, Role.SIGNED_IN},
    "stranger": {Role.ANYONE},
}
# Letters that name a proposal, which whoever has one may know, and to whom of us they are sent.
SENT_TO = {
    "submissions.confirm": "speaker",
    "people.follow": "speaker",
    "reviews.length_by_link": "somebody else",
    "submissions.invited": "somebody else",
}
ASKED = (
    "q=Zebulon&name=Zebulon&speaker=Zebulon&email=zebulon0%40quixwood.example&sort=speakers"
    "&order=speaker&by=email&show=open&outcome=accept&state=accepted"
)
FORM = {"content_type": "application/x-www-form-urlencoded"}
OF_PROPOSALS = ("submissions.", "reviews.", "materials.", "questions.")
LAST = ("people.", "people.revoke", "people.sign_out")  # whoever signs out sees nothing more
Answers = dict[str, Any]


class Curtain:
    """Asks for everything that this person can ask for: no address of the house is left out."""

    def __init__(self, house: House, role: str) -> None:
        self.house, self.role, self.me = house, role, house.ids.get(role, 0)
        self.routes = house.app.url_map.bind("localhost")
        self.values = known_to(house)
        alike = set(house.world.values["submission"]) - set(self.values["code"])
        self.urls = [
            (self.routes.match(url.partition("?")[0])[0], url)
            for endpoint, url in [*addresses(house.app, house.world), *self._wrong_secrets("GET")]
            if not url.startswith("/begun/")  # nothing is hidden in what has just begun
            and alike.isdisjoint(url.split("/"))
            and (url not in house.world.letters or SENT_TO.get(endpoint, role) == role)
        ]

    def may(self, endpoint: str) -> bool:
        return bool(allowed(self.house.app, endpoint) & LABELS[self.role])

    def answers(
        self, truth: Truth, *, only: str = "", anything: Pairs | None = None, forms: Forms = ()
    ) -> Answers:
        """Every answer while this is the truth, by its question.

        ``anything`` is sent to whatever takes a form, ``forms`` are sent as people fill them in.
        """
        self.house.restore()
        with pytest.MonkeyPatch.context() as patch, self.house.app.test_request_context():
            with transaction():
                plant(truth, self.me, self.role)
            for module, name, draw in draws():
                patch.setattr(module, name, draw)
            found = dict(self._looked_at(only))
            found |= dict(self._filled_in(forms))
            found |= dict(self._sent(only, anything)) if anything is not None else {}
            return found | self._mailed()

    def closed(self) -> Iterator[tuple[str, Any]]:
        """The answers of what is for other people; who asks is turned away before it is opened."""
        seen = set()
        for endpoint, url in self.urls:
            if not self.may(endpoint) and endpoint not in seen:
                seen.add(endpoint)
                yield f"GET {url}", self._said(url)
        for rule in self._rules("POST"):
            if not self.may(rule.endpoint):
                url = next(self._addresses(rule))
                yield f"POST {url}", self._said(url, method="POST", data=self._body([]), **FORM)

    def _looked_at(self, only: str) -> Iterator[tuple[str, Any]]:
        for endpoint, url in self.urls:
            if not endpoint.startswith(only) or not self.may(endpoint):
                continue
            yield f"GET {url}", self._said(url)
            if url == url.lower():  # a list: no code is in its address
                question = f"{url}{'&' if '?' in url else '?'}{ASKED}"
                yield f"GET {question}", self._said(question)

    def _filled_in(self, forms: Forms) -> Iterator[tuple[str, Any]]:
        """What a person sends who was offered these, and what comes back."""
        for number, (_role, form) in enumerate(forms):
            is_mine = SENT_TO.get(form.endpoint, self.role) == self.role
            stays = form.endpoint not in LAST
            if form.method == "POST" and stays and is_mine and self.may(form.endpoint):
                body = self._body(form.data() + list(form.buttons[-1:]))
                asked = f"POST {form.action} filled in {number}"
                yield asked, self._said(form.action, method="POST", data=body, **FORM)

    def _sent(self, only: str, anything: Pairs) -> Iterator[tuple[str, Any]]:
        """What fits no form, sent to every one of them that is for this person."""
        body = self._body(anything)
        letters = [url for url in self.house.world.letters if self._takes_post(url)]
        for rule in self._rules("POST"):
            if self.may(rule.endpoint) and rule.endpoint.startswith(only):
                urls = [*self._addresses(rule)]
                urls += [url for url in letters if self._is_mine(url, rule.endpoint)]
                for url in urls:
                    yield f"POST {url}", self._said(url, method="POST", data=body, **FORM)

    def _body(self, pairs: Pairs) -> bytes:
        return encoded([("csrf_token", self.house.keys[self.role].token), *pairs])

    def _rules(self, method: str) -> list[Rule]:
        """All rules for a method; those that change who one is come last."""
        found = [r for r in self.house.app.url_map.iter_rules() if method in (r.methods or ())]

        def place(rule: Rule) -> tuple[int, str]:
            return sum(rule.endpoint.startswith(last) for last in LAST), rule.rule

        return sorted(found, key=place)

    def _addresses(self, rule: Rule, method: str = "POST") -> Iterator[str]:
        """With every kind of thing that its parts can name; secrets are wrong."""
        names = sorted(rule.arguments)
        few = slice(None if rule.endpoint.startswith(OF_PROPOSALS) else 1)
        known = [(self.values.get(name) or one_of_few(rule, name))[few] for name in names]
        for values in product(*known):
            yield self.routes.build(rule.endpoint, dict(zip(names, values, strict=True)), method)

    def _wrong_secrets(self, method: str) -> Iterator[tuple[str, str]]:
        for rule in self._rules(method):
            if "token" in rule.arguments:
                for url in self._addresses(rule, method):
                    yield rule.endpoint, url

    def _takes_post(self, url: str) -> bool:
        try:
            return bool(self.routes.match(url, method="POST"))
        except HTTPException:
            return False

    def _is_mine(self, url: str, endpoint: str) -> bool:
        is_here = self.routes.match(url, method="POST")[0] == endpoint
        return is_here and SENT_TO.get(endpoint, self.role) == self.role

    def _mailed(self) -> Answers:
        """What the outbox holds for this person, down to the names of files."""
        select = sa.select(Message).where(Message.person_id == self.me)
        return {
            f"mail {number}": (
                *(message.kind, message.to, message.subject, message.body),
                *((file.name, file.data) for file in message.attachments),
            )
            for number, message in enumerate(db.session.scalars(select.order_by(Message.id)))
        }

    def _said(self, url: str, **options: Any) -> Any:
        """Status, headers and body."""
        response = self.house.open(self.role, url, **options)
        return response.status_code, sorted(response.headers), response.data


Forms = list[tuple[str, Form]] | tuple[()]


def known_to(house: House) -> dict[str, list[str]]:
    """What the parts of an address can name, one of each kind of proposal."""
    kinds = house.world.values["of each kind"]
    return house.world.values | {"conference": ["here"], "code": kinds, "submission": kinds}


def one_of_few(rule: Rule, name: str) -> list[str]:
    """A value for a part of an address that we know nothing of but its rule."""
    return sorted(getattr(rule._converters[name], "items", {"1"}))[:1]


def draws() -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    """Keys, codes and numbers of requests come in one order, whatever the truth is."""
    draw = random.Random(20270115)  # noqa: S311  (nothing here is a secret)
    yield codes.secrets, "choice", draw.choice
    yield codes.secrets, "token_urlsafe", lambda size=32: draw.randbytes(size).hex()
    yield pyotp, "random_base32", lambda: "A" * 32
    yield uuid, "uuid4", lambda: uuid.UUID(bytes=draw.randbytes(16), version=4)


def differences(one: Answers, other: Answers) -> list[str]:
    """The questions whose answers tell one truth from the other."""
    return [asked for asked in (one | other) if one.get(asked) != other.get(asked)]
