"""Processes that are killed while they save, publish and release: what each leaves behind.

`python -m tests.guides.faults.child` prints JSON. It loads Django once and then forks, before
any connection is opened: each process of its own runs the real code, and SIGKILL ends it right
before a statement, or around a commit. Every point works on guides of its own.
"""

from __future__ import annotations

import datetime
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

#: Statements between two points: all of a short action, a sample of a long one.
MOST_POINTS = 10
COMMITS = ("before the commit", "after the commit")


def main() -> None:
    import django
    from django.conf import settings

    settings.LOGGING_CONFIG = None
    django.setup()
    load_once()
    print(json.dumps({name: killed(name) for name in ACTIONS}))


def load_once() -> None:
    """What every process needs besides the database: addresses, both languages, the writes."""
    from django.conf import settings

    from guides.publishing import releases, rendered  # noqa: F401
    from tests import factories  # noqa: F401

    for language, _name in settings.LANGUAGES:
        rendered.pages_in(language)


def killed(name: str) -> dict[str, Any]:
    """What one action leaves where nothing ends it, and where something does at each point: on
    one guide until the commit, since nothing of it stays, and on another after that."""
    whole, half, done = (f"{name}-{which}" for which in ("whole", "half", "done"))
    old, _half, _done = in_a_process(lambda: [prepare(name, one) for one in (whole, half, done)])
    count = in_a_process(lambda: counted(name, whole))
    new = in_a_process(lambda: state(whole))
    step = max(1, -(-count // MOST_POINTS))
    points = [*range(1, count + 1, step), "before the commit"]
    found = [(str(point), *die_at(name, half, point)) for point in points]
    found.append(("after the commit", *die_at(name, done, "after the commit")))
    last = [in_a_process(partial(again, name, slug)) for slug in (half, done)]
    return {"old": old, "new": new, "points": found, "again": last}


def die_at(name: str, slug: str, point: int | str) -> tuple[int, dict[str, Any]]:
    """The signal that ended the process, and what the next one finds."""
    ended = in_a_process(partial(act, name, slug, point))
    return ended, in_a_process(partial(state, slug))


def in_a_process(work: Callable[[], Any]) -> Any:
    """What it answers, in a process of its own; the number of the signal that ended that."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.write(write, json.dumps(work()).encode())
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return -os.WTERMSIG(status)
    if status:
        sys.exit("a process failed")
    return json.loads(said)


# --- What is done ----------------------------------------------------------------------------


def prepare(name: str, slug: str) -> dict[str, Any]:
    """A guide that is live in both languages with a newer draft of each; for a release one that
    is due, with another guide in it."""
    from django.utils import timezone

    from guides.models import Release, Source, User
    from guides.publishing import publish, schedule
    from tests import factories

    editor = User.objects.filter(is_superuser=True).first() or factories.make_user(
        email="editor@example.com", is_staff=True, is_superuser=True
    )
    if not Source.objects.exists():
        factories.make_source("s1")
    publish(written(slug, 0), by=editor)
    drafts = written(slug, 1)
    if name == "release":
        drafts += written(f"{slug}-too", 0)
        later = timezone.now() + datetime.timedelta(hours=1)
        release = schedule(drafts, at=later, zone="Asia/Shanghai", by=editor, name=slug)
        # Its time has come.
        due = timezone.now() - datetime.timedelta(hours=1)
        Release.objects.filter(pk=release.pk).update(publish_at=due)
    return state(slug)


def written(slug: str, made_from: int) -> list[Any]:
    from guides.models import Guide
    from guides.publishing import save_draft
    from tests.guides.publishing.conftest import EN, ZH, make_facts

    guide, _made = Guide.objects.get_or_create(slug=slug, defaults={"kind": "article"})
    facts = make_facts(position=made_from + 1)
    return [
        save_draft(
            guide=guide,
            language=language,
            by=None,
            text=text | {"title": f"{text['title']} {made_from}"},
            made_from=made_from,
            facts=facts if language == "zh-hans" else None,
            note="Why",
        )
        for language, text in (("zh-hans", ZH), ("en", EN))
    ]


def save(slug: str) -> None:
    written(slug, 2)


def publish_drafts(slug: str) -> None:
    from guides.models import Edition
    from guides.publishing import publish

    editions = Edition.objects.filter(guide__slug=slug).select_related("latest__edition__guide")
    publish([one.latest for one in editions if one.latest and one.has_draft], by=None)


def tick(slug: str) -> None:
    """As the tick does, of this release alone."""
    from django.utils import timezone

    from guides.models import Release
    from guides.publishing import releases

    releases.publish_due(Release.objects.get(name=slug).pk, timezone.now())


ACTIONS: dict[str, Callable[[str], None]] = {
    "save": save,
    "publish": publish_drafts,
    "release": tick,
}


def again(name: str, slug: str) -> dict[str, Any]:
    """What whoever was not answered does next, as the tick does by itself; and what is there
    then."""
    from guides.models import Edition

    editions = Edition.objects.filter(guide__slug=slug).select_related("live", "latest")
    is_done = {
        "save": all(one.latest.number == 3 for one in editions if one.latest),
        "publish": not any(one.has_draft for one in editions),
        "release": False,
    }
    if not is_done[name]:
        ACTIONS[name](slug)
    return state(slug)


# --- When it ends ------------------------------------------------------------------------------


def counted(name: str, slug: str) -> int:
    """How many statements it takes, done to its end."""
    from django.db import connection

    count = 0

    def counting(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting):
        in_one(name, slug)
    return count


def act(name: str, slug: str, point: int | str) -> None:
    """Begin it, and be killed at that point."""
    from django.db import connection

    connection.ensure_connection()
    if isinstance(point, str):
        commit = connection._commit

        def last() -> None:
            if point == "after the commit":
                commit()
            die()

        connection._commit = last  # type: ignore[method-assign]
    count = 0

    def counting(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal count
        count += 1
        if count == point:
            die()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting):
        in_one(name, slug)


def in_one(name: str, slug: str) -> None:
    """One transaction, as the desk saves both languages of a page."""
    from django.db import transaction

    with transaction.atomic():
        ACTIONS[name](slug)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


# --- What is there -----------------------------------------------------------------------------


def state(slug: str) -> dict[str, Any]:
    """Everything of a guide that an action changes, without its address and its times."""
    from guides.models import Edition, EditorialEvent, Guide, Publication, Release

    own = [slug, f"{slug}-too"]
    editions = Edition.objects.filter(guide__slug__in=own).order_by("guide__slug", "language")
    events = EditorialEvent.objects.filter(about__in=own).order_by("pk")
    return {
        "editions": [
            [one.latest.number, one.title, one.review_state, len(one.parts), bool(one.publish_at)]
            for one in editions.select_related("latest", "live__revision")
        ],
        "positions": list(
            Guide.objects.filter(slug__in=own).order_by("slug").values_list("position", flat=True)
        ),
        "publications": [
            [one.revision.number, one.ended_at is not None]
            for one in Publication.objects.filter(edition__guide__slug__in=own)
            .select_related("revision")
            .order_by("edition__guide__slug", "edition__language", "pk")
        ],
        "events": [[one.kind, one.language] for one in events],
        "releases": list(Release.objects.filter(name=slug).values_list("state", flat=True)),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
