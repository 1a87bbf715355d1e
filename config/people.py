"""Accounts that commands make: their address counts as confirmed."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from guides.models import User


@transaction.atomic
def make_account(email: str, password: str, **fields: Any) -> User:
    """A new account that can sign in at once."""
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
