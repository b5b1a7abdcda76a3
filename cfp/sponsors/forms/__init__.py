"""The shape of what is typed about levels, sponsors, offers, benefits and booths."""

from cfp.sponsors.forms.dealing import (
    BoothForm,
    CancelForm,
    ContactForm,
    GiftForm,
    HoldForm,
    JudgeForm,
    LogoForm,
    OfferForm,
    ScanForm,
    SponsorForm,
    StepForm,
    WaitForm,
    level_choices,
)
from cfp.sponsors.forms.desk import (
    ApplicationForm,
    BoothChoiceForm,
    ClaimForm,
    DeskCompanyForm,
    OwnContactForm,
    SignForm,
)
from cfp.sponsors.forms.levels import LevelForm, TermsForm, cents_of, lines_of, wishes_of

__all__ = [
    "ApplicationForm",
    "BoothChoiceForm",
    "BoothForm",
    "CancelForm",
    "ClaimForm",
    "ContactForm",
    "DeskCompanyForm",
    "GiftForm",
    "HoldForm",
    "JudgeForm",
    "LevelForm",
    "LogoForm",
    "OfferForm",
    "OwnContactForm",
    "ScanForm",
    "SignForm",
    "SponsorForm",
    "StepForm",
    "TermsForm",
    "WaitForm",
    "cents_of",
    "level_choices",
    "lines_of",
    "wishes_of",
]
