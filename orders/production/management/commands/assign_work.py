"""`manage.py assign_work`: share the open work out fairly."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from coop.kit.errors import Refusal
from coop.members.models import Member
from coop.people.models import User
from orders.production import sentences, services
from orders.production.models import WorkOrder
from orders.production.planning import Plan


class Command(BaseCommand):
    help = (
        "Offer all open work to members: whoever was given the least first, within skill and"
        " hours. Says what could not be placed, and why."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--explain", action="store_true", help="say for each why she was asked")
        parser.add_argument("--dry-run", action="store_true", help="show the plan, write nothing")
        parser.add_argument(
            "--as",
            dest="email",
            default="",
            help="e-mail of the person in whose name it is done; else a storekeeper of the house",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = services.plan_assignments()
        with translation.override("en"):
            self._show(plan, explain=options["explain"])
        if options["dry_run"]:
            self.stdout.write("Nothing was written (--dry-run).")
            return
        if not plan.shares:
            return
        try:
            offered = services.assign(
                plan=plan, actor=self._actor(options["email"]), note="manage.py assign_work"
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{len(offered)} offers were written.")

    def _actor(self, email: str) -> User:
        if email:
            user = User.objects.with_email(email)
            if user is None or not user.has_perm("production.assign_work"):
                raise CommandError(f"{email} is nobody who may assign work.")
            return user
        found = User.objects.filter(
            groups__permissions__codename="assign_work", is_active=True
        ).order_by("pk")
        user = found.first()
        if user is None:
            raise CommandError("Nobody may assign work yet: name a storekeeper first.")
        return user

    def _show(self, plan: Plan, *, explain: bool) -> None:
        orders = WorkOrder.objects.select_related("variant").in_bulk(
            {one.work_order_id for one in plan.shares}
            | {one.work_order_id for one in plan.unplaced}
        )
        codes = dict(Member.objects.values_list("pk", "code"))
        for share in plan.shares:
            order = orders[share.work_order_id]
            self.stdout.write(
                f"{codes[share.member_id]:<8} {share.quantity:>4} × {order.variant.sku:<20}"
                f" due {share.due_on:%Y-%m-%d}"
            )
            if explain:
                self.stdout.write(f"         {sentences.explain(share.why)}")
        for rest in plan.unplaced:
            order = orders[rest.work_order_id]
            self.stdout.write(
                f"not placed: {rest.quantity} × {order.variant.sku}:"
                f" {sentences.unplaced(rest.reason)}"
            )
        self.stdout.write(f"{plan.placed} pieces placed.")
