"""`manage.py write_address`: the e-mail address of a member who has none yet.

No page does this: with another's address one person could sign as two.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from coop.members.models import Member
from coop.people.models import User
from coop.people.services import vouch_for_address


class Command(BaseCommand):
    help = (
        "Write down the e-mail address of a member who has none. She then chooses her password"
        " by 'forgot password' on the log-in page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--member", required=True, help="her code, such as M003")
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        code, email = options["member"].strip(), options["email"].strip().lower()
        member = Member.objects.filter(code__iexact=code).select_related("user").first()
        if member is None:
            raise CommandError(f"No member has the code {code}.")
        if member.user.email:
            raise CommandError(f"{member.code} has an address already; she changes it herself.")
        try:
            validate_email(email)
        except ValidationError as problem:
            raise CommandError(f"{email!r} is not an e-mail address.") from problem
        if User.objects.with_email(email):
            raise CommandError(f"{email} has an account already.")
        with transaction.atomic():
            member.user.email = email
            member.user.save(update_fields=["email"])
            vouch_for_address(user=member.user)
        self.stdout.write(f"{member.code} can ask for a password at /account/password/reset/.")
