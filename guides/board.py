"""What waits at the desk for somebody, read from the rows that the writes keep."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
    Window,
)
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from .links.broken import failing
from .models import (
    Edition,
    Feedback,
    Guide,
    LinkCheck,
    Publication,
    Release,
    Review,
    Revision,
    SearchMiss,
    Source,
    SourceChange,
    User,
)

#: A check is shown so many days before it is due.
SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose board: everybody's or what concerns the person alone, in one language or in all."""

    person: User
    today: datetime.date
    is_mine: bool = False
    language: str = ""

    @property
    def languages(self) -> list[str]:
        return [code for code, _name in settings.LANGUAGES if self.language in ("", code)]


class Counted(Subquery):
    """How many rows a query has, as one column of another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def shown_title(guide: str) -> Subquery:
    """The newest title of the guide at that path, in the editor's language where it has one."""
    nearest = Case(
        When(language=get_language() or settings.LANGUAGE_CODE, then=0),
        When(language=F("guide__source_language"), then=1),
        default=2,
    )
    editions = Edition.objects.filter(guide=OuterRef(guide), latest__isnull=False)
    return Subquery(editions.order_by(nearest, "pk").values("latest__title")[:1])


def of_person(person: User) -> QuerySet[Guide]:
    """The guides that the person checked last, or wrote the newest or the live text of."""
    here = Edition.objects.filter(guide=OuterRef("pk"))
    wrote = here.filter(Q(latest__made_by=person) | Q(live__revision__made_by=person))
    return Guide.objects.filter(Q(checked_by=person) | Exists(wrote)).order_by()


def live_in(language: str) -> Exists:
    live = Edition.objects.live().filter(guide=OuterRef("pk"))
    return Exists(live.filter(language=language) if language else live)


# --- The queues ------------------------------------------------------------------------------


def checked_guides(scope: Scope) -> QuerySet[Guide]:
    """Those that readers get and that have a day for the next check, the earliest first."""
    guides = Guide.objects.filter(live_in(scope.language), review_by__isnull=False)
    if scope.is_mine:
        guides = guides.filter(pk__in=of_person(scope.person))
    return guides.annotate(shown_title=shown_title("pk")).order_by("review_by", "pk")


def due(scope: Scope) -> QuerySet[Guide]:
    soon = scope.today + datetime.timedelta(days=SOON_DAYS)
    return checked_guides(scope).filter(review_by__lte=soon)


def next_check(scope: Scope) -> datetime.date | None:
    """The day of the next one. One query."""
    return checked_guides(scope).order_by().aggregate(day=Min("review_by"))["day"]


def behind(scope: Scope) -> QuerySet[Edition]:
    """Live translations that their source has left behind, the longest ago first."""
    editions = Edition.objects.live().filter(behind__isnull=False, language__in=scope.languages)
    if scope.is_mine:
        editions = editions.filter(guide__in=of_person(scope.person))
    return (
        editions.annotate(shown_title=shown_title("guide"))
        .only("guide", "language", "behind")
        .order_by("behind__since", "pk")
    )


def missing(scope: Scope) -> QuerySet[Guide]:
    """Guides that readers get in one language and not in another: `is_in_0` and so on say it of
    the languages of the scope."""
    marks = {f"is_in_{at}": live_in(code) for at, code in enumerate(scope.languages)}
    lacks = Q()
    for name in marks:
        lacks |= Q(**{name: False})
    guides = Guide.objects.filter(live_in("")).annotate(**marks).filter(lacks)
    if scope.is_mine:
        guides = guides.filter(pk__in=of_person(scope.person))
    return guides.annotate(shown_title=shown_title("pk")).order_by("kind", "position", "pk")


def lacking(guide: Any, scope: Scope) -> list[str]:
    """The languages of the scope that one of `missing` is not live in."""
    return [code for at, code in enumerate(scope.languages) if not getattr(guide, f"is_in_{at}")]


