"""One guide on the desk: a column for each language, the facts they share, and what was typed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guides.models import AuthorizationMethod, Edition, Guide, OldSlug, Revision
from guides.publishing import Refusal, guide_facts
from guides.publishing.facts import present_facts, with_later_check

from .column import NOTE, Column, shown_note
from .forms import FactsForm, MethodForm, TextForm
from .rows import Cell, Pieces, Row, aligned, laid_out, rearranged, sent_rows, zipped

#: How much of a refused line is repeated beside what is wrong with it.
EXCERPT = 24


@dataclass(frozen=True, slots=True)
class Wrong:
    """One line of the error summary: the field it leads to, the words, the line of the text."""

    anchor: str
    words: str
    line: int = 0


class Page:
    """Everything on the page of one guide, as shown or as sent; each text block by block, or
    `is_whole`."""

    def __init__(
        self, guide: Guide, sent: QueryDict | None = None, *, is_whole: bool = False
    ) -> None:
        self.guide = guide
        self.wrong: list[Wrong] = []
        editions = guide.editions.select_related("latest", "live__revision", "guide")
        found = {edition.language: edition for edition in editions}
        order = sorted(dict(settings.LANGUAGES), key=lambda one: one != guide.source_language)
        self.columns = [self.column(code, found.get(code), sent) for code in order]
        self.is_whole = is_whole or any(f"{code}-body" in (sent or ()) for code in order)
        self.is_sent_by_block = any(f"{code}-block" in (sent or ()) for code in order)
        #: What happened to which row where no script did it.
        self.rearranged = "", 0

    def column(self, language: str, edition: Edition | None, sent: QueryDict | None) -> Column:
        data = sent if sent is not None and f"{language}-made_from" in sent else None
        seen = edition.latest if edition else None
        if data is not None:
            seen = revision_seen(edition, data[f"{language}-made_from"])
        is_source = language == self.guide.source_language
        form = TextForm(
            data,
            slug=self.guide.slug,
            language=language,
            kind=self.guide.kind,
            is_source=is_source,
            initial=(seen.text() if seen else {})
            | shown_note(edition, seen)
            | {"matched": seen is None},
        )
        column = Column(self.guide, language, edition, seen, form)
        if is_source:
            self.add_facts(column, data)
        return column

    def add_facts(self, column: Column, data: QueryDict | None) -> None:
        facts = facts_shown(self.guide, column.seen)
        column.facts_before = facts
        column.facts = FactsForm(data, prefix="facts", facts=facts, guides=other_guides(self.guide))
        if facts["kind"] == Guide.Kind.METHOD:
            method = AuthorizationMethod(guide=self.guide, **(facts["method"] or {}))
            column.method = MethodForm(data, prefix="method", instance=method)

    @property
    def source(self) -> Column:
        return self.columns[0]

    @property
    def translations(self) -> list[Column]:
        return self.columns[1:]

    @property
    def posted(self) -> list[Column]:
        return [column for column in self.columns if column.is_posted]

    @property
    def heads(self) -> list[tuple[str, str, list[forms.BoundField | None]]]:
        """The fields above the text: name, label, and one for each language."""
        names = [name for name in Revision.TEXT_FIELDS if name != "body"]
        return [row for name in names if any((row := self.level(name))[2])]

    @property
    def notes(self) -> list[tuple[str, str, list[forms.BoundField | None]]]:
        """What is said about the change, as `heads`."""
        return [self.level(name) for name in (*NOTE, "matched")]

    def level(self, name: str) -> tuple[str, str, list[forms.BoundField | None]]:
        """That field in each language; None where it has none there."""
        fields = [
            column.form[name] if name in column.form.fields else None for column in self.columns
        ]
        label = next((field.label for field in fields if field is not None), "")
        return name, str(label), fields

    @cached_property
    def rows(self) -> list[Row]:
        """The blocks of the text, those of all languages level."""
        bodies = [column.body for column in self.columns]
        return laid_out(self.pieces, [column.language for column in self.columns], bodies)

    @property
    def new_row(self) -> Row:
        """One that a script adds."""
        cells = [Cell(column.language, 0, "", None) for column in self.columns]
        return Row(0, "", "", cells)

    @property
    def pieces(self) -> Pieces:
        if self.is_sent_by_block:
            rows = zipped([column.pieces for column in self.columns])
            rows = rearranged(rows, *self.rearranged)
            return sent_rows(rows)
        return aligned(
            [column.body for column in self.columns],
            [column.made_from_digests for column in self.columns],
        )

    def rearrange(self, act: str, number: str) -> None:
        """Move, take away or add below the row of that number; below the last one for "end"."""
        is_number = number.isascii() and number.isdigit() and len(number) < 6
        self.rearranged = act, int(number) if is_number else sys.maxsize

    def cell_at(self, language: str, line: int) -> Cell | None:
        """The field that holds that line of a text; None in a text shown as a whole."""
        if self.is_whole or not line:
            return None
        cells = (cell for row in self.rows for cell in row.cells if cell.language == language)
        return next((cell for cell in cells if cell.last >= line), None)

    @property
    def title(self) -> str:
        revision = self.source.latest
        return (revision.title if revision else "") or self.guide.slug

    def is_valid(self) -> bool:
        """Whether all that was sent can be kept; if not, `wrong` says what stands in the way."""
        # Every form is asked, so that all is said at once.
        answers = [form.is_valid() for column in self.posted for form in column.forms]
        return all(answers)

    def find_wrong(self) -> None:
        """Fill `wrong` from what the forms say."""
        for column in self.posted:
            for form in column.forms:
                for name, errors in form.errors.items():
                    self.wrong += [self.told(form, name, error, column) for error in errors]

    def told(self, form: Any, name: str, error: object, column: Column, line: int = 0) -> Wrong:
        """What a form says, at its field: a secret in the text at its block."""
        if self.is_whole or form is not column.form or name != "body":
            return wrong(form, name, error, column, line)
        found, message = column.form.secret or (0, error)
        cell = self.cell_at(column.language, found)
        if cell is not None:
            return self.at_block(cell, column, message)
        return Wrong(f"column-{column.language}", f"{column.name}: {in_plain(error)}")

    def at_block(self, cell: Cell, column: Column, message: object) -> Wrong:
        cell.errors.append(message)
        values = {"number": cell.number, "language": column.name, "message": in_plain(message)}
        return Wrong(cell.id, _("Block %(number)s, %(language)s: %(message)s") % values)

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Put each refusal of publishing next to the field that it is about."""
        columns = {column.language: column for column in self.columns}
        fields = [
            (column.language, name)
            for column in self.columns
            for form in column.forms
            for name in form.fields
        ]
        order = {field: place for place, field in enumerate(fields)}

        def place_of(refusal: Refusal) -> tuple[int, int]:
            return order.get((refusal.language, refusal.field), -1), refusal.line

        for refusal in sorted(refusals, key=place_of):
            column = columns[refusal.language]
            if refusal.slug and refusal.slug != self.guide.slug:
                words = _("In the guide “%(slug)s”, %(language)s, line %(line)s: %(message)s") % {
                    "slug": refusal.slug, "language": column.name,
                    "line": refusal.line, "message": refusal.message,
                }  # fmt: skip
                self.wrong.append(Wrong(f"column-{column.language}", words))
                continue
            if refusal.field == "body" and (cell := self.cell_at(column.language, refusal.line)):
                self.wrong.append(self.at_block(cell, column, refusal.message))
                continue
            form = next((one for one in column.forms if refusal.field in one.fields), column.form)
            name = refusal.field if refusal.field in form.fields else forms.forms.NON_FIELD_ERRORS
            words = in_line(refusal, form) if self.is_whole else str(refusal.message)
            form.add_error(None if name not in form.fields else name, words)
            self.wrong.append(self.told(form, name, words, column, refusal.line))


