"""Boxes are with whom they say, and counts are what two people saw. Invariant 3."""
# ruff: noqa: S608 - the statements are put together from our own words only

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import Amount, finding, invariant, word
from ledger.audit.entries import _entries_where
from ledger.audit.read import rows
from ledger.cash import triggers
from ledger.cash.models.counts import COLUMNS
from ledger.models import Handing


@invariant(3, _("A cash box has one holder at any time, by name, and changes hands by signatures."))
def boxes_have_one_holder() -> Iterator[str]:
    """Names boxes without a holder, holders out of turn, and accounts that say another."""
    query = """
        SELECT a.code, a.holder_id, (SELECT x.holder_id FROM cash_holding x
               WHERE x.box_id = b.account_id ORDER BY x.number DESC LIMIT 1)
          FROM cash_box b JOIN ledger_account a ON a.id = b.account_id ORDER BY a.code"""
    for code, of_account, newest in rows(query):
        if newest is None:
            yield finding("box {code} has no holder", code=code)
        elif newest != of_account:
            yield finding(
                "box {code} is with person {newest}, and its account says person {of_account}",
                code=code,
                newest=newest,
                of_account=of_account or "–",
            )
    # The count of a handing over that is past has been followed by others.
    handed = triggers.HOLDING_IS_NOT_HANDED.replace(triggers.NOTHING_MOVED, "")
    wrong = f"({triggers.HOLDING_JUMPS_ROWS}) OR ({handed})".replace("NEW.", "y.")
    query = f"SELECT y.id, y.box_id FROM cash_holding y WHERE {wrong} ORDER BY y.id"
    for holding_id, box_id in rows(query):
        yield finding(
            "holder {holding_id} of box {box_id} did not receive it from the one before",
            holding_id=holding_id,
            box_id=box_id,
        )
    query = """
        SELECT y.id, y.since, h."on" FROM cash_holding y JOIN cash_handingover h
               ON h.id = y.handing_over_id WHERE y.since <> h."on" ORDER BY y.id"""
    for holding_id, since, on in rows(query):
        yield finding(
            "holder {holding_id} has the box since {since}, and it was handed over on {on}",
            holding_id=holding_id,
            since=since,
            on=on,
        )


@invariant(3, _("A handing over that was called off hands nothing over."))
def called_off_hands_nothing_over() -> Iterator[str]:
    """Names boxes that went on by a handing over that was called off, and wrong readers of one."""
    query = """
        SELECT x.id, x.handing_over_id FROM cash_handingend x
          JOIN cash_holding y ON y.handing_over_id = x.handing_over_id ORDER BY x.id"""
    for end_id, handing_id in rows(query):
        yield finding(
            "handing over {handing_id} was called off ({end_id}), and the box went on",
            handing_id=handing_id,
            end_id=end_id,
        )
    wrong = triggers.HEARD_BY_ANOTHER.replace("NEW.", "n.")
    query = f"SELECT n.id, n.person_id FROM cash_handingheard n WHERE {wrong} ORDER BY n.id"
    for heard_id, person_id in rows(query):
        yield finding(
            "reading {heard_id} is of person {person_id}, who did not have the box",
            heard_id=heard_id,
            person_id=person_id,
        )


@invariant(3, _("Cash is handed over out of a cash box, and nothing else is."))
def notes_leave_boxes() -> Iterator[str]:
    """Names payments of cash out of what is no box, and others out of one."""
    wrong = triggers.HANDED_FROM_ELSEWHERE.replace("NEW.", "h.")
    query = f"""
        SELECT p.reference, h.means, a.code FROM ledger_handing h
          JOIN ledger_payment p ON p.id = h.payment_id
          JOIN ledger_account a ON a.id = p.from_account_id WHERE {wrong} ORDER BY h.id"""
    for reference, means, code in rows(query):
        yield finding(
            "payment {reference} was handed over as “{means}” out of account {code}",
            reference=reference,
            means=word(Handing.Means, means),
            code=code,
        )


@invariant(3, _("Two people count a cash box, and the books say what they found."))
def counts_are_of_two() -> Iterator[str]:
    """Names counts of one person, differences that are not in the books, and the reverse."""
    query = """
        SELECT c.id, CASE WHEN g.person_id = c.counter_id THEN 1 ELSE 0 END,
               c.counted_minor - c.expected_minor, e.id, a.currency
          FROM cash_count c JOIN cash_agreement g ON g.count_id = c.id
          JOIN ledger_account a ON a.id = c.box_id
          LEFT JOIN ledger_journalentry e ON e.reference = 'cash-count:' || c.id
         ORDER BY c.id"""
    for count_id, is_alone, difference, entry_id, currency in rows(query):
        if is_alone:
            yield finding("count {count_id} was made by one person", count_id=count_id)
        if bool(difference) != (entry_id is not None):
            yield finding(
                "count {count_id} differs by {difference}, and its entry in the books is {entry_id}",
                count_id=count_id,
                difference=Amount(difference, currency),
                entry_id=entry_id or "–",
            )
    for one in _entries_where(triggers.DIFFERENCE_IS_NOT_COUNTED):
        yield finding("{entry} is the difference of no count", entry=one)


@invariant(3, _("A count says what the books said at that moment, and its notes add up."))
def counts_know_the_books() -> Iterator[str]:
    """Names counts whose expected amount the box's postings do not lead to, or that sum wrongly."""
    pieces = " + ".join(f"{value} * c.{column}" for value, column in COLUMNS.items())
    query = f"""
        SELECT c.id, c.counted_minor, c.other_minor + {pieces}, a.currency FROM cash_count c
          JOIN ledger_account a ON a.id = c.box_id
         WHERE c.counted_minor <> c.other_minor + {pieces} ORDER BY c.id"""
    for count_id, said, summed, currency in rows(query):
        yield finding(
            "count {count_id} says {said}, and its notes and coins make {summed}",
            count_id=count_id,
            said=Amount(said, currency),
            summed=Amount(summed, currency),
        )
    query = """
        SELECT c.id, c.expected_minor, COALESCE(p.balance_after, 0), a.currency
          FROM cash_count c JOIN ledger_account a ON a.id = c.box_id
          LEFT JOIN ledger_posting p ON p.account_id = c.box_id AND p.seq = c.seq
         WHERE c.expected_minor <> COALESCE(p.balance_after, 0) ORDER BY c.id"""
    for count_id, said, booked, currency in rows(query):
        yield finding(
            "count {count_id} says that {said} were in the books, and it was {booked}",
            count_id=count_id,
            said=Amount(said, currency),
            booked=Amount(booked, currency),
        )
