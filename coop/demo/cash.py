"""The cash box of the demo: counted each month by two, handed over once in the year."""

from dataclasses import dataclass
from datetime import date, timedelta

from coop.demo.papers import receipt
from coop.demo.people import People
from coop.demo.read import soles
from coop.demo.story import Story
from coop.kit.cash import PIECES
from coop.kit.money import to_minor
from coop.people.models import User
from ledger import queries
from ledger.cash.models import Box, Count
from ledger.cash.services import (
    add_receipt,
    agree,
    ask_advance,
    ask_handing_over,
    count_box,
    open_box,
    sign_handing_over,
)
from ledger.services import How, hand_over, sign_payment

#: After so many counts the treasurer hands the box to another of the Junta, and later back.
HANDED_AT = (4, 9)
#: What a count finds beside the books, by how many counts there were: a coin too few, one more.
FOUND = {2: -50, 6: 20, 8: -200}


@dataclass
class CashBox:
    """Everything that happens with the box."""

    story: Story
    people: People

    def open(self, day: date) -> None:
        """The treasurer has it from the first day on."""
        treasurer = self.people.treasurer
        open_box(account=queries.account("cash"), holder=treasurer, actor=treasurer, on=day)

    def count_month(self, day: date) -> None:
        """Two count it aloud at the end of the month; sometimes a coin is missing."""
        box = Box.objects.select_related("account").get(account__role="cash")
        before = Count.objects.filter(box=box).count()
        found = to_minor(queries.balance(box.account)) + FOUND.get(before, 0)
        numbers, rest = {}, max(0, found)
        for worth in PIECES:
            numbers[worth], rest = divmod(rest, worth)
        first, second = self._two()
        count = count_box(
            box=box,
            numbers=numbers,
            other_minor=rest,
            counter=first,
            on=day,
            reference=f"demo:count:{day}",
        )
        agree(count=count, person=second, actor=second)
        if before in HANDED_AT:
            self._hand_over(count, day)

    # An advance that is late ---------------------------------------------------------------------
    def plan_advance(self) -> None:
        """Some weeks ago one took money along to a fair; of it a receipt came, and no more."""
        ago = timedelta(days=42 if self.story.scale.months > 1 else 21)
        self.story.calendar.put(self.story.today - ago, self._to_the_fair)

    def _to_the_fair(self, day: date) -> None:
        carrier = self.people.signers[2]
        advance = ask_advance(
            person=carrier,
            amount=soles("120.00"),
            purpose="Pasajes y puesto en la feria de Puno",
            due_on=day + timedelta(days=14),
            from_account=queries.account("bank"),
            actor=self.people.treasurer,
            on=day,
            reference="demo:advance:fair",
        )
        for signer in [one for one in self.people.signers if one.pk != carrier.pk][:2]:
            sign_payment(payment=advance.payment, signer=signer, on=day)
        how = How.by_transfer("204417")
        hand_over(payment=advance.payment, how=how, actor=self.people.treasurer, on=day)
        what, amount = "Pasajes de ida", "46.00"
        add_receipt(
            advance=advance,
            amount=soles(amount),
            account=queries.account("transport"),
            what=what,
            actor=self.people.treasurer,
            on=day + timedelta(days=3),
            photos=[receipt("Transportes del lago", what, amount, actor=self.people.treasurer)],
            is_open=True,
            reference="demo:advance:fair:receipt",
        )

    # Today ---------------------------------------------------------------------------------------
    def give_today(self, day: date) -> None:
        """The box is counted, and whoever has it gives it away: the other has still to sign."""
        self.count_month(day)
        count = Count.objects.latest("pk")
        if hasattr(count, "handing_over"):
            return
        now = count.box.holdings.order_by("-number")[0].holder
        treasurer, other = self._two()
        receiver = other if now.pk == treasurer.pk else treasurer
        handing = ask_handing_over(count=count, receiver=receiver, actor=now, on=day)
        sign_handing_over(handing_over=handing, person=now, actor=now)

    def _two(self) -> tuple[User, User]:
        treasurer = self.people.treasurer
        return treasurer, next(one for one in self.people.signers if one.pk != treasurer.pk)

    def _hand_over(self, count: Count, day: date) -> None:
        """To another of the Junta; the second time back to the treasurer."""
        now = count.box.holdings.order_by("-number")[0].holder
        treasurer, other = self._two()
        receiver = other if now.pk == treasurer.pk else treasurer
        handing = ask_handing_over(count=count, receiver=receiver, actor=now, on=day)
        for one in (now, receiver):
            sign_handing_over(handing_over=handing, person=one, actor=one)
