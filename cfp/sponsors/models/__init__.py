"""Levels, sponsors, agreements, benefits and booths."""

from cfp.sponsors.models.agreements import (
    AGREED,
    OPEN,
    Agreement,
    AgreementState,
    Gift,
    Paper,
    PaperKind,
    Signature,
    SignatureKind,
)
from cfp.sponsors.models.applications import Application, ApplicationState
from cfp.sponsors.models.benefits import SHIPPED, Benefit, BenefitState, Booth
from cfp.sponsors.models.dossiers import Dossier
from cfp.sponsors.models.levels import BenefitKind, Level, Promise, Sponsoring
from cfp.sponsors.models.sponsors import Contact, Ground, LevelWaiting, Logo, Sponsor
from cfp.sponsors.models.travel import TravelSponsor

__all__ = [
    "AGREED",
    "OPEN",
    "SHIPPED",
    "Agreement",
    "AgreementState",
    "Application",
    "ApplicationState",
    "Benefit",
    "BenefitKind",
    "BenefitState",
    "Booth",
    "Contact",
    "Dossier",
    "Gift",
    "Ground",
    "Level",
    "LevelWaiting",
    "Logo",
    "Paper",
    "PaperKind",
    "Promise",
    "Signature",
    "SignatureKind",
    "Sponsor",
    "Sponsoring",
    "TravelSponsor",
]
