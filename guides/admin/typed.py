"""A draft as the form that would send it, its text in one field."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict

from guides.models import Draft

from .blocks import from_fields, join


def form_of(drafts: Iterable[Draft]) -> QueryDict:
    """What the page of a guide is shown from. Each text as a whole: how its blocks stand beside
    those of a language that was not touched is for the page to say."""
    sent = QueryDict(mutable=True)
    for draft in drafts:
        language = draft.language
        for name, values in draft.typed.items():
            if name not in (f"{language}-block", f"{language}-gap"):
                sent.setlist(name, values)
        body = body_of(draft)
        if body is not None:
            sent[f"{language}-body"] = body
        sent[f"{language}-made_from"] = str(draft.made_from)
    return sent


def body_of(draft: Draft) -> str | None:
    """Its text, however it was typed; None where none was sent."""
    typed, language = draft.typed, draft.language
    if f"{language}-body" in typed:
        return "".join(typed[f"{language}-body"][-1:])
    if f"{language}-block" in typed:
        return join(from_fields(typed[f"{language}-block"], typed.get(f"{language}-gap", ())))
    return None
