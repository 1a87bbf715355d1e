"""Which addresses the site leads to, and what leads there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guides.models import Edition, LinkCheck, Source
from guides.rendering import marks
from guides.rendering.inline import is_external

_LINK = re.compile(rf"{marks.CODE}|\\.|(?P<link>{marks.LINK})")
#: Longer ones are not kept, so they are not asked.
LONGEST: int = LinkCheck._meta.get_field("address").max_length or 0


def links_in(body: str) -> Iterator[str]:
    """The addresses elsewhere that a text links to, as rendering would lead there."""
    for match in _LINK.finditer(body):
        if match["link"] and not match["link"].startswith("!"):
            address = match["link"].rpartition("](")[2].removesuffix(")")
            if is_external(address):
                yield address


def linking_editions() -> Iterable[Edition]:
    """Live editions whose text may link to other sites, with that text. One query."""
    return (
        Edition.objects.live()
        .filter(live__revision__body__contains="](https://")
        .select_related("guide", "live__revision")
        .only("guide__slug", "language", "live__revision__title", "live__revision__body")
        .order_by("guide__slug", "language")
    )


def all_addresses() -> set[str]:
    """Every address that sources and live texts lead to. Two queries."""
    found = {
        address
        for pair in Source.objects.values_list("address", "archived_address")
        for address in pair
    }
    for edition in linking_editions():
        assert edition.live is not None
        found.update(links_in(edition.live.revision.body))
    return {address for address in found if address and len(address) <= LONGEST}
