"""The letter: one section open for writing at a time, its history, and its plain text."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from appeals import actions
from appeals.actions.refusals import Gone, StaleVersion, WrongPlace
from appeals.forms.letters import LANGUAGES, LetterForm, letter_fields, versions_of
from appeals.forms.statements import ExplanationForm
from appeals.letter.history import begun_from, change, kept
from appeals.letter.of_case import sections_of
from appeals.letter.page import check_of, letter_page, plain_letter
from appeals.letter.words import of_check
from appeals.models import Case, Demand, LetterRevision, LetterSection
from appeals.models.demand import Standing
from appeals.sentences import Words, links
from guides.differences import compare, folded

from .access import of_case
from .conflicts import conflict

#: Said by the script, which leaves both texts where they are.
CHANGED = gettext_lazy(
    "Not saved: this section was changed elsewhere while you were writing. Save to see both texts."
)


@of_case
@require_safe
def letter(request: HttpRequest, case: Case) -> HttpResponse:
    opened = number(request.GET.get("section", ""))
    sections = sections_of(case)
    form = LetterForm(initial=letter_fields(sections[opened])) if opened in sections else None
    return _page(request, case, opened if form else None, form)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def letter_section(request: HttpRequest, case: Case, ordinal: int) -> HttpResponse:
    """The letter with this section open; what is sent is saved. A script asks for JSON."""
    demand = _demand(case, ordinal)
    if demand.standing != Standing.ASKED:
        raise Http404
    initial = letter_fields(sections_of(case)[ordinal])
    form = LetterForm(request.POST if request.method == "POST" else None, initial=initial)
    by_itself = request.headers.get("Accept") == "application/json"
    if not form.is_valid():
        if form.is_bound and by_itself:
            return _refused(form)
        return _page(request, case, ordinal, form, status=422 if form.is_bound else 200)
    way = LetterRevision.Way.ITSELF if by_itself else LetterRevision.Way.HAND
    try:
        actions.letters.save(
            case,
            by=request.user,
            demand=ordinal,
            texts=form.texts(),
            versions=form.versions(),
            way=way,
        )
    except StaleVersion as stale:
        if by_itself:
            return JsonResponse({"words": str(CHANGED)}, status=409)
        return _conflict(request, case, demand, form, stale)
    except WrongPlace:
        raise Http404 from None
    if by_itself:
        return _saved(demand)
    messages.success(request, _("Saved."))
    return redirect(links.to_letter(case.code, ordinal, checks=1))


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def letter_history(request: HttpRequest, case: Case, ordinal: int) -> HttpResponse:
    demand = _demand(case, ordinal)
    if request.method == "POST":
        return _restore(request, case, demand)
    sections = []
    for name, language in LANGUAGES.items():
        section = sections_of(case)[ordinal].get(language)
        if section is None:
            continue
        is_asked = request.GET.get("language") == language
        rows = kept(section, request.user, request.GET.get("page") if is_asked else None)
        chosen = None
        if is_asked:
            chosen = change(
                section,
                number(request.GET.get("one", "")) or 0,
                number(request.GET.get("other", "")) or 0,
            )
        label = LetterForm.base_fields[name].label
        sections.append((language, label, section, rows, chosen))
    named = Words.of(case)
    facts = next(one for one in case.facts().demands if one.ordinal == ordinal)
    context = {
        "case": case,
        "demand": demand,
        "name": named.demand(facts),
        "sections": sections,
        "back": links.to_letter(case.code, ordinal),
    }
    return render(request, "appeals/letter_history.html", context)


@of_case
@require_http_methods(["GET", "HEAD", "POST"])
def letter_explanation(request: HttpRequest, case: Case, ordinal: int) -> HttpResponse:
    """Why what a check points at is right all the same."""
    _demand(case, ordinal)
    back = links.to_letter(case.code, ordinal, checks=1)
    found = check_of(case, ordinal, request.GET.get("check", ""))
    if found is None:
        messages.info(request, _("There is nothing to explain there any more."))
        return redirect(back)
    save = partial(
        actions.letters.explain,
        case,
        by=request.user,
        demand=ordinal,
        check=found.key,
    )
    written = case.explanations.filter(finding=found.key).first()
    if request.method == "POST" and "take_back" in request.POST:
        save(sentence="")
        messages.success(request, _("The sentence was taken back."))
        return redirect(back)
    initial: dict[str, object] = {"version": 0}
    if written:
        initial = {"version": written.version, "kind": written.kind, "sentence": written.sentence}
    form = ExplanationForm(request.POST or None, initial=initial, of_finding=True)
    if form.is_valid():
        sent = form.cleaned_data
        try:
            save(sentence=sent["sentence"], version=sent["version"])
        except StaleVersion as stale:
            return conflict(request, case, form, stale, back=back)
        messages.success(request, _("Saved."))
        return redirect(back)
    words = of_check(Words.of(case).named, found)
    subject = {"title": words.title, "details": words.why, "back": back}
    context = {"case": case, "form": form, "subject": subject, "written": written}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/explanation.html", context, status=status)


@of_case
@require_safe
def letter_text(request: HttpRequest, case: Case) -> HttpResponse:
    text = plain_letter(case)
    page = letter_page(case, is_checked=False)
    context = {
        "case": case,
        "text": text,
        "page": page,
        "unwritten": [one for one in page.sections if not one.is_written and one.is_needed],
    }
    return render(request, "appeals/letter_text.html", context)


def number(text: str) -> int | None:
    """A small number from an address; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def _demand(case: Case, ordinal: int) -> Demand:
    for demand in case.demands.all():
        if demand.ordinal == ordinal:
            return demand
    raise Http404


