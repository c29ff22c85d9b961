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
        email = options["email"] or input("E-mail: ").strip()
        name = options["name"] or input("Name: ").strip()
        password = os.environ.get("MINKA_FIRST_PASSWORD") or getpass.getpass("Password: ")
        try:
            validate_email(email)
            validate_password(password)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        if User.objects.with_email(email):
            raise CommandError(f"{email} has an account already.")
        with transaction.atomic():
            user = services.make_account(name=name, email=email, password=password)
            services.give_role(user=user, role=roles.SECRETARY)
            services.give_role(user=user, role=roles.EDITOR)
            services.serve_real_cooperative()
        self.stdout.write(f"{email} can come in at /office/.")
