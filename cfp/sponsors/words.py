"""What states and kinds are called on the page."""

from __future__ import annotations

from flask_babel import gettext as _

from cfp.sponsors.models import AgreementState, BenefitKind, BenefitState, PaperKind


def kind_name(kind: BenefitKind) -> str:
    names = {
        BenefitKind.LOGO: _("Logo on the site"),
        BenefitKind.TICKETS: _("Tickets"),
        BenefitKind.BOOTH: _("Booth"),
        BenefitKind.TALK: _("Session"),
        BenefitKind.MENTION: _("Mention"),
        BenefitKind.OTHER: _("Other"),
    }
    return str(names[kind])


def state_name(state: AgreementState) -> tuple[str, str]:
    """The word and its tone."""
    names = {
        AgreementState.OFFERED: (_("offered"), "info"),
        AgreementState.SIGNED: (_("signed, not paid"), "warn"),
        AgreementState.PAID: (_("paid"), "good"),
        AgreementState.DECLINED: (_("declined"), "neutral"),
        AgreementState.WITHDRAWN: (_("withdrawn"), "neutral"),
        AgreementState.LAPSED: (_("lapsed"), "neutral"),
        AgreementState.CANCELLED: (_("cancelled"), "bad"),
    }
    return names[state]


def step_name(state: BenefitState) -> tuple[str, str]:
    """The word and its tone."""
    names = {
        BenefitState.PROMISED: (_("promised"), "neutral"),
        BenefitState.CLAIMED: (_("claimed"), "info"),
        BenefitState.SCHEDULED: (_("scheduled"), "info"),
        BenefitState.DELIVERED: (_("delivered"), "good"),
        BenefitState.PROVEN: (_("proven"), "good"),
    }
    return names[state]


def paper_name(kind: PaperKind) -> str:
    names = {
        PaperKind.AGREEMENT: _("The agreement"),
        PaperKind.SCAN: _("The signed scan"),
        PaperKind.REPORT: _("The report"),
    }
    return str(names[kind])