def _page(
    request: HttpRequest,
    case: Case,
    opened: int | None,
    form: LetterForm | None,
    status: int = 200,
) -> HttpResponse:
    page = letter_page(case, is_checked="checks" in request.GET)
    if opened not in {one.ordinal for one in page.sections}:
        opened, form = None, None
    context = {"case": case, "page": page, "opened": opened, "form": form}
    return render(request, "appeals/letter.html", context, status=status)


def _saved(demand: Demand) -> JsonResponse:
    fresh = {one.language: one for one in LetterSection.objects.filter(demand=demand)}
    at = max((one.changed_at for one in fresh.values()), default=timezone.now())
    time = date_format(timezone.localtime(at), "H:i")
    return JsonResponse(
        {"words": _("Saved %(time)s") % {"time": time}, "versions": versions_of(fresh)}
    )


def _refused(form: LetterForm) -> JsonResponse:
    """Why, field by field, as plain words: the script shows them as text."""
    errors = {}
    for name in form.errors:
        codes = {one.code for one in form.errors[name].as_data()}
        if "unseen" in codes:
            # Taking them out of a text that is being written is left to the button.
            errors[name] = _("The text has characters that cannot be seen. Save to take them out.")
        else:
            errors[name] = " ".join(strip_tags(str(each)) for each in form.errors[name])
    return JsonResponse({"words": _("Not saved"), "errors": errors}, status=422)


def _conflict(
    request: HttpRequest, case: Case, demand: Demand, form: LetterForm, stale: StaleVersion
) -> HttpResponse:
    """Both texts against the one that both began from; mine stays in the field and, should it
    not be taken, in the history."""
    versions = form.versions()
    actions.letters.keep_aside(case, by=request.user, demand=demand.ordinal, texts=dict(stale.sent))
    fresh = {one.language: one for one in LetterSection.objects.filter(demand=demand)}
    form.data = form.data.copy()
    for name, version in versions_of(fresh).items():
        form.data[name] = str(version)
    pairs = []
    for name, language in LANGUAGES.items():
        if language in stale.current:
            section = fresh[language]
            begun = begun_from(section, versions[language])
            theirs = folded(compare(begun, section.text))
            mine = folded(compare(begun, stale.sent[language]))
            pairs.append((form[name], section, theirs, mine))
    differing = {field.name for field, *_rest in pairs}
    facts = next(one for one in case.facts().demands if one.ordinal == demand.ordinal)
    context = {
        "case": case,
        "demand": demand,
        "name": Words.of(case).demand(facts),
        "form": form,
        "pairs": pairs,
        "others": [form[name] for name in LANGUAGES if name not in differing],
        "back": links.to_letter(case.code, demand.ordinal),
    }
    return render(request, "appeals/letter_conflict.html", context, status=409)


def _restore(request: HttpRequest, case: Case, demand: Demand) -> HttpResponse:
    language = request.POST.get("language", "")
    try:
        is_new = actions.letters.restore(
            case,
            by=request.user,
            demand=demand.ordinal,
            language=language,
            number=number(request.POST.get("number", "")) or 0,
        )
    except (Gone, WrongPlace):
        raise Http404 from None
    if is_new:
        messages.success(request, _("Brought back. What stood there before stays in the history."))
    else:
        messages.info(request, _("That is the text that stands there now."))
    return redirect(links.to_letter(case.code, demand.ordinal))
