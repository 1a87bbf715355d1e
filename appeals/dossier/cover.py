"""The first page: whose answer it is, to what, and where each thing is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from appeals.rules.facts import NoticeFacts
from appeals.sentences.names import between_sentences

from . import tables
from .reading import Reading, is_asked, replies_of, shown
from .sheets import Cover, Item, PaperState, Particular
from .words import (
    NOTHING,
    Both,
    Line,
    PageOf,
    day,
    fill,
    in_reach,
    joined,
    one_line,
    said,
    typed,
)

LEGEND = {
    PaperState.ANSWERED: gettext_lazy("answered: all of it is here"),
    PaperState.EXPLAINED: gettext_lazy("explained: a part cannot be had"),
    PaperState.NOT_PROVIDED: gettext_lazy("not provided: see page %(page)s"),
    PaperState.OPEN: gettext_lazy("open: not finished yet"),
}


#: In a line of text.
MOST_EXHIBITS = 6


def cover(reading: Reading, items: tuple[Item, ...]) -> Cover:
    states = [one.state for one in items if one.is_asked]
    return Cover(
        title=title(reading),
        round=said(lambda: _round(reading)),
        particulars=tuple(_particulars(reading)),
        is_in_words_of_notice=all(
            one.demand.wording.strip() for one in reading.demands if is_asked(one)
        ),
        legend=tuple(
            (state, said(partial(_legend, words)))
            for state, words in LEGEND.items()
            if state in states
        ),
        also=_also(items),
        services=tables.services(reading),
        services_elsewhere=_elsewhere(reading),
        exhibits_note=said(lambda: _exhibits_note(reading)),
    )


def _legend(words: object) -> Line:
    return fill(str(words), page=PageOf("gaps"))


def title(reading: Reading) -> Both:
    notice, reply = reading.facts.notice, last_reply(reading)
    if notice is None:
        return said(lambda: _("Services with access to the store"))
    if reply is not None:
        return said(lambda: _("Answer to the reply of %(date)s") % {"date": day(reply.received_on)})
    return said(lambda: _("Answer to the notice of %(date)s") % {"date": day(notice.received_on)})


def last_reply(reading: Reading) -> NoticeFacts | None:
    """The last reply; none in the first round, and where none ever came."""
    replies = replies_of(reading.facts)
    return replies[max(replies)] if replies else None


def _round(reading: Reading) -> str:
    return _("Round %(number)s, %(date)s") % {
        "number": reading.assessment.round,
        "date": day(reading.changed_at.date()),
    }


def _particulars(reading: Reading) -> Iterator[tuple[Particular, Particular | None]]:
    facts = reading.facts
    notice, reply = facts.notice, last_reply(reading)
    left = [
        Particular(said(lambda: _("Store")), _or_dash(shown(facts, "store"))),
        Particular(said(lambda: _("Marketplace")), _or_dash(shown(facts, "marketplace"))),
        Particular(said(lambda: _("Seller ID")), _or_dash(shown(facts, "seller_id"))),
        Particular(said(lambda: _("Company")), _or_dash(facts.company)),
    ]
    right = [
        Particular(
            said(lambda: pgettext("received on a day", "Notice")),
            said(lambda: day(notice.received_on)) if notice else typed("–"),
        ),
        Particular(said(lambda: _("Reference")), _or_dash(reference(reading))),
        Particular(said(lambda: _("Services")), said(lambda: _services(reading))),
        Particular(said(lambda: _("Exhibits")), said(lambda: _exhibits(reading))),
    ]
    payers = [one_line(name) for name in facts.payer_names if name.strip()]
    if payers:
        left.append(Particular(said(lambda: _("Also pay")), typed(", ".join(payers))))
    if reply is not None:
        right.insert(1, Particular(said(lambda: _("Reply")), said(lambda: day(reply.received_on))))
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else Particular(Both(NOTHING), Both(NOTHING))
        yield one, right[number] if number < len(right) else None


def reference(reading: Reading) -> str:
    """That of the last reply that has one, else that of the notice."""
    replies = replies_of(reading.facts).values()
    given = [one.reference for one in replies if one.reference.strip()]
    return one_line(given[-1] if given else shown(reading.facts, "amazon_reference"))


def _or_dash(text: str) -> Both:
    return typed(one_line(text) or "–")


def _services(reading: Reading) -> str:
    count = len(reading.assessment.providers)
    return ngettext("%(count)s named", "%(count)s named", count) % {"count": count}


def _exhibits(reading: Reading) -> str:
    files = len(reading.exhibits)
    pages = sum(one.original.pages or 0 for one in reading.exhibits.values())
    of_files = ngettext("%(count)s file", "%(count)s files", files) % {"count": files}
    of_pages = ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages}
    return _("%(files)s, %(pages)s") % {"files": of_files, "pages": of_pages}


def _also(items: tuple[Item, ...]) -> Both:
    """What was not asked and is here all the same."""
    advised = [one for one in items if not one.is_asked]
    if not advised:
        return Both(NOTHING)

    english = said(
        lambda: joined(between_sentences(), [_also_line(one, one.exhibits) for one in advised])
    )
    chinese = said(lambda: joined(between_sentences(), [_also_line(one, ()) for one in advised]))
    return Both(english.english, chinese.chinese)


def _also_line(item: Item, exhibits: tuple[str, ...]) -> Line:
    name, page = in_reach(item.wording), PageOf(item.part)
    if not exhibits:
        return fill(_("Not asked, also here: %(name)s, page %(page)s."), name=name, page=page)
    return fill(
        _("Not asked, also here: %(name)s, page %(page)s (%(exhibits)s)."),
        name=name,
        page=page,
        exhibits=_few(exhibits),
    )


def _few(exhibits: tuple[str, ...]) -> str:
    first = ", ".join(exhibits[:MOST_EXHIBITS])
    more = len(exhibits) - MOST_EXHIBITS
    if more <= 0:
        return first
    return _("%(exhibits)s and %(count)s more") % {"exhibits": first, "count": more}


def _elsewhere(reading: Reading) -> Both:
    count = len(reading.assessment.providers)
    if not count:
        return said(lambda: _("No service is on record."))
    return said(
        lambda: fill(
            ngettext(
                "%(count)s service is named; it has a sheet from page %(page)s.",
                "%(count)s services are named; they have sheets from page %(page)s.",
                count,
            ),
            count=str(count),
            page=PageOf("services"),
        )
    )


def _exhibits_note(reading: Reading) -> Line:
    sentences = [
        fill(
            _(
                "An exhibit number names service, demand and count: A-5-2 is the second exhibit "
                "for service A, demand 5; 0 stands for the whole store."
            )
        )
    ]
    if any(
        one.demand.label.strip().rstrip(".、)）") != str(one.demand.ordinal)
        for one in reading.demands
    ):
        sentences.append(
            fill(
                _("Demands are counted in the order in which they were recorded, over all rounds.")
            )
        )
    sentences.append(
        fill(
            _(
                "Each original is in the package, unaltered, in a file whose name begins with "
                "that number. Exhibits are listed from page %(page)s."
            ),
            page=PageOf("exhibits"),
        )
    )
    return joined(between_sentences(), sentences)
