"""The list of guides on the desk."""

from __future__ import annotations

from typing import Any

import pytest

from guides.models import Edition, Guide
from tests import factories

from .conftest import address, put_live, sent, staff

LIST = "/admin/guides/guide/"


def test_it_tells_how_far_each_language_is(as_editor: Any, guide: Guide) -> None:
    as_editor.post(address("change", guide.pk), sent(guide, en_title="Second") | {"do": "save"})
    Guide.objects.create(slug="empty", kind="article")

    page = as_editor.get(LIST).content.decode()

    assert "Live 1" in page
    assert "Draft 2" in page
    assert "Missing" in page
    assert "Second" in page, "the title in the editor's language, the newest"


def test_titles_speak_the_editors_language(as_editor: Any, editor: Any, guide: Guide) -> None:
    assert "Title</a>" in as_editor.get(LIST).content.decode()

    editor.language = "zh-hans"
    editor.save()

    assert "标题</a>" in as_editor.get(LIST).content.decode()


def test_an_overdue_review_is_marked(as_editor: Any, guide: Guide) -> None:
    assert "desk-overdue" not in as_editor.get(LIST).content.decode()

    Guide.objects.update(review_by="2020-01-01")

    assert "2020-01-01, overdue" in as_editor.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"a-guide", "due", "missing"}),
        ("?review=due", {"due"}),
        ("?review=unchecked", {"missing"}),
        ("?editions=draft", {"due"}),
        ("?editions=en", {"missing", "due"}),
        ("?standing__exact=historic", {"missing"}),
        ("?q=due", {"due"}),
        ("?q=Conclusion", set()),
        ("?q=word", {"a-guide"}),
    ],
)
def test_it_can_be_searched_and_filtered(
    as_editor: Any, guide: Guide, query: str, shown: set[str]
) -> None:
    due = factories.make_guide("due", review_by="2020-01-01")
    edition = factories.make_live_edition(due)
    edition.latest = edition.revisions.create(number=2, title="草稿")
    edition.save()
    factories.make_guide("missing", checked_on=None, standing="historic")

    found = as_editor.get(LIST + query).context["cl"].result_list

    assert {one.slug for one in found} == shown


def test_it_takes_as_many_queries_with_more_guides(
    as_editor: Any, editor: Any, guide: Guide, django_assert_max_num_queries: Any
) -> None:
    as_editor.get(LIST)
    with django_assert_max_num_queries(20) as few:
        as_editor.get(LIST)
    for number in range(6):
        put_live(Guide.objects.create(slug=f"g-{number}", kind="article"), editor)

    with django_assert_max_num_queries(len(few)):
        page = as_editor.get(LIST)

    assert len(page.context["cl"].result_list) == 7


def test_it_fetches_no_texts(
    as_editor: Any, guide: Guide, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20) as queries:
        as_editor.get(LIST)

    edition = Edition._meta.db_table
    asked = [one["sql"] for one in queries.captured_queries if f'FROM "{edition}"' in one["sql"]]
    assert asked
    assert not any('"plain"' in sql or '"body"' in sql for sql in asked)


def test_the_check_button_is_for_those_who_may(as_editor: Any, guide: Guide) -> None:
    assert address("checked", guide.pk) in as_editor.get(LIST).content.decode()
    assert address("checked", guide.pk) not in staff("view_guide").get(LIST).content.decode()
    assert staff().get(LIST).status_code == 403
