"""A round before it is recorded, and as it was sealed."""

from __future__ import annotations

import datetime
import zoneinfo
from dataclasses import dataclass
from textwrap import wrap

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.dossier import manifest, outline
from appeals.models import Case, Submission
from appeals.models.demand import Rule, Standing
from appeals.sentences.deadlines import zone_at

from .dossier_page import Row, dossier_page

#: As many open things as are told one by one.
MOST_OPEN = 8


@dataclass(frozen=True, slots=True)
class ToSeal:
    open: tuple[Row, ...]  # declared as gaps, if it is sent so
    more: int  # open things that are not told
    is_confirmed: bool | None  # None: nobody asks for it
    is_made: bool  # the dossier was made, and nothing has changed since
    exhibits: int
    size: int  # of the originals, in bytes


@dataclass(frozen=True, slots=True)
class Choice:
    """Another dossier to compare with."""

    name: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Sealed:
    exhibits: int
    size: int  # of everything in it, in bytes
    sum: tuple[str, ...]  # SHA-256 of the manifest, in eights
    gaps: tuple[str, ...]  # declared, as they were sent
    choices: tuple[Choice, ...]
    is_waiting: bool
    waiting_days: int  # since it was sent, the first day being one
    zone: str  # of the time at which it was sent


def to_seal(case: Case) -> ToSeal:
    page = dossier_page(case)
    return ToSeal(
        open=page.open[:MOST_OPEN],
        more=max(0, len(page.open) - MOST_OPEN),
        is_confirmed=page.confirmed if _asks_for_confirmation(case) else None,
        is_made=case.dossier_made_of == case.changed_at,
        exhibits=len(page.dossier.members),
        size=sum(one.size for one in page.dossier.members),
    )


def _asks_for_confirmation(case: Case) -> bool:
    return any(
        one.rule == Rule.CONFIRMED and one.standing == Standing.ASKED for one in case.demands.all()
    )


def sealed(case: Case, row: Submission) -> Sealed:
    """No query where the case has its facts."""
    listed = manifest.read(row.manifest.encode("ascii"))
    today = timezone.localdate(timezone=case.zone)
    return Sealed(
        exhibits=len(listed.files) - 1,
        size=listed.size,
        sum=tuple(wrap(row.manifest_sha256, 8)),
        gaps=declared(row),
        choices=comparisons(case, row.round),
        is_waiting=not row.has_reply and not case.is_closed,
        waiting_days=max(1, (today - row.sent_on).days + 1),
        zone=_zone(row),
    )


def declared(row: Submission) -> tuple[str, ...]:
    """What the sealed dossier said was missing or explained; none: that there was nothing."""
    parts = outline.read(row.outline)
    gaps = next((one for one in parts if one.key == "gaps"), None)
    if gaps is None:
        return ()
    return tuple(_row(line) for line in gaps.lines if " | " in line)


def _zone(row: Submission) -> str:
    at = row.sent_time or datetime.time(12)
    return zone_at(
        datetime.datetime.combine(row.sent_on, at, zoneinfo.ZoneInfo(row.time_zone or "UTC"))
    )


def _row(line: str) -> str:
    """A row of the sheet as one line, without the number's cell standing by itself."""
    number, *cells = line.split(" | ")
    return f"{number} {' – '.join(cell for cell in cells if cell.strip(' –'))}"


def comparisons(case: Case, number: int, chosen: int | None = None) -> tuple[Choice, ...]:
    """Every other sealed round, and the dossier as it is now where that is another."""
    rounds = [one.round for one in case.submissions.all()]
    others = {one: _("Round %(round)s") % {"round": one} for one in rounds if one != number}
    present = case.assess().round
    if present not in rounds:
        others[present] = _("Round %(round)s, as it is now") % {"round": present}
    return tuple(
        Choice(name, _to_compare(case, number, other), other == chosen)
        for other, name in others.items()
    )


def _to_compare(case: Case, number: int, other: int) -> str:
    return reverse("appeals:submission-compare", args=[case.code, number, other])
