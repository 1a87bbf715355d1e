"""What an editor is advised to look at again, beside the fields it is about."""

from __future__ import annotations

from dataclasses import dataclass

from guides.advice import Advice, Term, advise
from guides.models import Edition, Guide, Source
from guides.rendering import parse_blocks

from .column import Column
from .page import Page


@dataclass(frozen=True, slots=True)
class Advised:
    """One warning, and the field that it leads to."""

    column: Column
    advice: Advice
    anchor: str


def show_advice(page: Page) -> list[Advised]:
    """Put every warning beside its field; all of them in the order of the page. Two queries."""
    terms, grades = glossary(), set(Source.objects.values_list("key", flat=True))
    facts = page.source.facts_before
    found = []
    for column in page.columns:
        if column.seen is None and not column.is_posted:
            continue
        told = advise(
            parse_blocks(column.body),
            language=column.language,
            kind=facts.get("kind", page.guide.kind),
            standing=facts.get("standing", page.guide.standing),
            glossary=terms,
            grades=grades,
            head={name: column.form[name].value() or "" for name in column.form.fields},
            slug=page.guide.slug,
        )
        found += [Advised(column, one, put(page, column, one)) for one in told]
    return found


def put(page: Page, column: Column, advice: Advice) -> str:
    """Beside its field; answers with the field's id."""
    cell = page.cell_at(column.language, advice.line)
    if cell is not None:
        cell.advice.append(advice)
        return cell.id
    field = column.form[advice.field]
    field.advice = [*getattr(field, "advice", ()), advice]
    return field.id_for_label


def glossary() -> list[Term]:
    """Every term that readers get, with its names."""
    titles: dict[str, dict[str, str]] = {}
    rows = Edition.objects.live().filter(guide__kind=Guide.Kind.TERM)
    for slug, language, title in rows.values_list(
        "guide__slug", "language", "live__revision__title"
    ):
        titles.setdefault(slug, {})[language] = title
    return [Term(slug, names) for slug, names in titles.items()]
