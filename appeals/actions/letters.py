"""Writing the letter, section by section. Nothing that was saved is ever lost."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from appeals.models import Case, Demand, Event, Explanation, LetterRevision, LetterSection
from appeals.models.demand import Standing
from guides.models import User

from .refusals import Gone, StaleVersion, WrongPlace
from .rows import check_version, locked, record, write

Way = LetterRevision.Way

#: What a page saves by itself within this time is one line of the timeline.
ONE_LINE = datetime.timedelta(hours=1)


@transaction.atomic
def save(
    case: Case,
    *,
    by: User,
    demand: int,
    texts: Mapping[str, str],
    versions: Mapping[str, int],
    way: str = Way.HAND,
) -> tuple[str, ...]:
    """Save the section on the demand (its ordinal); answers the languages whose text changed.

    `texts` and `versions` are by language; a version is that of the text which the form showed,
    0 where there was none. Either all of it is saved or nothing. Raises WrongPlace, and
    StaleVersion with both texts of each language that was changed meanwhile.
    """
    current = locked(case.pk)
    about = _demand(current, demand)
    sections = {one.language: one for one in about.letter.all()}
    present = {language: sections[language].text for language in sections}
    changed = {name: text for name, text in texts.items() if present.get(name, "") != text}
    stale = [
        name for name in changed if name in sections and sections[name].version != versions[name]
    ]
    if stale:
        raise StaleVersion(
            sections[stale[0]],
            {name: present[name] for name in stale},
            {name: texts[name] for name in stale},
        )
    for language, text in changed.items():
        _keep(_put(about, sections.get(language), language, text, by), text, by, way)
    if changed:
        _record(current, about, Event.Kind.LETTER_WRITTEN, by, way)
    return tuple(changed)


@transaction.atomic
def keep_aside(case: Case, *, by: User, demand: int, texts: Mapping[str, str]) -> None:
    """Put what was not saved, because the section had changed meanwhile, into its history."""
    about = _demand(locked(case.pk), demand)
    for section in about.letter.all():
        text = texts.get(section.language, section.text)
        if text and not section.revisions.filter(text=text).exists():
            _keep(section, text, by, Way.ASIDE)


@transaction.atomic
def restore(case: Case, *, by: User, demand: int, language: str, number: int) -> bool:
    """Make an earlier text the present one, which stays in the history; whether it was another.

    Raises Gone where there is no such text, and WrongPlace.
    """
    current = locked(case.pk)
    about = _demand(current, demand)
    revision = (
        LetterRevision.objects.select_related("section")
        .filter(section__demand=about, section__language=language, number=number)
        .first()
    )
    if revision is None:
        raise Gone
    section = revision.section
    if section.text == revision.text:
        return False
    _keep(_put(about, section, language, revision.text, by), revision.text, by, Way.RESTORED)
    _record(current, about, Event.Kind.LETTER_RESTORED, by, Way.RESTORED)
    return True


@transaction.atomic
def explain(
    case: Case,
    *,
    by: User,
    demand: int,
    check: str,
    sentence: str,
    version: int | None = None,
) -> None:
    """Keep that what a check points at is right all the same, and why; blank takes that back.

    `check` is its key, `version` as for any explanation. Raises StaleVersion and WrongPlace.
    """
    current = locked(case.pk)
    about = _demand(current, demand)
    before = current.explanations.filter(finding=check).first()
    if before is not None:
        check_version(before, version, {"sentence": sentence})
        before.delete()
    if not sentence and before is None:
        return
    kind = Event.Kind.EXPLAINED if sentence else Event.Kind.EXPLANATION_REMOVED
    if sentence:
        Explanation.objects.create(
            case=current,
            finding=check,
            kind=Explanation.Kind.REASON,
            sentence=sentence,
            made_by=by,
        )
    record(current, kind, by=by, demand=about.ordinal, label=about.label)


def _demand(case: Case, ordinal: int) -> Demand:
    found = case.demands.filter(ordinal=ordinal).exclude(standing=Standing.LEFT_OUT).first()
    if found is None:
        raise WrongPlace
    return found


def _put(
    demand: Demand, section: LetterSection | None, language: str, text: str, by: User
) -> LetterSection:
    values = {"text": text, "changed_by": by, "changed_at": timezone.now()}
    if section is None:
        return LetterSection.objects.create(demand=demand, language=language, **values)
    write(section, version=section.version, values=values)
    return section


def _keep(section: LetterSection, text: str, by: User, way: str) -> None:
    LetterRevision.objects.create(
        section=section, number=section.revisions.count() + 1, text=text, made_by=by, way=way
    )


def _record(case: Case, demand: Demand, kind: Event.Kind, by: User, way: str) -> None:
    if way == Way.ITSELF and _is_on_record(case, demand, by):
        now = timezone.now()
        Case.objects.filter(pk=case.pk).update(changed_at=now)
        return
    record(case, kind, by=by, demand=demand.ordinal, label=demand.label)


def _is_on_record(case: Case, demand: Demand, by: User) -> bool:
    """Whether the timeline has said within the hour that this person writes there."""
    lately = Event.objects.filter(
        case_code=case.code,
        kind=Event.Kind.LETTER_WRITTEN,
        by_id=by.pk,
        at__gt=timezone.now() - ONE_LINE,
    )
    return any(event.details.get("demand") == demand.ordinal for event in lately)
