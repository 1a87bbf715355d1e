"""Make an account for the editors' desk."""

from __future__ import annotations

import getpass
import os
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.core.validators import validate_email

from config.people import make_account
from guides.models import User


class Command(BaseCommand):
    help = (
        "Make an account that may do everything at the editors' desk. Asks for address and "
        "password, or takes them from ADMIN_EMAIL and ADMIN_PASSWORD."
    )

    @no_translations
    def handle(self, **options: Any) -> None:
        email = os.environ.get("ADMIN_EMAIL") or self.ask("E-mail address: ")
        password = os.environ.get("ADMIN_PASSWORD") or self.ask_password()
        try:
            validate_email(email)
            validate_password(password, User(email=email))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"There is an account for {email} already.")
        make_account(email, password, is_staff=True, is_superuser=True)
        self.stdout.write(f"{email} can now sign in and open /admin/.")

    def ask(self, question: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError("Nobody is here to ask: set ADMIN_EMAIL and ADMIN_PASSWORD.")
        return input(question).strip()

    def ask_password(self) -> str:
        if not sys.stdin.isatty():
            raise CommandError("Nobody is here to ask: set ADMIN_EMAIL and ADMIN_PASSWORD.")
        return getpass.getpass("Password: ")
