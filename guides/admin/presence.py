"""Who else is writing on a guide now, and where: from what they typed, of which nothing is shown."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import zip_longest

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.models import Draft, Guide, Revision, User
from guides.publishing import unsaved
from guides.templatetags.reading import language_name

from .blocks import split
from .typed import body_of


def others(guide: Guide, person: User) -> list[str]:
    """A sentence for each: who, when, where. Two queries at most."""
    now = timezone.now()
    drafts = list(unsaved.others_writing(person, guide, now))
    return [
        sentence(draft, seen, now) for draft, seen in zip(drafts, begun_from(drafts), strict=True)
    ]


def begun_from(drafts: Sequence[Draft]) -> list[Revision | None]:
    """The revision that each was made from. One query."""
    if not drafts:
        return []
    found = Revision.objects.filter(
        edition__guide=drafts[0].guide_id, number__in={one.made_from for one in drafts}
    ).select_related("edition")
    known = {(one.edition.language, one.number): one for one in found}
    return [known.get((draft.language, draft.made_from)) for draft in drafts]


def sentence(draft: Draft, seen: Revision | None, now: datetime.datetime) -> str:
    minutes = int((now - draft.saved_at).total_seconds()) // 60
    values = {"name": str(draft.person), "place": place(draft, seen), "minutes": minutes}
    if not minutes:
        return _("%(name)s just now, %(place)s") % values
    return (
        ngettext(
            "%(name)s %(minutes)s minute ago, %(place)s",
            "%(name)s %(minutes)s minutes ago, %(place)s",
            minutes,
        )
        % values
    )


def place(draft: Draft, seen: Revision | None) -> str:
    """The first paragraph that they changed, else the field, else the language alone."""
    values: dict[str, object] = {"language": language_name(draft.language)}
    number = first_changed(draft, seen)
    if number:
        return _("%(language)s, paragraph %(number)s") % (values | {"number": number})
    for name in Revision.TEXT_FIELDS:
        texts = draft.typed.get(f"{draft.language}-{name}")
        if name != "body" and texts and texts != [getattr(seen, name, "")]:
            label = Revision._meta.get_field(name).verbose_name
            return _("%(language)s, %(field)s") % (values | {"field": label})
    return str(values["language"])


def first_changed(draft: Draft, seen: Revision | None) -> int | None:
    """Its number, counting from 1; None where the text is the same."""
    before = [piece.text for piece in split(seen.body)] if seen else []
    for number, (was, now) in enumerate(zip_longest(before, blocks_of(draft), fillvalue=""), 1):
        if was != now:
            return number
    return None


def blocks_of(draft: Draft) -> list[str]:
    """What stands in the fields of the text, or in the one field that it is as a whole."""
    texts = [text.replace("\r\n", "\n") for text in draft.typed.get(f"{draft.language}-block", ())]
    if not texts:
        texts = [piece.text for piece in split(body_of(draft) or "")]
    return [text for text in texts if text.strip()]
