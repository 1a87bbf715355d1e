"""A process of its own that publishes: `python -m tests.config.publisher <slug> <title>`."""

from __future__ import annotations

import sys


def main(slug: str, title: str) -> None:
    import django

    django.setup()

    from guides.models import Guide
    from guides.publishing import publish
    from tests.guides.publishing.conftest import draft

    publish([draft(Guide.objects.get(slug=slug), "zh-hans", title=title)], by=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
