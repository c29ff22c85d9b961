"""The ways of money that leaves without two signatures: out of what, and into what, by kind.

One table for the words (`ledger.signatures`) and for the database (`ledger.sql`). Each kind that
needs no signatures has its way here, but a reversal, which mirrors its entry.
Source: design, what must always hold, 3.
"""

from dataclasses import dataclass

#: What others hold for us. It leaves as they report it, never as a bank charge.
HELD_BY_OTHERS = ("stripe", "partner")
#: What stands in every entry that crosses from one currency into another.
CROSSING = ("exchange", "exchange_loss")


@dataclass(frozen=True)
class Way:
    """Where an entry that takes money out may take it, and what it may debit.

    `only_from` and `never_from` are roles of the money that is credited. What is debited has one
    of the roles or kinds of `into`, or is money if `into_money`.
    """

    only_from: tuple[str, ...] = ()
    never_from: tuple[str, ...] = ()
    into_roles: tuple[str, ...] = ()
    into_kinds: tuple[str, ...] = ()
    into_money: bool = False

    def takes_from(self, role: str) -> bool:
        """Whether money of an account with this role may go."""
        return role not in self.never_from and (not self.only_from or role in self.only_from)

    def leads_to(self, *, role: str, kind: str, is_money: bool) -> bool:
        """Whether such an account may be debited."""
        by_money = self.into_money and is_money
        return by_money or role in self.into_roles or kind in self.into_kinds


WAYS: dict[str, Way] = {
    # Back to the customer, from where her money is: what she has with us, or what she bought.
    "refund": Way(
        never_from=("partner",),
        into_roles=("customer_deposits", "receivable", "disputed", *CROSSING),
        into_kinds=("income",),
    ),
    "fee": Way(only_from=("stripe",), into_roles=("exchange",), into_kinds=("expense",)),
    "dispute": Way(only_from=("stripe",), into_roles=("disputed", *CROSSING)),
    "payout": Way(only_from=("stripe",), into_roles=("bank", "partner", *CROSSING)),
    "exchange": Way(only_from=HELD_BY_OTHERS, into_roles=CROSSING, into_money=True),
    # No bank reaches into a cash box: what is missing there two people count, or two sign for it.
    # Boxes under another role than "cash" are refused by a trigger of `ledger.cash`.
    "bank_charge": Way(never_from=("cash", *HELD_BY_OTHERS), into_kinds=("expense",)),
    # What two people counted, and no more: `ledger.evidence` and a trigger of `ledger.cash`.
    "cash_counted": Way(never_from=("bank", "wallet", *HELD_BY_OTHERS), into_roles=("cash_short",)),
    # Stripe pays out by itself and reports it: by hand it would be in the books twice.
    "transfer": Way(never_from=("stripe",), into_money=True),
}
