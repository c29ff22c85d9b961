"""`manage.py first_account`: the first office account of a real cooperative."""

import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from coop.people import roles, services
from coop.people.models import User


class Command(BaseCommand):
    help = (
        "Make the first office account (secretary and editor). Asks for what is not given;"
        " the password can also come from MINKA_FIRST_PASSWORD."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", default=os.environ.get("MINKA_FIRST_EMAIL", ""))
        parser.add_argument("--name", default=os.environ.get("MINKA_FIRST_NAME", ""))

    def handle(self, *args: Any, **options: Any) -> None:
        email = (options["email"] or _ask("E-mail: ", "--email")).strip()
        name = (options["name"] or _ask("Name: ", "--name")).strip()
        if not name:
            raise CommandError("A name is needed: give it with --name.")
        password = os.environ.get("MINKA_FIRST_PASSWORD") or _ask_secretly("Password: ")
        _check(email, name, password)
        if User.objects.with_email(email):
            raise CommandError(f"{email} has an account already.")
        with transaction.atomic():
            user = services.make_account(name=name, email=email, password=password)
            services.give_role(user=user, role=roles.SECRETARY)
            services.give_role(user=user, role=roles.EDITOR)
            services.serve_real_cooperative()
        self.stdout.write(f"{email} can come in at /office/.")


def _ask(question: str, option: str) -> str:
    try:
        return input(question)
    except EOFError as nobody:
        raise CommandError(f"There is nobody to ask: give it with {option}.") from nobody


def _ask_secretly(question: str) -> str:
    try:
        return getpass.getpass(question)
    except EOFError as nobody:
        raise CommandError("There is nobody to ask: set MINKA_FIRST_PASSWORD.") from nobody


def _check(email: str, name: str, password: str) -> None:
    """One line about the address or the password, if one of them will not do."""
    try:
        validate_email(email)
    except ValidationError as problem:
        raise CommandError(f"{email!r} is not an e-mail address.") from problem
    first, _, last = name.partition(" ")
    try:
        validate_password(password, User(email=email, first_name=first, last_name=last))
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from problem
