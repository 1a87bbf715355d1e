"""The pages of the editors' desk beside those of an editor's journey, in both languages."""

from __future__ import annotations

import pytest

from guides.models import Guide, Source
from tests import factories

from .checks import found_by_axe, sticking_out
from .conftest import Visit
from .states import in_each_language

PAGES = {
    "desk": "",
    "guides, drafts alone": "guides/guide/?editions=draft",
    "new guide": "guides/guide/add/",
    "method": "guides/guide/{method}/change/",
    "steps": "guides/guide/{steps}/change/",
    "revision": "guides/guide/{steps}/revisions/en/1/",
    "withdraw": "guides/guide/{steps}/withdraw/en/",
    "history": "guides/guide/{steps}/history/",
    "sources": "guides/source/",
    "source": "guides/source/{source}/change/",
    "new source": "guides/source/add/",
    "people": "guides/user/",
    "person": "guides/user/{person}/change/",
    "new person": "guides/user/add/",
    "publications": "guides/publication/",
    "events": "guides/editorialevent/",
}


@in_each_language
@pytest.mark.parametrize("path", PAGES.values(), ids=list(PAGES))
def test_a_page_of_the_desk_is_for_everyone(visit: Visit, path: str, language: str) -> None:
    person = factories.make_user(is_staff=True, is_superuser=True, language=language)
    page = visit(language, person=person)
    rows = {
        "method": Guide.objects.get(slug="method-oauth-application").pk,
        "steps": Guide.objects.get(slug="exposed").pk,
        "source": Source.objects.earliest("key").pk,
        "person": person.pk,
    }

    page.goto(f"/admin/{path.format(**rows)}")

    faults = []
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        faults += [f"{width} px: {fault}" for fault in sticking_out(page)]
    faults += found_by_axe(page)
    assert not faults, "\n".join(faults)
