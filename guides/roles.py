"""Who does what at the desk: three groups, each with exactly its rights. Superusers have all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: What everybody at the desk reads.
READING = frozenset(
    {
        "view_guide", "view_source", "view_picture", "view_editorialevent", "view_publication",
        "view_feedback", "view_searchmiss",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """A group under its name in the database, and how the desk calls it."""

    name: str
    title: Promise
    help: Promise
    rights: frozenset[str]


ROLES = (
    Role(
        "writer",
        _("Writer"),
        _("Writes drafts, adds pictures, proposes changes of sources, and sends for review."),
        READING
        | {"add_guide", "change_guide", "add_picture", "change_picture", "add_sourcechange"},
    ),
    Role(
        "reviewer",
        _("Reviewer"),
        _("Approves and sends back, marks as checked, and handles what readers say."),
        READING | {"review_guide", "change_feedback", "change_searchmiss"},
    ),
    Role(
        "publisher",
        _("Publisher"),
        _("Publishes, now or at a time, withdraws, renames, and keeps sources and pictures."),
        READING
        | {"publish_guide", "add_source", "change_source", "delete_source", "delete_picture"},
    ),
)
BY_NAME = {role.name: role for role in ROLES}


def title_of(group: Any) -> str:
    """A role in the reader's language; another group under the name that somebody gave it."""
    return str(BY_NAME[group.name].title) if group.name in BY_NAME else group.name


def make(using: str = "default", **_signal: Any) -> None:
    """The groups of the roles with exactly their rights, whatever was changed about them; run
    after each migration. Five queries where nothing has changed."""
    from django.contrib.auth.models import Group, Permission

    rights = {
        right.codename: right
        for right in Permission.objects.using(using).filter(content_type__app_label="guides")
    }
    for role in ROLES:
        group, _made = Group.objects.using(using).get_or_create(name=role.name)
        group.permissions.set([rights[name] for name in role.rights if name in rights])
