"""What the rules are told about a case: plain values, handed over by the models.

Texts are as entered; an empty or blank one means that nothing was entered. The order of the
tuples never matters. Ids are opaque and come back unchanged in places, so that a page can link
to the very row. Providers are known by their letter and demands by their ordinal, because
neither is ever used again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import TypeAlias

from .months import Month

Id: TypeAlias = int | str

# What the dossier shows beside the fields below, by name: it enters the digest.
Shown: TypeAlias = tuple[tuple[str, str], ...]


class Rule(StrEnum):
    LEARNED = "learned"
    CONTACTS = "contacts"
    DESCRIBED = "described"
    USED = "used"
    PAID = "paid"
    CONFIRMED = "confirmed"
    ENDED = "ended"
    ANSWERED = "answered"


class Scope(StrEnum):
    PROVIDER = "provider"
    CASE = "case"


class Standing(StrEnum):
    ASKED = "asked"
    ADVISED = "advised"
    LEFT_OUT = "left-out"


class Field(StrEnum):
    """Names of fields, as explanations and places use them."""

    # of the case
    DEADLINE = "deadline"
    # of a provider
    NAME = "name"
    WEB_SITE = "web_site"
    EMAIL = "email"
    TELEPHONE = "telephone"
    FOUND = "found"
    DID = "did"
    RECEIVED = "received"
    FIRST_MONTH = "first_month"
    LAST_MONTH = "last_month"
    IS_FREE = "is_free"
    ENDED = "ended"
    ENDED_ON = "ended_on"
    # of an evidence
    KIND = "kind"
    MONTHS = "months"
    PAYER = "payer"
    PAYEES = "payees"
    ABOUT_ON = "about_on"
    SHOWS = "shows"


class EvidenceKind(StrEnum):
    PAYMENT = "payment"
    INVOICE = "invoice"
    STATEMENT = "statement"
    REFUND = "refund"
    CONTRACT = "contract"
    EMAIL = "email"
    CHAT = "chat"
    PAGE = "page"
    OTHER = "other"


class ExplanationKind(StrEnum):
    NOT_KNOWN = "not-known"
    DOES_NOT_APPLY = "does-not-apply"
    REASON = "reason"


class Ended(StrEnum):
    """What has ended: all access, or the secret alone while access goes on by authorization."""

    ACCESS = "access"
    SECRET = "secret"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DeadlineFacts:
    """When the answer is due, as the notice or the reply writes it."""

    on: date
    zone: tzinfo
    at: time | None = None  # wall clock in `zone`; None: no time given, it ends with its day


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """The notice, or a later reply that asks for more: each opens a round."""

    received_on: date
    deadline: DeadlineFacts | None = None  # None: not entered
    has_no_deadline: bool = False  # the seller looked: the text gives none
    reference: str = ""  # of a reply; that of the notice is the case's own
    is_silent: bool = False  # no reply came, and something has changed


@dataclass(frozen=True, slots=True)
class SubmissionFacts:
    """One sending. The round of the case is one more than its submissions with a reply."""

    round: int  # 1, 2, …
    sent_at: datetime  # aware
    reply: NoticeFacts | None = None  # None: no reply recorded


@dataclass(frozen=True, slots=True)
class DemandFacts:
    """One thing that the case must show.

    ValueError where rule and scope do not fit: `confirmed` is of the case, `answered` of either,
    every other rule of a provider.
    """

    ordinal: int  # given on entry, never reused
    position: int  # order on the page; equal ones go by ordinal
    rule: Rule
    scope: Scope
    standing: Standing = Standing.ASKED
    months: int = 2  # for `paid`: how many different months each provider must show, 1 or more
    provider: str | None = None  # letter, where a provider demand asks about this one only
    label: str = ""  # the number as the notice writes it
    wording: str = ""  # what is asked, in the words of the notice
    name: str = ""  # the seller's own short name for it, which no dossier shows
    answer: str = ""  # for `answered`: the answer in the language to be sent
    round: int = 1  # whose text asks: the notice's, or that of the reply that opened this round

    def __post_init__(self) -> None:
        of_case = self.scope is Scope.CASE
        if self.rule is not Rule.ANSWERED and of_case != (self.rule is Rule.CONFIRMED):
            raise ValueError(f"Rule {self.rule.value} cannot have scope {self.scope.value}.")
        if self.months < 1:
            raise ValueError("A demand for proof of payment asks for at least one month.")
        if of_case and self.provider is not None:
            raise ValueError("A demand of the case names no provider.")


def demand_order(demand: DemandFacts) -> tuple[int, int]:
    return (demand.position, demand.ordinal)


@dataclass(frozen=True, slots=True)
class Period:
    """Months in which a provider was used, both ends included."""

    id: Id
    first: Month
    last: Month | None = None  # None: still in use
    is_approximate: bool = False
    sentence: str = ""  # why it is only approximate; read only where it is marked so


@dataclass(frozen=True, slots=True)
class OtherPayee:
    """A name that payments to a provider went to; without its sentence it is not on record."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """One service that had access. A deleted one is not handed over."""

    letter: str  # A…Z, AA, AB…; never used again in the case
    name: str = ""
    legal_name: str = ""
    other_payees: tuple[OtherPayee, ...] = ()
    web_site: str = ""
    email: str = ""
    telephone: str = ""
    found: str = ""  # how the seller learned of it
    did: str = ""  # what it did
    received: str = ""  # what was received from it
    periods: tuple[Period, ...] = ()
    is_free: bool = False  # said to be free of charge
    hands_over_keys: bool = False  # its authorization method is that of handing over keys
    shared_secret: bool | None = None  # None: not entered, or not known
    ended: Ended | None = None  # None: not ended, not entered, or not known
    ended_on: date | None = None  # None: not entered, or not known
    shown: Shown = ()

    @property
    def app_name(self) -> str:
        """The name or number that the service has as an application."""
        return dict(self.shown).get("app_name", "")


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """What an evidence proves: a demand, of a provider where the demand has providers."""

    demand: int  # ordinal
    provider: str | None = None  # letter; None for a demand of the case
    month: Month | None = None  # for `paid`; a payment for a longer time is one proof a month


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """One stored original with what it proves; no proofs: it is unfiled."""

    id: Id
    kind: EvidenceKind | None  # None: not said yet
    uploaded_at: datetime  # aware
    sha256: str = ""
    exhibit: str | None = None  # `A-5-2`, given at its first proof; None: none given yet
    is_withdrawn: bool = False
    payer: str = ""
    payees: tuple[str, ...] = ()
    proofs: tuple[ProofFacts, ...] = ()
    shown: Shown = ()  # title, date, amount, currency …; not the private note

    @property
    def shows(self) -> str:
        """What it shows, in the seller's words."""
        return dict(self.shown).get("shows", "")

    @property
    def about_on(self) -> date | None:
        """The day it is about; of a payment, when it was paid. None: not entered."""
        day = dict(self.shown).get("about_on")
        return date.fromisoformat(day) if day else None


