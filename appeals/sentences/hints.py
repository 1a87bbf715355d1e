"""Hints about a file in words: what was seen, and what to do. None of them accuses."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from appeals.evidence.hints import Code, Hint
from appeals.models import Case, Evidence
from appeals.rules.facts import Field

from . import links
from .names import listed
from .ways import Way

#: What serves as proof of payment, and how a receipt for one payment is had.
GUIDE_TO_RECEIPTS = "item-paid"


@dataclass(frozen=True, slots=True)
class HintWords:
    title: str
    sentence: str
    ways: tuple[Way, ...]


TITLES: dict[Code, Promise] = {
    Code.CARD: gettext_lazy("A card number in full"),
    Code.IDENTITY: gettext_lazy("An identity number in full"),
    Code.EDITED: gettext_lazy("Saved by an editing program"),
    Code.SCREENSHOT: gettext_lazy("This looks like a screenshot"),
    Code.TOO_SMALL: gettext_lazy("Perhaps too small to read"),
    Code.OUTSIDE_PERIOD: gettext_lazy("A date outside the months of use"),
    Code.TYPE_NOT_LISTED: gettext_lazy("A type that the notice does not list"),
}

SENTENCES: dict[Code, Promise] = {
    Code.CARD: gettext_lazy(
        "Page %(page)s shows what looks like a whole bank card number. Leave the file as it is: "
        "do not paint over it. Rather download a receipt for this one payment, which shows no "
        "more than the last four digits as a rule."
    ),
    Code.IDENTITY: gettext_lazy(
        "Page %(page)s shows what looks like a whole identity number. Leave the file as it is: "
        "do not paint over it. If it is not asked for, hand in a page or a receipt without it."
    ),
    Code.EDITED: gettext_lazy(
        "Its notes name %(software)s. That may have a plain reason, such as turning a photo; yet "
        "platforms have treated edited papers as forged. If you have the file as it was issued, "
        "hand that in."
    ),
    Code.SCREENSHOT: gettext_lazy(
        "For payments a screenshot is weak. If your bank or payment app offers a receipt for "
        "this payment, download that as PDF and add it; keep this one if there is none."
    ),
    Code.TOO_SMALL: gettext_lazy(
        "It has %(width)s × %(height)s pixels. Open it: if the small print cannot be read, take "
        "the picture again from closer, or add the original instead of a copy from a chat, which "
        "is often made smaller."
    ),
    Code.OUTSIDE_PERIOD: gettext_lazy(
        "The date on it is %(date)s; the months of use are %(first)s to %(last)s. Correct "
        "whichever is wrong. If it was paid ahead or later, say so in the line about it."
    ),
    Code.TYPE_NOT_LISTED: gettext_lazy(
        "The notice lists %(listed)s, and this file is %(type)s. It can stay here. To hand in, "
        "look for one of the types listed where it was issued; do not convert a paper that can "
        "be downloaded anew."
    ),
}

PROGRAMS: dict[str, Promise | str] = {
    "lightroom": "Lightroom",
    "photoshop": "Photoshop",
    "illustrator": "Illustrator",
    "gimp": "GIMP",
    "wps-photo": pgettext_lazy("name of a program", "WPS Photo"),
    "meitu": pgettext_lazy("name of a program", "Meitu"),
    "xingtu": pgettext_lazy("name of a program", "Xingtu"),
    "picsart": "Picsart",
    "snapseed": "Snapseed",
    "pixelmator": "Pixelmator",
    "affinity": "Affinity",
    "paint-net": "Paint.NET",
    "paintshop": "PaintShop",
    "coreldraw": "CorelDRAW",
    "canva": "Canva",
    "photopea": "Photopea",
    "inkscape": "Inkscape",
    "photoscape": "PhotoScape",
    "picasa": "Picasa",
    "windows-photos": pgettext_lazy("name of a program", "Windows Photos"),
    "foxit": "Foxit PDF Editor",
    "pdfelement": "PDFelement",
    "ilovepdf": "iLovePDF",
    "smallpdf": "Smallpdf",
    "sejda": "Sejda",
}


def of_hint(case: Case, evidence: Evidence, hint: Hint) -> HintWords:
    values = dict(hint.values)
    values["software"] = str(PROGRAMS.get(values.get("software", ""), ""))
    values["listed"] = listed(each.upper() for each in values.get("listed", "").split())
    values["type"] = evidence.media_type.rpartition("/")[2].upper()
    return HintWords(
        str(TITLES[hint.code]),
        str(SENTENCES[hint.code]) % values,
        tuple(_ways(case, evidence, hint.code)),
    )


def _ways(case: Case, evidence: Evidence, code: Code) -> list[Way]:
    match code:
        case Code.CARD | Code.SCREENSHOT:
            return [Way(_("How to get a receipt"), links.to_guide(GUIDE_TO_RECEIPTS))]
        case Code.OUTSIDE_PERIOD:
            date = links.to_evidence(case.code, evidence.code, "about_on")
            months = links.to_evidence(case.code, evidence.code, Field.MONTHS)
            return [Way(_("Correct the date"), date), Way(_("Look over the months"), months)]
        case Code.TYPE_NOT_LISTED:
            return [Way(_("Open the notice"), links.to_notice(case.code))]
        case _:
            return []
