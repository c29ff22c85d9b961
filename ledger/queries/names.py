"""How rows of the core are called (`ledger.naming`)."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.kit.money import format_money
from ledger.models import (
    Account,
    AccountEvent,
    Approval,
    AuditRun,
    Closing,
    ClosingEntry,
    ClosingSignature,
    CodeTry,
    ExchangeRate,
    Grant,
    GrantBudget,
    GrantLine,
    GrantPayment,
    GrantPlan,
    GrantUse,
    Handing,
    JournalEntry,
    Payment,
    PaymentEvent,
    Period,
    Reading,
    SurplusDecision,
    SurplusShare,
    Voucher,
    VoucherWord,
)
from ledger.naming import Name, names, part_of, passing
from ledger.queries.journal import entries
from ledger.queries.words import described

passing(Reading)
part_of(AccountEvent, "account")
part_of(Approval, "payment")
part_of(PaymentEvent, "payment")
part_of(Handing, "payment")
part_of(CodeTry, "payment")
part_of(ClosingSignature, "closing")
part_of(ClosingEntry, "entry")
part_of(GrantBudget, "grant")
part_of(GrantPlan, "line")
part_of(GrantPayment, "line")
part_of(GrantUse, "line")
part_of(SurplusShare, "decision")
part_of(VoucherWord, "voucher")


@names(Account)
def _accounts(keys: Sequence[int]) -> Mapping[int, Name]:
    return {
        one.pk: Name(str(one), reverse("ledger_office:account", args=[one.code]))
        for one in Account.objects.filter(pk__in=keys)
    }


@names(Payment)
def _payments(keys: Sequence[int]) -> Mapping[int, Name]:
    rows = Payment.objects.filter(pk__in=keys).select_related("payee")
    return {one.pk: name_of_payment(one) for one in rows}


def name_of_payment(one: Payment) -> Name:
    """How much, to whom and what for (reads the payee)."""
    facts = {
        "amount": format_money(one.amount),
        "who": one.payee_label,
        "purpose": one.purpose,
    }
    words = _("%(amount)s to %(who)s: %(purpose)s") % facts
    return Name(words, reverse("ledger_office:payment", args=[one.pk]))


@names(JournalEntry)
def _entries(keys: Sequence[int]) -> Mapping[int, Name]:
    page = list(entries().filter(pk__in=keys))
    told = described(page, names=True)
    return {
        one.pk: Name(
            f"{date_format(one.day, 'SHORT_DATE_FORMAT')}: {told[one.pk]}",
            reverse("ledger_office:entry", args=[one.pk]),
        )
        for one in page
    }


@names(Voucher)
def _vouchers(keys: Sequence[int]) -> Mapping[int, Name]:
    """By what they prove: an entry or a payment; one that proves nothing yet has no name."""
    rows = list(Voucher.objects.filter(pk__in=keys))
    of_entries = _entries([one.entry_id for one in rows if one.entry_id])
    of_payments = _payments([one.payment_id for one in rows if one.payment_id])
    found = {
        one.pk: of_entries.get(one.entry_id or 0) or of_payments.get(one.payment_id or 0)
        for one in rows
    }
    return {key: name for key, name in found.items() if name is not None}


@names(Closing)
def _closings(keys: Sequence[int]) -> Mapping[int, Name]:
    return {
        one.pk: Name(
            _until(date_format(one.last_day, "DATE_FORMAT")),
            reverse("ledger_office:closing", args=[one.pk]),
        )
        for one in Closing.objects.filter(pk__in=keys)
    }


@names(Period)
def _periods(keys: Sequence[int]) -> Mapping[int, Name]:
    return {
        one.pk: Name(
            _until(date_format(one.last_day, "DATE_FORMAT")), reverse("ledger_office:periods")
        )
        for one in Period.objects.filter(pk__in=keys)
    }


def _until(day: str) -> str:
    return _("until %(day)s") % {"day": day}


@names(Grant)
def _grants(keys: Sequence[int]) -> Mapping[int, Name]:
    return {
        one.pk: Name(str(one), reverse("ledger_office:grant", args=[one.code]))
        for one in Grant.objects.filter(pk__in=keys)
    }


@names(GrantLine)
def _grant_lines(keys: Sequence[int]) -> Mapping[int, Name]:
    return {
        one.pk: Name(
            f"{one.grant}: {one.name}", reverse("ledger_office:grant", args=[one.grant.code])
        )
        for one in GrantLine.objects.filter(pk__in=keys).select_related("grant")
    }


@names(ExchangeRate)
def _rates(keys: Sequence[int]) -> Mapping[int, Name]:
    return {
        one.pk: Name(
            f"{one.currency}, {date_format(one.day, 'DATE_FORMAT')}", reverse("ledger_office:rates")
        )
        for one in ExchangeRate.objects.filter(pk__in=keys)
    }


@names(SurplusDecision)
def _surplus(keys: Sequence[int]) -> Mapping[int, Name]:
    return {
        one.pk: Name(
            _("%(amount)s, acta %(acta)s") % {"amount": format_money(one.amount), "acta": one.acta},
            reverse("ledger_office:result"),
        )
        for one in SurplusDecision.objects.filter(pk__in=keys)
    }


@names(AuditRun)
def _audits(keys: Sequence[int]) -> Mapping[int, Name]:
    return {
        one.pk: Name(date_format(one.at, "DATETIME_FORMAT"), reverse("ledger_office:audit"))
        for one in AuditRun.objects.filter(pk__in=keys)
    }
