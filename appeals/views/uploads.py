"""Taking in files, each for itself: one that is refused does not cost the others.

A script sends them one by one, and gets JSON: what became of the file, in words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from appeals import actions
from appeals.actions.refusals import AccountFull, CaseFull, SameFile
from appeals.evidence.handing_out import draw_where_missing
from appeals.evidence.keeping import refusal_of_type
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
    a file that is there already the one it is the same as; `fault` of ours: a code."""

    name: str
    evidence: Evidence | None = None
    why: str = ""
    same: Evidence | None = None
    hints: tuple[HintWords, ...] = ()
    fault: str = ""

    @property
    def state(self) -> str:
        if self.evidence is not None:
            return "kept"
        if self.same is not None:
            return "same"
        return self.fault or "refused"


#: How a script is answered, and after how many seconds it sends again what came at a busy time.
STATUS = {"kept": 200, "same": 200, "refused": 422}
STATUS |= dict.fromkeys(("busy", "unavailable", "not-stored"), 503)
RETRY_AFTER = "5"


def take(case: Case, upload: UploadedFile, *, by: User, is_excerpt: bool = False) -> Taken:
    """Keep one file, or say why not; of an excerpt only the latter. Raises ConsentMissing."""
    refusal = refusal_of(upload)
    if refusal is not None:
        # The name is not repeated: it is what looked like a secret.
        return Taken(_("A file"), why=format_html_join(" ", "{}", ((m,) for m in refusal.messages)))
    name = upload.name or _("A file")
    try:
        if is_excerpt:
            raise refusal_of_type(upload)
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
        fault = refused.code if refused.code in STATUS else ""
        return Taken(name, why=message(refused), fault=fault)


def with_hints(case: Case, taken: Taken, about: ProofFacts | None) -> Taken:
    """The same, with what is worth a look in a file that was kept and added for `about`."""
    if taken.evidence is None:
        return taken
    return replace(taken, hints=hints_of(case, taken.evidence, {about} if about else set()))


def answer(request: HttpRequest, case: Case, taken: Taken) -> JsonResponse:
    """For a script: the words are those of the page. A picture is drawn while it waits anyway."""
    if taken.evidence is not None:
        draw_where_missing(taken.evidence)
    context = {"case": case, "one": taken, "query": request.GET.urlencode()}
    response = JsonResponse(
        {
            "state": taken.state,
            "name": taken.name,
            "words": render_to_string("appeals/_taken.html", context, request),
            "room": render_to_string(
                "appeals/_room.html", {"room": actions.evidence.room(case)}, request
            ),
        },
        status=STATUS[taken.state],
    )
    if taken.state == "busy":
        response["Retry-After"] = RETRY_AFTER
    return response


def refused_answer(*forms: BaseForm | None) -> JsonResponse:
    """For a script whose form lacks something: nothing of its file was kept."""
    messages = [
        message for form in forms if form for errors in form.errors.values() for message in errors
    ]
    return JsonResponse(
        {"state": "refused", "words": format_html_join(" ", "{}", ((m,) for m in messages))},
        status=422,
    )


def _sizes(refused: CaseFull | AccountFull) -> dict[str, str]:
    return {
        "used": filesizeformat(refused.used),
        "limit": filesizeformat(refused.limit),
        "size": filesizeformat(refused.size),
    }