def links(scope: Scope) -> QuerySet[LinkCheck]:
    """Links that lead nowhere, the longest ago first. They are nobody's own."""
    found = failing()
    if scope.is_mine:
        return found.none()
    here = Q(address=OuterRef("address")) | Q(archived_address=OuterRef("address"))
    sources = Source.objects.filter(here).order_by("pk")
    return found.annotate(
        source=Subquery(sources.values("pk")[:1]),
        source_key=Subquery(sources.values("key")[:1]),
        source_titles=Subquery(sources.values("titles")[:1]),
    ).order_by("failing_since", "pk")


def waiting(scope: Scope) -> QuerySet[Edition]:
    """Texts whose next step is the person's: in review for those who answer, sent back for those
    who write, approved for those who publish, unless they have their time.

    Each with `is_own` (the person wrote some of it since readers last got it), and `answer` and
    `answered_at` of the newest review. One's own is in nobody's way: where four eyes are wanted,
    somebody else answers it.
    """
    newest = Review.objects.filter(revision=OuterRef("latest")).order_by("-at", "-pk")
    since_live = Coalesce(OuterRef("live__revision__number"), 0)
    own = Revision.objects.filter(
        edition=OuterRef("pk"), made_by=scope.person, number__gt=since_live
    )
    return (
        Edition.objects.filter(language__in=scope.languages, latest__isnull=False)
        .annotate(
            is_own=Exists(own),
            answer=Subquery(newest.values("reason")[:1]),
            answered_at=Subquery(newest.values("at")[:1]),
            shown_title=shown_title("guide"),
        )
        .filter(next_step_of(scope))
        .select_related("latest", "live__revision", "submitted_by")
        .defer("parts", "plain", "folded", "links", "cited", "latest__facts")
        .defer("live__revision__facts", "latest__source_digests", "live__revision__source_digests")
        .order_by(F("submitted_at").asc(nulls_last=True), "pk")
    )


def next_step_of(scope: Scope) -> Q:
    """Of which texts it is the person who goes on."""
    state, may = Edition.ReviewState, scope.person.has_perm
    steps = Q(pk__in=[])
    if may("guides.review_guide"):
        is_others = scope.is_mine and settings.EDITORIAL_FOUR_EYES
        steps |= Q(review_state=state.IN_REVIEW) & (Q(is_own=False) if is_others else Q())
    if may("guides.change_guide"):
        is_mine = Q(is_own=True) if scope.is_mine else Q()
        steps |= Q(review_state=state.DRAFT, answer__gt="") & is_mine
    if may("guides.publish_guide"):
        was_live = Exists(Publication.objects.filter(revision=OuterRef("latest")))
        steps |= Q(~was_live, review_state=state.APPROVED, publish_at__isnull=True)
    return steps


def proposed(scope: Scope) -> QuerySet[SourceChange]:
    """Changes of sources that nobody has decided; a source belongs to every language."""
    changes = SourceChange.objects.filter(state=SourceChange.State.WAITING)
    if not scope.person.has_perm("guides.review_guide"):
        return changes.none()
    if scope.is_mine:
        changes = changes.exclude(proposed_by=scope.person)
    return changes


def scheduled(scope: Scope) -> QuerySet[Release]:
    """Releases that have their time, and those that something kept from going live at theirs."""
    held_up = Q(state=Release.State.OPEN) & ~Q(refusals=[])
    releases = Release.objects.filter(Q(state=Release.State.SCHEDULED) | held_up)
    if scope.is_mine:
        releases = releases.filter(Q(made_by=scope.person) | Q(scheduled_by=scope.person))
    if scope.language:
        inside = Release.items.rel.related_model.objects.filter(release=OuterRef("pk"))
        releases = releases.filter(Exists(inside.filter(edition__language=scope.language)))
    return releases.annotate(size=Count("items")).order_by(
        F("publish_at").asc(nulls_first=True), "pk"
    )


