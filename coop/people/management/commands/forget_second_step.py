"""`manage.py forget_second_step`: for somebody who lost her phone and her recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop.people.models import User
from coop.people.second_step import forget_factors
from coop.people.services import end_sessions


class Command(BaseCommand):
    help = (
        "Forget the passkeys, app and recovery codes of somebody who lost them. She comes in with"
        " her password and sets up a second step anew. Be sure that it is she who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip()
        user = User.objects.with_email(email)
        if user is None:
            raise CommandError(f"Nobody has the address {email}.")
        if not forget_factors(user=user):
            raise CommandError(f"{email} has no second step.")
        end_sessions(user=user)
        self.stdout.write(f"{email} comes in with her password alone, and sets up a second step.")