def wrong(form: Any, name: str, words: object, column: Column, line: int = 0) -> Wrong:
    message = in_plain(words)
    if name not in form.fields:
        return Wrong(f"column-{column.language}", f"{column.name}: {message}", line)
    values = {"field": form.fields[name].label, "language": column.name, "message": message}
    # Facts are those of every language.
    place = (
        _("%(field)s, %(language)s: %(message)s")
        if form is column.form
        else _("%(field)s: %(message)s")
    )
    return Wrong(form[name].id_for_label, place % values, line)


def in_plain(words: object) -> str:
    """A message as text: one with links loses its tags, one that repeats what was typed stays."""
    message = str(words)
    return unescape(strip_tags(message)) if isinstance(message, SafeString) else message


def in_line(refusal: Refusal, form: Any) -> str:
    """The message, with the line and how it begins where it is about one."""
    if not refusal.line:
        return str(refusal.message)
    lines = str(form[refusal.field].value() or "").replace("\r\n", "\n").split("\n")
    text = lines[refusal.line - 1].strip() if refusal.line <= len(lines) else ""
    begin = text[:EXCERPT] + ("…" if len(text) > EXCERPT else "")
    values = {"line": refusal.line, "text": begin, "message": refusal.message}
    if not begin:
        return _("Line %(line)s: %(message)s") % values
    return _("Line %(line)s, “%(text)s”: %(message)s") % values


def revision_seen(edition: Edition | None, number: str) -> Revision | None:
    """The revision that a form says it was made from; None where there was none."""
    if number == "0":
        return None
    if edition and number.isascii() and number.isdigit() and len(number) < 9:
        found = edition.revisions.filter(number=int(number)).first()
        if found:
            return found
    raise SuspiciousOperation("no such revision")


def facts_shown(guide: Guide, revision: Revision | None) -> dict[str, Any]:
    """The facts that a form begins with: those of the revision, but never an older check than
    the one that somebody has marked since."""
    facts = revision.facts if revision and revision.facts else guide_facts(guide)
    return with_later_check(guide, present_facts(facts, OldSlug.objects.present()))


def other_guides(guide: Guide) -> dict[str, str]:
    """Slug and title of every other guide, the title in its source language. One query."""
    rows = (
        Edition.objects.exclude(guide=guide)
        .order_by("guide__kind", "guide__position", "guide__slug", "language")
        .values_list("guide__slug", "guide__source_language", "language", "latest__title")
    )
    titles: dict[str, str] = {}
    for slug, source, language, title in rows:
        if slug not in titles or language == source:
            titles[slug] = f"{title or slug} ({slug})"
    return titles
