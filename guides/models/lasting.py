"""Rows that are written once: history is added to, never rewritten."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class Unchangeable(Exception):
    """Somebody tried to rewrite or remove a row of history."""


class LastingQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise Unchangeable(f"{self.model.__name__} rows are never rewritten")

    def delete(self) -> NoReturn:
        raise Unchangeable(f"{self.model.__name__} rows are never removed")


class Lasting(models.Model):
    """A row that can be added and read, and nothing else."""

    objects = LastingQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(f"{type(self).__name__} rows are never rewritten")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable(f"{type(self).__name__} rows are never removed")
