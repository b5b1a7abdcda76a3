"""What the worker does for the mail: hand over what is due."""

from flask import current_app

from cfp import clock
from cfp.jobs.registry import every_minute
from cfp.mail import service
from cfp.mail.delivery import delivery_for


@every_minute("deliver mail")
def deliver() -> int:
    settings = current_app.config["SETTINGS"]
    return service.deliver_due(delivery_for(settings.mail_url, settings.mail_from), clock.now())
