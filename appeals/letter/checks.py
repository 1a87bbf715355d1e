"""What in the letter may be said better: not answered, somebody not mentioned, badly put.

It points and never rewrites. A text that is right may be pointed at all the same, so nothing here
counts in a case's state: the reader decides. What the letter says otherwise than the records is a
finding of the rules, and counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from appeals.rules import mentions
from appeals.rules.facts import Rule
from appeals.rules.letters import Service

from . import phrases

#: Words of English, of the whole letter and of one section, from which it is long to read.
LONG_LETTER = 1000
LONG_SECTION = 350

#: What a sentence about a check is kept under begins with this.
OF_THE_LETTER = "letter/"
#: Sections whose table does not name every service, so that the text has to.
NAMES_EACH = frozenset({Rule.LEARNED, Rule.DESCRIBED, Rule.ENDED, Rule.ANSWERED})
#: Hosts that are nobody's service.
OURS = ("amazon.", "amazonaws.", "sellercentral.")


class Code(StrEnum):
    UNANSWERED = "unanswered"
    NOT_MENTIONED = "not-mentioned"
    ADDRESS = "address"
    BLAME = "blame"
    VOW = "vow"
    LONG = "long"
    SECRET = "secret"  # noqa: S105


#: What may be right all the same, so that a sentence can say so.
EXPLAINABLE = frozenset({Code.NOT_MENTIONED, Code.ADDRESS})


@dataclass(frozen=True, slots=True)
class Section:
    """The words on one demand."""

    demand: int  # ordinal
    rule: Rule
    sent: str  # in the language that goes out
    beside: str = ""  # in the other, to check it by
    services: tuple[str, ...] = ()  # letters of those the demand is about

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text in (self.sent, self.beside) if text.strip())


@dataclass(frozen=True, slots=True)
class Letter:
    """The sections with the records that they are held against."""

    sections: tuple[Section, ...]
    services: Mapping[str, Service]  # by letter
    exhibits: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()  # of addresses on record
    has_secret: Mapping[int, bool] | None = None  # by ordinal


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at, in one section. Values are as written."""

    code: Code
    demand: int
    service: str | None = None  # letter
    said: tuple[str, ...] = ()  # by the letter

    @property
    def key(self) -> str:
        """Names it for as long as the letter says the same there. At most 80 characters."""
        said = sha256("\n".join(self.said).encode()).hexdigest()[:8]
        place = (str(self.demand), self.service or "0", said)
        return OF_THE_LETTER + "/".join((self.code.value, *place))

    @property
    def can_be_explained(self) -> bool:
        return self.code in EXPLAINABLE


def check(letter: Letter) -> tuple[Check, ...]:
    """Everything to look at, section by section."""
    return tuple(one for section in letter.sections for one in _of_section(letter, section))


def words_in(text: str) -> int:
    return len(text.split())


def _of_section(letter: Letter, section: Section) -> Iterator[Check]:
    if not section.sent.strip():
        if section.rule is not Rule.CONFIRMED:
            yield Check(Code.UNANSWERED, section.demand)
        if not section.texts:
            return
    if letter.has_secret and letter.has_secret.get(section.demand):
        yield Check(Code.SECRET, section.demand)
    if section.sent.strip():
        yield from _not_mentioned(letter, section)
    addresses = tuple(_addresses(letter, section))
    if addresses:
        yield Check(Code.ADDRESS, section.demand, said=addresses)
    for code, pattern in ((Code.BLAME, phrases.BLAME), (Code.VOW, phrases.VOWS)):
        found = [phrase for text in section.texts for phrase in phrases.found(pattern, text)]
        if found:
            yield Check(code, section.demand, said=tuple(found))
    if words_in(section.sent) > LONG_SECTION:
        yield Check(Code.LONG, section.demand, said=(str(words_in(section.sent)),))


def _not_mentioned(letter: Letter, section: Section) -> Iterator[Check]:
    """A name in either language will do: the record may have it in Chinese alone."""
    if section.rule not in NAMES_EACH:
        return
    for one in section.services:
        service = letter.services[one]
        if not any(mentions.names_in(text, service.names) for text in section.texts):
            yield Check(Code.NOT_MENTIONED, section.demand, one)


def _addresses(letter: Letter, section: Section) -> Iterable[str]:
    """Hosts that no provider has: perhaps a service, perhaps a mailbox or a search engine."""
    found = [host for text in section.texts for host in mentions.hosts_in(text)]
    return (
        host
        for host in dict.fromkeys(found)
        if not any(host == one or host.endswith(f".{one}") for one in letter.hosts)
        and not any(part in f"{host}." for part in OURS)
    )
