"""The letters of an account: the link that confirms an address or signs somebody in."""

from datetime import datetime

from flask import url_for

from cfp.mail import service as mail
from cfp.people import service
from cfp.people.models import LinkPurpose, Person


def send_link(person: Person, purpose: LinkPurpose, at: datetime, next_page: str = "/") -> None:
    """Mail a link; a known and an unknown address get the same page to look at."""
    token = service.mail_link(person, purpose, at)
    url = url_for(
        "people.follow", purpose=purpose.value, token=token, next=next_page, _external=True
    )
    mail.post(purpose.value, person, at=at, url=url)
