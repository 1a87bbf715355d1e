"""An account deleted by whom it belongs to: cases, files, progress, sign-ins on every device."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet

from appeals.actions import deletion
from appeals.actions.refusals import AddedMeanwhile, Gone, OnlyAdministrator
from appeals.models import Consent
from guides.models import Progress, User
from guides.publishing.signing import has_signed


def delete_account(person: User) -> None:
    """Delete everything of theirs at once.

    Where records of the guides name the account, its row stays as a closed one without address,
    rights or way in, so that they do not say that somebody else wrote or published a text.
    Raises Gone, OnlyAdministrator, AddedMeanwhile (a case came in meanwhile; nothing is deleted).
    """
    # Reading every session takes a while on a large site: not under the lock. A session of
    # after this is one of nobody: there is no such account any more, or it is closed.
    sessions = _sessions_of(person)
    try:
        with transaction.atomic():
            _delete(person)
            Session.objects.filter(pk__in=sessions).delete()
    except (ProtectedError, IntegrityError) as added:
        raise AddedMeanwhile from added


def is_only_administrator(person: User) -> bool:
    return person.is_superuser and not _administrators().exclude(pk=person.pk).exists()


def closed_address(person: User) -> str:
    """What records show instead of the address; no mail can go there."""
    return f"closed-{person.pk}@closed.invalid"


def _delete(person: User) -> None:
    # All administrators in one order: of two who leave at once, one is the last.
    list(_administrators().select_for_update(no_key=True).order_by("pk"))
    current = User.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
    if current is None or not current.is_active:
        raise Gone
    if is_only_administrator(current):
        raise OnlyAdministrator
    deletion.delete_cases_of(current)
    if has_signed(current):
        _close(current)
    else:
        current.delete()


def _administrators() -> QuerySet[User]:
    return User.objects.filter(is_superuser=True, is_active=True)


def _close(person: User) -> None:
    for rows in (EmailAddress, Progress, Consent, LogEntry):
        rows._default_manager.filter(user=person).delete()
    person.groups.clear()
    person.user_permissions.clear()
    person.email = closed_address(person)
    person.set_unusable_password()
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.language = ""
    person.time_zone = User._meta.get_field("time_zone").get_default()
    person.save()


def _sessions_of(person: User) -> list[str]:
    """Keys of all, not only of this one: a session names the address that signed in."""
    return [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(person.pk)
    ]
