"""Who stands before the screen, and which screens are hers.

Source: design, "Who sees and does what".
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coop.members.models import Member
from coop.people.models import User
from ledger.cash.queries import handings_to_sign
from ledger.models import Account


@dataclass(frozen=True)
class Screen:
    """One of the members' screens: its page, its picture in a dye, its word."""

    name: str
    picture: str
    dye: str
    word: str | Promise

    @property
    def address(self) -> str:
        """The name of its page for `{% url %}`."""
        return f"portal:{self.name}"


WORK = Screen("work", "knit", "pink", _("Work"))
PAY = Screen("earnings", "coins", "qolle", _("Pay"))
WOOL = Screen("wool", "wool", "lake", _("Wool"))
BOOK = Screen("book", "book", "fawn", _("Book"))
SIGN = Screen("sign", "pen", "chilca", _("Sign"))


@dataclass(frozen=True)
class Standing:
    """A person who came in, with her membership if she has one."""

    user: User
    member: Member | None

    @classmethod
    def of(cls, user: User) -> "Standing":
        """Look her up (one query)."""
        members = Member.objects.select_related("account", "user")
        return cls(user, members.filter(user=user).first())

    @property
    def her(self) -> Member:
        """Her membership, on screens that only members open. Raises LookupError without one."""
        if self.member is None:
            raise LookupError("not a member")
        return self.member

    @property
    def account(self) -> Account:
        """What the house owes her. Raises LookupError for who earns nothing."""
        if self.her.account is None:
            raise LookupError("an honorary member has no account")
        return self.her.account

    @property
    def knits(self) -> bool:
        """A full member: she works and earns. Honorary members do neither."""
        return self.member is not None and self.member.kind == Member.Kind.FULL

    @property
    def has_left(self) -> bool:
        """She left, or is suspended: she reads her own record only."""
        return self.member is not None and self.member.status != Member.Status.ACTIVE

    @property
    def may_work(self) -> bool:
        """Work is offered to her."""
        return self.knits and not self.has_left

    @property
    def has_record(self) -> bool:
        """She has pay and wool of her own to look at, also after she left."""
        return self.knits

    @cached_property
    def may_read_book(self) -> bool:
        """The open book, every entry."""
        return not self.has_left and self.user.has_perm("ledger.read_open_book")

    @cached_property
    def may_read_names(self) -> bool:
        """The open book with names."""
        return not self.has_left and self.user.has_perm("ledger.read_open_book_names")

    @cached_property
    def may_sign(self) -> bool:
        """Payments wait for her signature."""
        return not self.has_left and self.user.has_perm("ledger.sign_payment")

    @cached_property
    def may_count(self) -> bool:
        """She is of the Junta, or a cash box is with her."""
        if self.has_left:
            return False
        if self.user.has_perm("cash.count_box"):
            return True
        return Account.objects.filter(holder=self.user, box__isnull=False).exists()

    @cached_property
    def gets_box(self) -> bool:
        """A cash box is being handed to her, and she has not signed yet."""
        return not self.has_left and handings_to_sign(self.user).exists()

    @cached_property
    def screens(self) -> list[Screen]:
        """The screens that are hers, in their order."""
        rights = [
            (WORK, self.may_work),
            (PAY, self.has_record),
            (WOOL, self.has_record),
            (BOOK, self.may_read_book),
            (SIGN, self.may_sign),
        ]
        return [one for one, is_hers in rights if is_hers]
