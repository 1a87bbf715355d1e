"""What in the letter may not hold: unlike the records, not proven, not answered, badly put.

It points and never rewrites. A text that is right may be pointed at all the same, so nothing here
counts in a case's state: the reader decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256

from appeals.rules.facts import Rule
from appeals.rules.months import Month
from appeals.rules.names import fold, folded

from . import mentions, phrases

#: Words of English, of the whole letter and of one section, from which it is long to read.
LONG_LETTER = 1000
LONG_SECTION = 350
#: How alike a name must be to one on record to be the same name, written otherwise.
ALIKE = 0.8
#: Shorter ones are like too many words.
SHORTEST = 5

#: What a sentence about a check is kept under begins with this.
OF_THE_LETTER = "letter/"
#: What may be right all the same, so that a sentence can say so.
EXPLAINABLE = frozenset(
    {
        "not-mentioned",
        "month-unlike",
        "claimed-without-proof",
        "name-unlike",
        "exhibit-unlike",
        "named-not-listed",
    }
)
#: Sections whose table does not name every service, so that the text has to.
NAMES_EACH = frozenset({Rule.LEARNED, Rule.DESCRIBED, Rule.ENDED, Rule.ANSWERED})
#: Hosts that are nobody's service.
OURS = ("amazon.", "amazonaws.", "sellercentral.")


class Code(StrEnum):
    UNANSWERED = "unanswered"
    NOT_MENTIONED = "not-mentioned"
    MONTH_UNLIKE = "month-unlike"
    CLAIMED = "claimed-without-proof"
    NAME_UNLIKE = "name-unlike"
    EXHIBIT_UNLIKE = "exhibit-unlike"
    NOT_LISTED = "named-not-listed"
    BLAME = "blame"
    VOW = "vow"
    LONG = "long"
    SECRET = "secret"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Service:
    """One provider, as far as a letter speaks of it."""

    letter: str
    names: tuple[str, ...]  # its own first
    spans: tuple[tuple[Month, Month], ...] = ()  # months of use, in a row each
    proven: frozenset[Month] = frozenset()  # of which a payment is shown
    others: frozenset[Month] = frozenset()  # that stand in its record, such as the end of access
    is_free: bool = False

    @property
    def name(self) -> str:
        return self.names[0]

    def is_used_in(self, month: Month) -> bool:
        return any(first <= month <= last for first, last in self.spans)


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
    others: tuple[str, ...] = ()  # other names on record: company, owner, payers
    paid_to: tuple[str, ...] = ()  # names that the files name as paid
    hosts: frozenset[str] = frozenset()  # of addresses on record
    has_secret: Mapping[int, bool] | None = None  # by ordinal


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at, in one section. Values are ISO months, names, numbers, as written."""

    code: Code
    demand: int
    service: str | None = None  # letter
    said: tuple[str, ...] = ()  # by the letter
    recorded: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names it for as long as the letter says the same there. At most 80 characters."""
        said = sha256("\n".join(self.said).encode()).hexdigest()[:8]
        place = (str(self.demand), self.service or "0", said)
        return OF_THE_LETTER + "/".join((self.code.value, *place))

    @property
    def kept(self) -> tuple[str, ...]:
        """What a sentence about it keeps: when the records change, it is open again."""
        return self.recorded

    @property
    def can_be_explained(self) -> bool:
        return self.code.value in EXPLAINABLE


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
    if section.rule is Rule.USED:
        yield from _once(_months_unlike(letter, section))
    if section.rule is Rule.PAID:
        yield from _once(_claimed(letter, section))
    yield from _once(_names_unlike(letter, section))
    unknown = [one for one in _all(section, mentions.exhibits_in) if one not in letter.exhibits]
    if unknown:
        yield Check(Code.EXHIBIT_UNLIKE, section.demand, said=tuple(unknown))
    not_listed = tuple(_not_listed(letter, section))
    if not_listed:
        yield Check(Code.NOT_LISTED, section.demand, said=not_listed)
    for code, pattern in ((Code.BLAME, phrases.BLAME), (Code.VOW, phrases.VOWS)):
        found = [phrase for text in section.texts for phrase in phrases.found(pattern, text)]
        if found:
            yield Check(code, section.demand, said=tuple(found))
    if words_in(section.sent) > LONG_SECTION:
        yield Check(Code.LONG, section.demand, said=(str(words_in(section.sent)),))


def _all(section: Section, find: object) -> list[str]:
    found = [one for text in section.texts for one in find(text)]  # type: ignore[operator]
    return list(dict.fromkeys(found))


def _once(checks: Iterable[Check]) -> Iterable[Check]:
    """The same thing said in both languages is one thing."""
    return dict.fromkeys(checks)


def _not_mentioned(letter: Letter, section: Section) -> Iterator[Check]:
    """A name in either language will do: the record may have it in Chinese alone."""
    if section.rule not in NAMES_EACH:
        return
    for one in section.services:
        service = letter.services[one]
        if not any(mentions.names_in(text, service.names) for text in section.texts):
            yield Check(Code.NOT_MENTIONED, section.demand, one)


def _named(letter: Letter, section: Section, text: str) -> Iterator[tuple[str, list[Service]]]:
    """Each sentence with the services it speaks of: those named there, else those named last; in
    a case of one service always that one. None: it may be about any."""
    services = [letter.services[one] for one in section.services]
    for paragraph in text.split("\n"):
        last: list[Service] = services if len(services) == 1 else []
        for _start, sentence in mentions.sentences(paragraph):
            here = [one for one in services if mentions.names_in(sentence, one.names)]
            last = here or last
            yield sentence, last


def _months_unlike(letter: Letter, section: Section) -> Iterator[Check]:
    for text in section.texts:
        for sentence, services in _named(letter, section, text):
            known = [one for one in services if one.spans]
            if not known or len(known) < len(services):
                continue
            for said in mentions.months_in(sentence):
                if not any(holds(said, one) for one in known):
                    yield Check(
                        Code.MONTH_UNLIKE,
                        section.demand,
                        known[0].letter,
                        _as_said(said),
                        tuple(month for span in known[0].spans for month in _span(*span)),
                    )


def holds(said: mentions.Said, service: Service) -> bool:
    """Whether the record says so, too."""
    first, last = service.spans[0][0], service.spans[-1][1]
    if said.is_span and said.last is None:
        return said.first in {span[0] for span in service.spans}
    if said.is_span:
        return (said.first, said.last) in {*service.spans, (first, last)}
    return service.is_used_in(said.first) or said.first in service.others


def _as_said(said: mentions.Said) -> tuple[str, ...]:
    if said.is_span and said.last is None:
        return (f"{said.first}/",)
    return _span(said.first, said.last or said.first)


def _span(first: Month, last: Month) -> tuple[str, ...]:
    return (str(first),) if first == last else (f"{first}/{last}",)


def _claimed(letter: Letter, section: Section) -> Iterator[Check]:
    for text in section.texts:
        for sentence, services in _named(letter, section, text):
            if phrases.DENIES.search(sentence):
                continue
            about = services or [letter.services[one] for one in section.services]
            if any(one.is_free for one in about):
                continue
            proven = {month for one in about for month in one.proven}
            claimed = {month for said in mentions.months_in(sentence) for month in said.months}
            missing = sorted(claimed - proven)
            if missing and about:
                whom = about[0].letter if len(about) == 1 else None
                yield Check(Code.CLAIMED, section.demand, whom, tuple(map(str, missing)))


def _names_unlike(letter: Letter, section: Section) -> Iterator[Check]:
    every = [(one.letter, name) for one in letter.services.values() for name in one.names]
    known = folded((*letter.others, *(name for _letter, name in every)))
    # A name in Chinese is too short to tell a slip of the pen from another word.
    latin = [(one, name) for one, name in every if name.isascii() and len(fold(name)) >= SHORTEST]
    windows: dict[int, list[str]] = {}
    for one, name in latin:
        count = len(name.split())
        if count not in windows:
            found = (written for text in section.texts for written in _windows(text, count))
            windows[count] = [
                each for each in dict.fromkeys(found) if not _is_another(fold(each), known)
            ]
        for written in windows[count]:
            if _is_meant(written, name):
                yield Check(Code.NAME_UNLIKE, section.demand, one, (written,), (name,))


def _windows(text: str, count: int) -> Iterator[str]:
    """So many words in a row of which each begins with a capital letter or a digit."""
    for _start, sentence in mentions.sentences(text):
        words = [word.strip(".,;:()“”\"'‘’，。；：（）") for word in sentence.split()]
        for at in range(len(words) - count + 1):
            row = words[at : at + count]
            if all(word[:1].isupper() or word[:1].isdigit() for word in row):
                yield " ".join(row)


def _is_another(folded_name: str, known: frozenset[str]) -> bool:
    """Whether it is on record as it is or with an s, or too short to be compared."""
    return (
        len(folded_name) < SHORTEST
        or folded_name in known
        or folded_name.removesuffix("s") in known
    )


def _is_meant(written: str, name: str) -> bool:
    """Whether it is that name with a slip of the pen: nearly the same."""
    mine, theirs = fold(written), fold(name)
    if abs(len(mine) - len(theirs)) > 2 or mine[0] != theirs[0]:
        return False
    # The last letter or number tells “Tool A” from “Tool B”: those are two names.
    if written.split()[:-1] == name.split()[:-1] and len(written.split()[-1]) == 1:
        return False
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= ALIKE


def _not_listed(letter: Letter, section: Section) -> Iterator[str]:
    """Names that a service seems to have and no provider does."""
    listed = [name for one in letter.services.values() for name in one.names]
    on_record = folded((*listed, *letter.others))
    for name in _all(section, phrases.called):
        if fold(name) and not any(fold(name) in one or one in fold(name) for one in on_record):
            yield name
    for name in letter.paid_to:
        if fold(name) not in on_record and any(
            mentions.names_in(text, (name,)) for text in section.texts
        ):
            yield name
    for host in _all(section, mentions.hosts_in):
        is_known = any(host == one or host.endswith(f".{one}") for one in letter.hosts)
        if not is_known and not any(part in f"{host}." for part in OURS):
            yield host