def feedback(scope: Scope) -> QuerySet[Feedback]:
    """What readers said and nobody has seen to: equal sentences about one part once, `times`.

    The row is the newest of them. Who only said that a page was useful asks for nothing.
    """
    said = Feedback.objects.filter(handled_at=None, edition__language__in=scope.languages)
    said = said.exclude(was_useful=True, sentence="")
    if scope.is_mine:
        said = said.filter(edition__guide__in=of_person(scope.person))
    same = [F("edition"), F("part"), F("sentence")]
    return (
        said.annotate(
            times=Window(Count("pk"), partition_by=same),
            newest=Window(Max("pk"), partition_by=same),
            last=Window(Max("given_on"), partition_by=same),
        )
        .filter(pk=F("newest"))
        .select_related("edition")
        .annotate(shown_title=shown_title("edition__guide"))
        .defer(*(f"edition__{name}" for name in ("plain", "folded", "links", "cited")))
        .order_by("-times", "-last", "-pk")
    )


def misses(scope: Scope) -> QuerySet[SearchMiss, dict[str, Any]]:
    """What readers looked for in vain, the most wanted first. They are nobody's own."""
    found = SearchMiss.objects.filter(handled_at=None, language__in=scope.languages)
    if scope.is_mine:
        return found.none()
    return (
        found.values("query", "language")
        .annotate(sum=Sum("times"), last=Max("day"), newest=Max("pk"))
        .order_by("-sum", "-last", "query", "language")
    )


QUEUES: dict[str, tuple[Callable[[Scope], QuerySet], ...]] = {
    "due": (due,),
    "behind": (behind, missing),
    "links": (links,),
    "waiting": (waiting, proposed),
    "scheduled": (scheduled,),
    "feedback": (feedback,),
    "misses": (misses,),
}
#: To see a queue one must be allowed one of these.
NEEDS = {
    "due": ("guides.view_guide",),
    "behind": ("guides.view_guide",),
    "links": ("guides.view_source",),
    "waiting": ("guides.review_guide", "guides.change_guide", "guides.publish_guide"),
    "scheduled": ("guides.view_guide",),
    "feedback": ("guides.view_feedback",),
    "misses": ("guides.view_searchmiss",),
}
#: Those that wait for a person; a release waits for its time, a word that nobody found for nobody.
FOR_SOMEBODY = ("due", "behind", "links", "waiting", "feedback")


def queues_of(person: User) -> list[str]:
    """The queues that the person may see, in the board's order."""
    return [name for name in QUEUES if any(map(person.has_perm, NEEDS[name]))]


# --- Counts ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are: of the queues as filtered, of all, of one's own, and of tables."""

    shown: Mapping[str, tuple[int, ...]]
    all: Mapping[str, tuple[int, ...]]
    mine: Mapping[str, tuple[int, ...]]
    tables: Mapping[str, int]

    @staticmethod
    def for_somebody(counts: Mapping[str, tuple[int, ...]]) -> int:
        return sum(sum(counts.get(name, ())) for name in FOR_SOMEBODY)


def counts(scope: Scope, tables: Mapping[str, QuerySet], is_board: bool) -> Counts:
    """In one query; without the board's filters only what every page of the desk shows."""
    names = queues_of(scope.person)
    scopes = {"all": replace(scope, is_mine=False, language="")}
    if is_board:
        scopes |= {"mine": replace(scope, is_mine=True), "shown": scope}
    columns: dict[str, Counted] = {
        f"{which}_{name}_{at}": Counted(queue(one).order_by().values("pk"))
        if name != "misses"
        else Counted(queue(one).order_by())
        for which, one in scopes.items()
        for name in names
        for at, queue in enumerate(QUEUES[name])
    }
    columns |= {
        f"table_{name}": Counted(rows.order_by().values("pk")) for name, rows in tables.items()
    }
    if not columns:
        return Counts({}, {}, {}, {})
    # Any one row will do: the person's own is there.
    row = User.objects.filter(pk=scope.person.pk).annotate(**columns).values(*columns).get()
    found = {
        which: {
            name: tuple(row[f"{which}_{name}_{at}"] or 0 for at in range(len(QUEUES[name])))
            for name in names
        }
        for which in scopes
    }
    return Counts(
        shown=found.get("shown", {}),
        all=found["all"],
        mine=found.get("mine", {}),
        tables={name: row[f"table_{name}"] or 0 for name in tables},
    )
