"""The letter against the records: months, names and exhibits that it gives otherwise, months that
it calls paid, services that it names and nobody listed.

Only what was asked has a section in the letter. What is said in both languages is one thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from . import mentions
from .exhibits import OF_THE_CASE, parts
from .facts import CaseFacts, DemandFacts, ProviderFacts, Rule
from .findings import Code, Finding
from .mentions import Said
from .months import Month
from .names import fold, folded
from .places import Actor, Page, Place

#: How alike a name must be to one on record to be the same name, written otherwise.
ALIKE = 0.8
#: Shorter ones are like too many words.
SHORTEST = 5
#: Of one letter: pairs of names that are looked at letter by letter, half a second.
MOST_LOOKS = 20_000
#: In words. Beyond it each row of so many words of each text would be looked at for nothing.
MOST_WORDS = 15
_NOT_LATIN = re.compile(r"[^\x00-\x7f’]+")

MONTH, NAME, EXHIBIT = "month", "name", "exhibit"


@dataclass(frozen=True, slots=True)
class Service:
    """One provider, as far as a letter speaks of it."""

    letter: str
    names: tuple[str, ...]  # on record, its own first
    spans: tuple[tuple[Month, Month], ...] = ()  # months of use, in a row each
    periods: tuple[tuple[Month, Month | None], ...] = ()  # as entered
    others: frozenset[Month] = frozenset()  # that its record has, such as the end of access
    paid: Mapping[int, frozenset[Month]] = field(default_factory=dict)  # by demand, as filed
    is_free: bool = False

    @property
    def name(self) -> str:
        return self.names[0] if self.names else ""

    def is_used_in(self, month: Month) -> bool:
        return any(first <= month <= last for first, last in self.spans)


@dataclass(frozen=True, slots=True)
class Section:
    """What the letter says on one demand; `services` are letters of those it is about."""

    demand: DemandFacts
    texts: tuple[str, ...]
    services: tuple[str, ...]


def names_of(provider: ProviderFacts) -> tuple[str, ...]:
    """Every name on record for it; a payee counts with its sentence."""
    payees = (one.name for one in provider.other_payees if one.sentence.strip())
    given = (provider.name, provider.legal_name, provider.app_name, *payees)
    return tuple(name for name in given if name.strip())


def in_a_row(months: Iterable[Month]) -> tuple[tuple[Month, Month], ...]:
    """Months in order, those in a row as from and to."""
    row = list(months)
    breaks = [at for at, (one, two) in enumerate(pairwise(row), start=1) if one + 1 != two]
    cuts = [0, *breaks, len(row)]
    return tuple((row[start], row[end - 1]) for start, end in pairwise(cuts)) if row else ()


def of_letter(
    facts: CaseFacts, sections: Iterable[Section], services: Mapping[str, Service]
) -> Iterator[Finding]:
    """All that the letter says otherwise than the records, section by section."""
    if not services:
        return
    record = Record.of(facts, services)
    looks = iter(range(MOST_LOOKS))
    for section in sections:
        if section.demand.rule is Rule.USED:
            yield from _months(section, services)
        if section.demand.rule is Rule.PAID:
            yield from _claimed(section, services)
        yield from _names(section, record, looks)
        yield from _exhibits(facts, section, services)
        yield from _not_listed(section, record)


# --- Months --------------------------------------------------------------------------------


def _months(section: Section, services: Mapping[str, Service]) -> Iterator[Finding]:
    """`letter-contradicts`, months: spans of use other than those on record, and single months
    that are neither of use nor otherwise on record, where they are said of its use.

    A month is held against the provider that its sentence names, else the one named last in the
    paragraph, else the only one; of several it is enough that one fits. Nothing is found where
    the records have no months or do not know the first, nor where the spans named together are
    the months of use.
    """
    unlike: defaultdict[str, list[str]] = defaultdict(list)
    spoken: defaultdict[str, set[Month]] = defaultdict(set)
    for text in section.texts:
        for sentence, named in _named(text, [services[one] for one in section.services]):
            known = [one for one in named if one.spans]
            if not known or len(known) < len(named):
                continue
            names = [name for one in known for name in one.names]
            for said in mentions.said_of_use(sentence, names):
                if said.is_span:
                    spoken[known[0].letter].update(said.months)
                if not any(holds(said, one) for one in known):
                    unlike[known[0].letter].append(as_said(said))
    for letter, found in unlike.items():
        service = services[letter]
        if spoken[letter] != {month for span in service.spans for month in _between(*span)}:
            recorded = " ".join(_span(*span) for span in service.spans)
            values = (("said", " ".join(dict.fromkeys(found))), ("recorded", recorded))
            yield _contradiction(section, MONTH, letter, values)


def holds(said: Said, service: Service) -> bool:
    """Whether the record says so, too. The service has months of use."""
    first, last = service.spans[0][0], service.spans[-1][1]
    if not said.is_span:
        return service.is_used_in(said.first) or said.first in service.others
    if said.last is None:
        return said.first in {span[0] for span in (*service.spans, *service.periods)}
    if said.last >= last and (said.first, None) in service.periods:
        return True
    return (said.first, said.last) in {*service.spans, *service.periods, (first, last)}


def as_said(said: Said) -> str:
    """2018-05, 2018-05/2018-08, or 2018-05/ for what goes on from there."""
    if said.is_span and said.last is None:
        return f"{said.first}/"
    return _span(said.first, said.last or said.first)


def _span(first: Month, last: Month) -> str:
    return str(first) if first == last else f"{first}/{last}"


def _between(first: Month, last: Month) -> Iterator[Month]:
    while first <= last:
        yield first
        first += 1


def _claimed(section: Section, services: Mapping[str, Service]) -> Iterator[Finding]:
    """`claimed-without-proof`: months that a sentence calls paid and no file is filed for.

    A file in doubt has a finding of its own, so it counts here; its date does as well as its
    months. A sentence about nobody in particular may be about any of the section's providers.
    Nothing is found where one of those is free of charge, nor in a sentence that denies.
    """
    missing: defaultdict[str | None, set[Month]] = defaultdict(set)
    ordinal = section.demand.ordinal
    for text in section.texts:
        for sentence, named in _named(text, [services[one] for one in section.services]):
            about = named or [services[one] for one in section.services]
            if not about or any(one.is_free for one in about):
                continue
            filed = {month for one in about for month in one.paid.get(ordinal, ())}
            claimed = {each for one in mentions.claimed_as_paid(sentence) for each in one.months}
            missing[about[0].letter if len(about) == 1 else None] |= claimed - filed
    for letter, months in missing.items():
        if months:
            yield Finding(
                Code.CLAIMED_WITHOUT_PROOF,
                _place(section, letter),
                Actor.HELPER,
                about=(str(ordinal), letter or "0"),
                values=(("months", " ".join(map(str, sorted(months)))),),
                demands=(ordinal,),
            )


def _named(text: str, services: list[Service]) -> Iterator[tuple[str, list[Service]]]:
    """Each sentence with the services it speaks of: those named there, else those named last; in
    a case of one service always that one. None: it may be about any."""
    here = _present(text, services)
    for paragraph in text.split("\n"):
        last: list[Service] = services if len(services) == 1 else []
        for _start, sentence in mentions.sentences(paragraph):
            last = [one for one in here if mentions.names_in(sentence, one.names)] or last
            yield sentence, last


def _present(text: str, services: Iterable[Service]) -> list[Service]:
    """Those that the text may name: a quick look, since most sections name few of many."""
    squeezed = "".join(text.lower().split())
    return [
        one
        for one in services
        if any("".join(name.lower().split()) in squeezed for name in one.names)
    ]


# --- Names and exhibits --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Record:
    """All names on record, folded, and those of providers by what a slip of the pen leaves."""

    folded: frozenset[str]
    lengths: frozenset[int]  # in words
    # By the number of words and the first letter: the provider's letter, its name, folded too.
    latin: Mapping[tuple[int, str], list[tuple[str, str, str]]]

    @classmethod
    def of(cls, facts: CaseFacts, services: Mapping[str, Service]) -> Record:
        payees = {name for one in facts.evidence if not one.is_withdrawn for name in one.payees}
        others = {facts.company, facts.owner, *facts.payer_names, "Amazon", *payees}
        latin: defaultdict[tuple[int, str], list[tuple[str, str, str]]] = defaultdict(list)
        names = [(one.letter, name) for one in services.values() for name in one.names]
        for letter, name in names:
            mine = fold(name)
            # A name in Chinese is too short to tell a slip of the pen from another word.
            count = len(name.split())
            if name.isascii() and len(mine) >= SHORTEST and count <= MOST_WORDS:
                latin[count, mine[0]].append((letter, name, mine))
        every = {*others, *(name for _letter, name in names)}
        lengths = {len(name.split()) for name in every}
        return cls(folded(every), frozenset(one for one in lengths if one <= MOST_WORDS), latin)


def _names(section: Section, record: Record, looks: Iterator[int]) -> Iterator[Finding]:
    """`letter-contradicts`, names: a Latin name that is nearly one on record, and no other."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for count, written in dict.fromkeys(
        one for text in section.texts for one in _other_names(text, record)
    ):
        mine = fold(written)
        for letter, name, theirs in record.latin.get((count, mine[0]), ()):
            if _is_meant(written, name, mine, theirs, looks):
                found[letter, name].append(written)
    first: dict[str, str] = {}
    for letter, name in found:
        first.setdefault(letter, name)
    for letter, name in first.items():
        several = tuple(found[letter, name])
        values = (("said", " ".join(sorted(map(fold, several)))), ("recorded", name))
        yield _contradiction(section, NAME, letter, values, several)


