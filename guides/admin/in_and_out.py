"""Taking all texts out as one file, and bringing such a file in: first shown, then done."""

from __future__ import annotations

import hashlib
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from guides.forms import Form
from guides.models import EditorialEvent
from guides.publishing import archive, bringing_in
from guides.publishing.files import BadFile
from guides.publishing.reading import parse

if TYPE_CHECKING:
    from .guides import GuideAdmin

#: Seconds that a file is kept between being shown and being brought in.
KEPT_FOR = 3600
LIMIT = 20 * 1024 * 1024


class FileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("ZIP file"),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        help_text=gettext_lazy("As taken out here. Pictures in it are passed over."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        limit = min(LIMIT, settings.EVIDENCE_FILE_LIMIT)
        if file.size > limit:
            words = _("This file is %(size)s; the limit is %(limit)s.")
            values = {"size": filesizeformat(file.size), "limit": filesizeformat(limit)}
            raise ValidationError(words % values, code="size")
        if getattr(file, "why", None) is not None:
            raise ValidationError(_("There is no room for this file now. Try again."), code="room")
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def in_and_out(request: HttpRequest, admin: GuideAdmin) -> HttpResponse:
    """A file that is sent is shown as a plan; the plan that was shown is then done."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return show(request, admin, FileForm())
    if not admin.has_change_permission(request):
        raise PermissionDenied
    if "confirm" in request.POST:
        return confirm(request, admin)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, admin, form, status=422)
    try:
        files = archive.unpack(form.cleaned_data["file"])
    except BadFile as why:
        for line in str(why).splitlines():
            form.add_error("file", line)
        return show(request, admin, form, status=422)
    try:
        content = parse(files)
    except BadFile as why:
        form.add_error("file", _("Its texts are not in the form in which they are taken out here:"))
        for line in str(why).splitlines()[:50]:
            form.add_error("file", line)
        return show(request, admin, form, status=422)
    name = form.cleaned_data["file"].name
    kept = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
    plan = bringing_in.plan(content, by=request.user)
    if not plan.reasons:  # a secret among them: what is refused is kept nowhere
        cache.set(place_of(request, kept), (name, files), KEPT_FOR)
    return show_plan(request, admin, plan, kept, name)


def confirm(request: HttpRequest, admin: GuideAdmin) -> HttpResponse:
    kept = request.POST.get("confirm", "")[:64]
    found = cache.get(place_of(request, kept))
    if found is None:
        form = FileForm()
        problem = _("This file is no longer kept here. Send it again; nothing was changed.")
        return show(request, admin, form, status=409, problem=problem)
    name, files = found
    content = parse(files)
    digest = request.POST.get("digest", "")
    try:
        done = bringing_in.bring_in(content, by=request.user, digest=digest, name=name)
    except bringing_in.PlanChanged:
        plan = bringing_in.plan(content, by=request.user)
        problem = _("Something here has changed since. Look at it once more; nothing was done.")
        return show_plan(request, admin, plan, kept, name, status=409, problem=problem)
    cache.delete(place_of(request, kept))
    count = sum(1 for step in done.changes if step.language)
    words = ngettext(
        "%(count)d text is a draft of yours now. Readers see nothing of it yet.",
        "%(count)d texts are drafts of yours now. Readers see nothing of them yet.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect("admin:guides_guide_changelist")


@require_POST
def take_out(request: HttpRequest, admin: GuideAdmin) -> HttpResponseBase:
    """Everything that is live, with the register of sources and the pictures."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    out = TemporaryFile()  # noqa: SIM115  # closed with the answer
    guides = archive.pack(out)
    out.seek(0)
    name = f"keyright-guides-{timezone.localdate().isoformat()}.zip"
    EditorialEvent.objects.create(
        kind=EditorialEvent.Kind.EXPORTED, about=name, by=request.user, details={"guides": guides}
    )
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/zip")


def place_of(request: HttpRequest, kept: str) -> str:
    return f"bringing-in:{request.user.pk}:{kept}"


def show(
    request: HttpRequest, admin: GuideAdmin, form: FileForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    context = admin.context(request, None, _("In and out")) | {"form": form, "problem": problem}
    return render(request, "admin/guides/guide/in_and_out.html", context, status=status)


def show_plan(
    request: HttpRequest,
    admin: GuideAdmin,
    plan: bringing_in.Bringing,
    kept: str,
    name: str,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    context = admin.context(request, None, _("What bringing it in would do")) | {
        "plan": plan,
        "kept": kept,
        "name": name,
        "problem": problem,
        "texts": [step for step in plan.changes if step.language],
        "sources": [step for step in plan.changes if not step.language],
        "unchanged": len(plan.steps) - len(plan.changes),
    }
    if plan.reasons:
        status = 422
    return render(request, "admin/guides/guide/bringing_in.html", context, status=status)
