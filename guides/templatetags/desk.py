"""What the desk's templates ask for beyond what their pages hand them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import template
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from ..models import Edition, EditorialEvent, Guide, Source

if TYPE_CHECKING:
    from ..admin.event_lines import Line

register = template.Library()

RECENT = 8
#: The registers of the desk by their models: where each stands, and in which order.
REGISTERS = {
    "writing": ("Guide", "Source", "SourceChange", "Picture", "Release"),
    "readers": ("Feedback", "SearchMiss"),
    "records": ("EditorialEvent", "Publication"),
    "accounts": ("User", "Group"),
}
#: What counts them, among the counts of the desk.
COUNTED = {
    "Source": "sources",
    "SourceChange": "changes",
    "Picture": "pictures",
    "Release": "releases",
    "Feedback": "feedback",
    "SearchMiss": "misses",
}
#: Where the word for all of them is not that of the model.
NAMES = {
    "EditorialEvent": gettext_lazy("Who did what"),
    "Publication": gettext_lazy("What was live when"),
    "Release": gettext_lazy("Publish together"),
    "Feedback": gettext_lazy("Feedback"),
    "SearchMiss": gettext_lazy("Searched in vain"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the sections; `current` is page, true for what lies below it, or empty."""

    name: str
    address: str
    count: int | None = None
    current: str = ""


@register.simple_tag(takes_context=True)
def desk_sections(context: Context) -> list[tuple[str, list[Entry]]]:
    """What the person may open, under its headings, with counts. One query, or none where the
    page has counted already."""
    from ..admin.board import counts_of  # the registers are made once the apps are there

    request = context["request"]
    models = {
        model["object_name"]: model
        for app in context.get("available_apps", ())
        for model in app["models"]
        if model["admin_url"]
    }
    if not models:
        return []
    counts = counts_of(request)
    known = {name for names in REGISTERS.values() for name in names}
    others = [name for name in models if name not in known]
    titles = {
        "writing": _("Editing"),
        "readers": pgettext("section of the desk", "Readers"),
        "records": _("Records"),
        "accounts": _("Accounts"),
    }
    sections = []
    for section, names in REGISTERS.items():
        entries = []
        if section == "writing":
            board = counts.for_somebody(counts.all)
            entries.append(entry(request, _("Review board"), reverse("admin:index"), board))
            names = (*names, *others)
        for name in names:
            if name in models:
                entries += register_entries(request, name, models[name], counts.tables)
        if entries:
            sections.append((titles[section], entries))
    return sections


def register_entries(
    request: HttpRequest, name: str, model: dict[str, Any], counts: Mapping[str, int]
) -> list[Entry]:
    """The line of a register; guides have two, for terms are many and looked up by themselves."""
    address = model["admin_url"]
    if name != "Guide":
        count = counts.get(COUNTED[name]) if name in COUNTED else None
        return [entry(request, str(NAMES.get(name) or capfirst(model["name"])), address, count)]
    on_terms = request.path == address and request.GET.get("kind") == Guide.Kind.TERM
    guides = entry(request, _("Guides"), f"{address}?kind=guides", counts.get("guides"))
    terms = Entry(
        name=_("Terms"),
        address=f"{address}?kind={Guide.Kind.TERM}",
        count=counts.get("terms"),
        current="page" if on_terms else "",
    )
    return [replace(guides, current="") if on_terms else guides, terms]


def entry(request: HttpRequest, name: str, address: str, count: int | None) -> Entry:
    path = address.partition("?")[0]
    if request.path == path:
        return Entry(name, address, count, "page")
    # All of the desk lies below the board's address, which is the first.
    below = f"{path}board/" if path == reverse("admin:index") else path
    return Entry(name, address, count, "true" if request.path.startswith(below) else "")


@register.simple_tag(takes_context=True)
def recent_events(context: Context) -> list[Line]:
    """The last things that editors and releases did, as sentences, for those who may see them.
    One query: the board has others to ask."""
    from ..admin.event_lines import OF_GUIDES, OF_RELEASES, OF_SOURCES, Titled, line

    person = context["user"]
    if not person.has_perm("guides.view_editorialevent"):
        return []
    here = Q(slug=OuterRef("about")) | Q(old_slugs__slug=OuterRef("about"))
    guides = Guide.objects.filter(here).order_by("pk")
    titles = Edition.objects.filter(
        Q(guide__slug=OuterRef("about")) | Q(guide__old_slugs__slug=OuterRef("about"))
    ).values("latest__title")
    sources = Source.objects.filter(key=OuterRef("about"))
    events = EditorialEvent.objects.select_related("by").annotate(
        guide=Subquery(guides.values("pk")[:1]),
        title=Coalesce(
            Subquery(titles.filter(language=OuterRef("language"))[:1]),
            Subquery(titles.filter(language=get_language())[:1]),
            Subquery(titles.filter(language=F("guide__source_language"))[:1]),
        ),
        source=Subquery(sources.values("pk")[:1]),
        source_titles=Subquery(sources.values("titles")[:1]),
    )

    def titled(event: Any) -> Titled:
        if event.kind in OF_GUIDES and event.guide:
            return Titled(event.title or event.about, page_of("guide", event.guide))
        if event.kind in OF_SOURCES and event.source:
            called = event.source_titles.get(get_language()) or event.about
            return Titled(called, page_of("source", event.source))
        if event.kind in OF_RELEASES and event.details.get("release"):
            return Titled(event.about, page_of("release", event.details["release"]))
        return Titled(event.about)

    return [line(event, titled(event), person) for event in events[:RECENT]]


def page_of(model: str, pk: int) -> str:
    return reverse(f"admin:guides_{model}_change", args=[pk])


@register.simple_tag
def sources_of(guide: Guide) -> list[Source]:
    """What the live texts of the guide cite, in the order of the register. Two queries."""
    lists = guide.editions.live().values_list("cited", flat=True)
    keys = {line["key"] for cited in lists for line in cited}
    return list(Source.objects.filter(key__in=keys)) if keys else []


@register.filter
def title_here(source: Source) -> str:
    """The title of a source in the editor's language, where it has one."""
    return source.title_in(get_language() or "")
