"""The bundled guides as rows, so that each test begins with them without rendering them anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, models, transaction

from appeals import presets
from guides.publishing import bundle

Rows = dict[type[models.Model], list[Any]]


def own_models() -> Iterator[type[models.Model]]:
    for label in ("guides", "appeals"):
        yield from apps.get_app_config(label).get_models(include_auto_created=True)


def load_rows() -> Rows:
    """What a new site begins with; nothing of it stays in the database."""
    with transaction.atomic():
        bundle.load()
        presets.load()
        return taken_out()


def taken_out() -> Rows:
    """Every row there is; the transaction under way will leave none."""
    rows = {model: list(model._base_manager.all()) for model in own_models()}
    transaction.set_rollback(True)
    return rows


def put_back(rows: Rows) -> None:
    """Under the same keys. Foreign keys are looked at when the transaction ends."""
    with transaction.atomic():
        for model, instances in rows.items():
            model._base_manager.bulk_create(instances)
        with connection.cursor() as cursor:
            # PostgreSQL counts keys apart from the rows, and would give out the same again.
            for statement in connection.ops.sequence_reset_sql(no_style(), list(rows)):
                cursor.execute(statement)
    # Failed sign-ins are counted there, and every test comes from the same address.
    cache.clear()
