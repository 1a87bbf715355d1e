"""Taking in files, each for itself: one that is refused does not cost the others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from appeals import actions
from appeals.actions.refusals import AccountFull, CaseFull, SameFile
from appeals.evidence.refusals import EvidenceRefused, message
from appeals.models import Case, Evidence
from appeals.presenters.hints import hints_of
from appeals.rules.facts import ProofFacts
from appeals.sentences.hints import HintWords
from guides.forms import refusal_of
from guides.models import User


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file. Kept: `evidence`, and what is worth a look; refused: `why`, and for
    a file that is there already the one it is the same as."""

    name: str
    evidence: Evidence | None = None
    why: str = ""
    same: Evidence | None = None
    hints: tuple[HintWords, ...] = ()


def take(case: Case, upload: UploadedFile, *, by: User) -> Taken:
    """Keep one file, or say why not. Raises ConsentMissing."""
    refusal = refusal_of(upload)
    if refusal is not None:
        # The name is not repeated: it is what looked like a secret.
        return Taken(_("A file"), why=format_html_join(" ", "{}", ((m,) for m in refusal.messages)))
    name = upload.name or _("A file")
    try:
        return Taken(name, actions.evidence.add(case, by=by, upload=upload))
    except SameFile as refused:
        return Taken(name, why=_("This file is here already."), same=refused.evidence)
    except CaseFull as refused:
        why = _(
            "This case holds %(used)s of %(limit)s; this file needs %(size)s more, so it was not "
            "saved. Remove files that prove nothing, or add a smaller original."
        )
        return Taken(name, why=why % _sizes(refused))
    except AccountFull as refused:
        why = _(
            "Your account holds %(used)s of %(limit)s; this file needs %(size)s more, so it was "
            "not saved. Remove files that prove nothing, or add a smaller original."
        )
        return Taken(name, why=why % _sizes(refused))
    except EvidenceRefused as refused:
        return Taken(name, why=message(refused))


def with_hints(case: Case, taken: Taken, about: ProofFacts | None) -> Taken:
    """The same, with what is worth a look in a file that was kept and added for `about`."""
    if taken.evidence is None:
        return taken
    return replace(taken, hints=hints_of(case, taken.evidence, {about} if about else set()))


def _sizes(refused: CaseFull | AccountFull) -> dict[str, str]:
    return {
        "used": filesizeformat(refused.used),
        "limit": filesizeformat(refused.limit),
        "size": filesizeformat(refused.size),
    }