def _other_names(text: str, record: Record) -> Iterator[tuple[int, str]]:
    """So many words in a row of which each begins with a capital letter or a digit, and none is
    part of a name on record. One word alone does not tell a name where a sentence begins."""
    latin = {count for count, _letter in record.latin}
    for words in _rows(text):
        pieces = [fold(word) for word in words]
        begins = [word[0].isupper() or word[0].isdigit() for word in words]
        if not any(begins):
            continue
        known: set[int] = set()
        for count in record.lengths:
            for at in range(len(words) - count + 1):
                if any(begins[at : at + count]):
                    row = "".join(pieces[at : at + count])
                    if row in record.folded or row.removesuffix("s") in record.folded:
                        known.update(range(at, at + count))
        for count in latin:
            for at in range(count == 1, len(words) - count + 1):
                row_of = range(at, at + count)
                is_name = all(begins[at : at + count]) and known.isdisjoint(row_of)
                if is_name and sum(map(len, pieces[at : at + count])) >= SHORTEST:
                    yield count, " ".join(words[at : at + count])


def _rows(text: str) -> Iterator[list[str]]:
    """The Latin words of each sentence, a row for what nothing else comes between: Chinese leaves
    no space beside a name."""
    for _start, sentence in mentions.sentences(text):
        for piece in _NOT_LATIN.split(sentence):
            yield list(filter(None, (word.strip(".,;:()\"'’") for word in piece.split())))


