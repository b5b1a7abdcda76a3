"""What the worker does for the mail: hand over what is due."""

from datetime import datetime

from flask import current_app

from cfp import clock
from cfp.jobs.registry import every_minute, looked_for
from cfp.mail import service
from cfp.mail.delivery import delivery_for


@every_minute(service.DELIVERY)
def deliver() -> int:
    settings = current_app.config["SETTINGS"]
    return service.deliver_due(delivery_for(settings.mail_url, settings.mail_from), clock.now())


@looked_for(service.DELIVERY)
def is_due(at: datetime) -> bool:
    """Somebody waits for a link: a new message leaves within a second or two."""
    return service.is_due(at)