@dataclass(frozen=True, slots=True)
class ExplanationFacts:
    """A sentence in place of what cannot be had, about exactly one of three things.

    - a field: `field`, with `provider` unless it is a field of the case;
    - a demand: `demand`, with `provider` where it has providers; `kept` is `Cell.kept`
      as it was when the sentence was written;
    - a finding: `finding` is `Finding.key`, `kept` is `Finding.kept` as it was then.
    """

    kind: ExplanationKind
    sentence: str  # blank: only ticked, which explains nothing yet
    provider: str | None = None  # letter
    field: str | None = None  # a `Field`, or the name of another field of the form
    demand: int | None = None  # ordinal
    finding: str | None = None
    kept: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if [self.field, self.demand, self.finding].count(None) != 2:
            raise ValueError("An explanation is about a field, a demand or a finding.")


@dataclass(frozen=True, slots=True)
class ConfirmationFacts:
    """The owner's confirmation; the last one of the present round is the one that counts."""

    round: int
    digest: str  # `Assessment.digest` as it was then
    at: datetime  # aware


@dataclass(frozen=True, slots=True)
class AskFacts:
    """The mark that something missing has been asked of someone."""

    demand: int  # ordinal
    of: str  # whom, in the seller's words
    on: date
    provider: str | None = None  # letter; None: of the case, or of every provider of the demand


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the letter says on one demand."""

    demand: int  # ordinal
    sent: str = ""  # in the language to be sent
    beside: str = ""  # in the other, to check it by


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything the rules know of one case.

    ValueError if a demand asks about a provider that is not listed: nothing could ever meet it,
    and no step would say so.
    """

    zone: tzinfo  # the notice's zone, in which `today` is reckoned
    notice: NoticeFacts | None = None  # None: not recorded; with providers it is a register
    is_closed: bool = False
    company: str = ""  # of the store
    owner: str = ""  # the person's name
    payer_names: tuple[str, ...] = ()  # others on record as paying for the store
    demands: tuple[DemandFacts, ...] = ()
    providers: tuple[ProviderFacts, ...] = ()
    evidence: tuple[EvidenceFacts, ...] = ()  # withdrawn ones too
    explanations: tuple[ExplanationFacts, ...] = ()
    confirmations: tuple[ConfirmationFacts, ...] = ()
    submissions: tuple[SubmissionFacts, ...] = ()
    asks: tuple[AskFacts, ...] = ()
    has_dossier: bool = False  # the one to send was made, and nothing has changed since
    letter: tuple[LetterFacts, ...] = ()  # sections with words in either language
    shown: Shown = ()

    def __post_init__(self) -> None:
        letters = {provider.letter for provider in self.providers}
        for demand in self.demands:
            if demand.provider is not None and demand.provider not in letters:
                raise ValueError(
                    f"Demand {demand.ordinal} asks about {demand.provider}, not listed."
                )