def _is_meant(written: str, name: str, mine: str, theirs: str, looks: Iterator[int]) -> bool:
    """Whether it is that name with a slip of the pen: nearly the same."""
    if abs(len(mine) - len(theirs)) > 2:
        return False
    # The last letter or number tells “Tool A” from “Tool B”: those are two names.
    if written.split()[:-1] == name.split()[:-1] and len(written.split()[-1]) == 1:
        return False
    if next(looks, None) is None:
        return False
    alike = SequenceMatcher(None, mine, theirs, autojunk=False)
    return alike.quick_ratio() >= ALIKE and alike.ratio() >= ALIKE


def _exhibits(
    facts: CaseFacts, section: Section, services: Mapping[str, Service]
) -> Iterator[Finding]:
    """`letter-contradicts`, numbers: an exhibit that the dossier does not have.

    Other numbers look alike, such as those of goods: it has to begin with a listed provider's
    letter, or with the nought of a demand of the case, or to be that of a withdrawn exhibit.
    """
    there = {one.exhibit for one in facts.evidence if not one.is_withdrawn}
    withdrawn = {one.exhibit for one in facts.evidence if one.is_withdrawn}
    ordinals = {one.ordinal for one in facts.demands}
    found: defaultdict[str | None, list[str]] = defaultdict(list)
    for number in _all(section, mentions.exhibits_in):
        letter, ordinal, _running = parts(number)
        is_one = letter in services or (letter == OF_THE_CASE and ordinal in ordinals)
        if number not in there and (is_one or number in withdrawn):
            found[letter if letter in services else None].append(number)
    for whose, numbers in found.items():
        values = (("said", " ".join(sorted(numbers))),)
        yield _contradiction(section, EXHIBIT, whose, values, tuple(numbers))


def _not_listed(section: Section, record: Record) -> Iterator[Finding]:
    """`named-not-listed` in the letter: what it calls a service by name (“a tool called X”) and
    is not, nor is part of or has as its part, a name on record."""
    names = [
        name
        for name in _all(section, mentions.called)
        if fold(name) and not any(fold(name) in one or one in fold(name) for one in record.folded)
    ]
    if names:
        ordinal = section.demand.ordinal
        yield Finding(
            Code.NAMED_NOT_LISTED,
            Place(Page.LETTER, demand=ordinal),
            Actor.HELPER,
            about=("letter", str(ordinal)),
            values=(("names", " ".join(sorted(map(fold, names)))),),
            written=tuple(names),
            demands=(ordinal,),
        )


def _all(section: Section, find: mentions.Find) -> list[str]:
    return list(dict.fromkeys(one for text in section.texts for one in find(text)))


def _contradiction(
    section: Section,
    what: str,
    letter: str | None,
    values: Collection[tuple[str, str]],
    written: tuple[str, ...] = (),
) -> Finding:
    ordinal = section.demand.ordinal
    return Finding(
        Code.LETTER_CONTRADICTS,
        _place(section, letter),
        Actor.HELPER,
        about=(str(ordinal), letter or "0", what),
        values=(("what", what), ("provider", letter or ""), *values),
        written=written,
        demands=(ordinal,),
    )


def _place(section: Section, letter: str | None) -> Place:
    """The section; with the provider where the demand has a cell of it."""
    provider = letter if letter in section.services else None
    return Place(Page.LETTER, provider, section.demand.ordinal)
