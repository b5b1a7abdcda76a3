"""What stands on an invoice before anything is added up: who, to whom, what, on which terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

ZERO = Decimal(0)


class Kind(Enum):
    """Kinds of documents, by their code in UNTDID 1001."""

    INVOICE = "380"
    PARTIAL = "326"
    CANCELLATION = "381"
    CORRECTION = "384"
    SELF_BILLED = "389"  # written by the recipient of the supply, in the supplier's name
    SELF_BILLED_CANCELLATION = "261"

    @property
    def takes_back(self) -> bool:
        return self in {Kind.CANCELLATION, Kind.SELF_BILLED_CANCELLATION}


class Means(Enum):
    """How it is paid, by the code in UNTDID 4461."""

    CASH = "10"
    CREDIT_TRANSFER = "30"
    CARD = "48"
    SEPA_TRANSFER = "58"
    SEPA_DEBIT = "59"
    ONLINE = "68"  # cards through a payment service
    BARTER = "97"

    @property
    def is_transfer(self) -> bool:
        return self in {Means.CREDIT_TRANSFER, Means.SEPA_TRANSFER}


@dataclass(frozen=True)
class Party:
    """The seller or the buyer, as the document shows them."""

    name: str
    street: str = ""
    street2: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "DE"
    vat_id: str = ""
    tax_number: str = ""
    register: str = ""  # number in the register of companies
    number: str = ""  # customer number, or what the buyer calls the seller
    contact: str = ""
    phone: str = ""
    email: str = ""
    electronic: tuple[str, str] | None = None  # scheme and address, else EM and the mail address
    business: bool = False  # interest and costs of who pays late are higher between businesses

    @property
    def electronic_address(self) -> tuple[str, str] | None:
        return self.electronic or (("EM", self.email) if self.email else None)


@dataclass(frozen=True)
class Change:
    """An allowance, or a charge: an amount or a share of what it stands on."""

    amount: Decimal | None = None
    percent: Decimal | None = None
    reason: str = ""
    is_charge: bool = False
    rate: Decimal | None = None  # of a document: only what is taxed so; None: over all rates
    category: str | None = None
    gross: bool | None = None  # None: as the lines are

    @property
    def sign(self) -> int:
        return 1 if self.is_charge else -1


@dataclass(frozen=True)
class Period:
    first: date
    last: date


@dataclass(frozen=True)
class Line:
    """One line; ``price`` is for ``base`` units, and includes the tax where ``gross`` says so."""

    name: str
    quantity: Decimal
    price: Decimal
    rate: Decimal
    category: str = "S"
    gross: bool = False
    unit: str = "C62"
    base: Decimal = Decimal(1)
    details: str = ""
    article: str = ""
    changes: tuple[Change, ...] = ()
    period: Period | None = None


@dataclass(frozen=True)
class Payment:
    """How the buyer pays."""

    means: Means = Means.SEPA_TRANSFER
    iban: str = ""
    bic: str = ""
    holder: str = ""
    reference: str = ""
    card: str = ""  # the last digits
    mandate: str = ""
    creditor: str = ""  # creditor identifier of a SEPA direct debit
    payer_iban: str = ""


@dataclass(frozen=True)
class Early:
    """Skonto: so much less for whoever pays within so many days of the invoice."""

    days: int
    percent: Decimal


@dataclass(frozen=True)
class References:
    """What the document refers to."""

    buyer: str = ""  # Leitweg-ID, or whatever the buyer wants to read
    order: str = ""
    contract: str = ""
    project: str = ""
    sales_order: str = ""
    invoices: tuple[tuple[str, date | None], ...] = ()


@dataclass(frozen=True)
class Document:
    """One invoice, correction or cancellation; amounts are positive whatever its kind."""

    number: str
    issued: date
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    kind: Kind = Kind.INVOICE
    currency: str = "EUR"
    language: str = "de"
    changes: tuple[Change, ...] = ()
    prepaid: Decimal = ZERO
    prepaid_note: str = ""
    rounding: Decimal = ZERO
    supplied: date | None = None
    period: Period | None = None
    due: date | None = None
    terms: str = ""
    early: tuple[Early, ...] = ()
    payment: Payment = Payment()
    references: References = References()
    notes: tuple[str, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)  # category to the reason for no tax
    small_business: bool = False
    deliver_to: Party | None = None  # where goods go, if not to the buyer
    tax_in_euros: Decimal | None = None  # of a document in another currency (2006/112/EC art. 230)
