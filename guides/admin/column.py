"""A guide in one language on its page at the desk: what it was made from, and what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import override

from guides.models import Edition, Guide, Revision, User
from guides.publishing import digests_of, save_draft
from guides.rendering import behind
from guides.templatetags.reading import language_name

from .blocks import Piece, split
from .forms import FactsForm, MethodForm, TextForm, sent_pieces
from .rows import HEAD

#: What is said about a revision, beside its text.
NOTE = ("note", "is_minor", "corrects_report")


@dataclass
class Column:
    """A guide in one language. `seen` is the revision that the form was made from."""

    guide: Guide
    language: str
    edition: Edition | None
    seen: Revision | None
    form: TextForm
    facts: FactsForm | None = None
    method: MethodForm | None = None
    facts_before: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return language_name(self.language)

    @property
    def is_source(self) -> bool:
        return self.language == self.guide.source_language

    @property
    def latest(self) -> Revision | None:
        return self.edition.latest if self.edition else None

    @property
    def live(self) -> Revision | None:
        return self.edition.live.revision if self.edition and self.edition.live else None

    @property
    def has_draft(self) -> bool:
        return self.edition is not None and self.edition.has_draft

    @property
    def made_from(self) -> int:
        return self.seen.number if self.seen else 0

    @property
    def is_stale(self) -> bool:
        return self.made_from != (self.latest.number if self.latest else 0)

    @property
    def forms(self) -> list[forms.BaseForm]:
        return [one for one in (self.form, self.facts, self.method) if one is not None]

    @property
    def is_posted(self) -> bool:
        return self.form.is_bound

    @property
    def body(self) -> str:
        """The text as typed or shown."""
        if self.is_posted and "body" in getattr(self.form, "cleaned_data", ()):
            return self.typed_text()["body"]
        return self.form["body"].value() or ""

    @property
    def pieces(self) -> list[Piece]:
        """The fields of its blocks, as sent or as its text has them."""
        sent = sent_pieces(self.form.data, self.language) if self.is_posted else None
        if sent is None or self.form["body"].html_name in self.form.data:
            return split(self.body)
        return sent

    @property
    def made_from_digests(self) -> list[str] | None:
        """The blocks of the source that the text shown was made from; None where nobody knows."""
        if self.seen is None or self.seen.source_digests is None:
            return None
        return self.seen.source_digests[HEAD:]

    def typed_facts(self) -> dict[str, Any] | None:
        """The facts as typed; None in a translation, which has none of its own."""
        if self.facts is None:
            return None
        return self.facts.facts() | {"method": self.method.facts() if self.method else None}

    def typed_text(self) -> dict[str, str]:
        return self.form.text(self.seen)

    def is_matched_now(self) -> bool:
        return bool(self.form.cleaned_data.get("matched"))

    def is_changed(self, source: Revision | None) -> bool:
        """Whether something was typed here that the revision it was made from does not say."""
        text, note = self.typed_text(), self.form.cleaned_data["note"]
        if self.seen is None:
            return any(text.values())
        if text != self.seen.text():
            return True
        if note and self.typed_note() != self.shown_note():
            return True
        if self.facts is not None and self.typed_facts() != self.facts_before:
            return True
        return self.matches_anew(source)

    def typed_note(self) -> dict[str, Any]:
        return {name: self.form.cleaned_data[name] for name in NOTE}

    def shown_note(self) -> dict[str, Any]:
        return shown_note(self.edition, self.seen)

    def matches_anew(self, source: Revision | None) -> bool:
        if not self.is_matched_now() or source is None or self.seen is None:
            return False
        return self.seen.source_digests != digests_of(source)

    def only_matches(self, source: Revision | None) -> bool:
        """Whether the live text stays as it is and is only said to match: a note says itself."""
        return (
            self.seen is not None
            and self.seen == self.live
            and self.typed_text() == self.seen.text()
            and self.matches_anew(source)
        )

    def save(self, by: User, source: Revision | None) -> Revision:
        """A draft of what was typed; raises `StaleRevision` where somebody was quicker."""
        note = self.typed_note()
        if not note["note"] and self.only_matches(source):
            with override(self.language):
                said = _("Compared with the other language; this text stays.")
                note |= {"note": said, "is_minor": True}
        return save_draft(
            guide=self.guide,
            language=self.language,
            by=by,
            text=self.typed_text(),
            made_from=self.made_from,
            facts=self.typed_facts(),
            **note,
            source_digests=digests_of(source) if source and self.is_matched_now() else None,
        )

    def renew(self, revision: Revision) -> None:
        """Go on from this revision, so that what is shown next is not stale."""
        self.seen, self.edition = revision, revision.edition

    def behind(self, source: Revision | None) -> int | None:
        """By how many blocks this translation is behind that text; None where nobody knows."""
        if source is None or self.latest is None or self.latest.source_digests is None:
            return None
        return behind(self.latest.source_digests, digests_of(source))


def shown_note(edition: Edition | None, revision: Revision | None) -> dict[str, Any]:
    """A draft goes on with its note; what follows the live text begins with an empty one."""
    live = edition.live if edition else None
    if revision is None or (live and live.revision_id == revision.pk):
        return {"note": "", "is_minor": False, "corrects_report": False}
    return {name: getattr(revision, name) for name in NOTE}
