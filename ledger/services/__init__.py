"""Every write of the ledger."""

from ledger.services.accounts import (
    add_account,
    close_account,
    install_chart,
    open_account,
    open_currency,
    open_member_account,
    rename_account,
    reopen_account,
)
from ledger.services.blocks import gather_all, gather_block
from ledger.services.budgets import change_budget
from ledger.services.bulk import NewEntry, post_entries
from ledger.services.exchange import becomes_expense, becomes_income, crossing
from ledger.services.grants import open_grant, receive_grant, tag_entry, tag_payment
from ledger.services.hand import (
    ask_from_template,
    request_by_hand,
    undo_by_hand,
    write_by_hand,
    write_from_template,
)
from ledger.services.handing import How, one_time_code
from ledger.services.lines import Line, credit, debit
from ledger.services.moving import move_money
from ledger.services.payments import (
    hand_over,
    hear_refusal,
    pay_payment,
    refuse_payment,
    request_payment,
    sign_payment,
    void_payment,
)
from ledger.services.periods import request_closing, sign_closing, void_closing
from ledger.services.posting import post_entry, reverse_entry
from ledger.services.rates import record_rate
from ledger.services.rates_file import import_rates, read_rates
from ledger.services.surplus import bear_loss, parts_of_surplus, share_surplus
from ledger.services.vouchers import (
    add_voucher,
    forget_loose_vouchers,
    give_vouchers,
    keep_voucher,
    show_voucher,
)

__all__ = [
    "How",
    "Line",
    "NewEntry",
    "add_account",
    "add_voucher",
    "ask_from_template",
    "bear_loss",
    "becomes_expense",
    "becomes_income",
    "change_budget",
    "close_account",
    "credit",
    "crossing",
    "debit",
    "forget_loose_vouchers",
    "gather_all",
    "gather_block",
    "give_vouchers",
    "hand_over",
    "hear_refusal",
    "import_rates",
    "install_chart",
    "keep_voucher",
    "move_money",
    "one_time_code",
    "open_account",
    "open_currency",
    "open_grant",
    "open_member_account",
    "parts_of_surplus",
    "pay_payment",
    "post_entries",
    "post_entry",
    "read_rates",
    "receive_grant",
    "record_rate",
    "refuse_payment",
    "rename_account",
    "reopen_account",
    "request_by_hand",
    "request_closing",
    "request_payment",
    "reverse_entry",
    "share_surplus",
    "show_voucher",
    "sign_closing",
    "sign_payment",
    "tag_entry",
    "tag_payment",
    "undo_by_hand",
    "void_closing",
    "void_payment",
    "write_by_hand",
    "write_from_template",
]
