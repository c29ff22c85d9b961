"""Paying people: asked for, signed by two who do not receive it, paid."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from djmoney.money import Money

from coop.kit import days
from coop.kit.money import format_money, from_minor, to_minor
from coop.people.models import User
from ledger import queries
from ledger.errors import (
    AccountClosed,
    AccountIsHeader,
    AskedForAlready,
    BeforeTheBooks,
    MoreThanOwed,
    NotAPayment,
    NotEnoughMoney,
    NotMoney,
    NotPositive,
    NotYourRequest,
    PayeeMissing,
    PayeeRefuses,
    PayeeSigns,
    PeriodClosed,
    ReasonMissing,
    ReferenceConflict,
    SignedAlready,
    SignerNotAllowed,
    WrongCurrency,
    WrongPayee,
    WrongStatus,
)
from ledger.models import Account, Approval, JournalEntry, Payment, PaymentEvent
from ledger.models.payments import SIGNATURES_NEEDED
from ledger.services.grants import accounts_of_grant, recognise_payment
from ledger.services.handing import How, check_how, write_handing
from ledger.services.lines import credit, debit
from ledger.services.posting import post_entry
from ledger.services.rows import lock_accounts
from ledger.signatures import valid_signatures

Status = Payment.Status
Verb = PaymentEvent.Verb


@transaction.atomic
def request_payment(
    *,
    from_account: Account,
    to_account: Account,
    payee: User | None,
    payee_name: str,
    amount: Money,
    kind: str,
    purpose: str,
    actor: User,
    on: date | None = None,
    reference: str,
) -> Payment:
    """Ask that `amount` be paid out of `from_account`, booked on `to_account`.

    `payee` is a person of the house; `payee_name` names somebody else (it is not kept beside a
    `payee`, whose name is her own). The same reference again gives the payment that is there.
    Raises NotAPayment, NotMoney, NotPositive, WrongCurrency, AccountClosed, AccountIsHeader,
    PayeeMissing, WrongPayee, BeforeTheBooks, PeriodClosed, ReferenceConflict, or MoreThanOwed for more than a
    member is owed (less what is asked for already).
    """
    _check_request(from_account, to_account, amount, kind)
    if payee is None and not payee_name.strip():
        raise PayeeMissing
    if to_account.holder_id and to_account.holder_id != (payee.pk if payee else None):
        raise WrongPayee
    asked = {
        "kind": str(kind),
        "from_account_id": from_account.pk,
        "to_account_id": to_account.pk,
        "payee_id": payee.pk if payee else None,
        "payee_name": "" if payee else payee_name.strip(),
        "amount_minor": to_minor(amount),
        "currency": amount.currency.code,
    }
    there = Payment.objects.filter(reference=reference).first()
    if there is not None:
        if any(getattr(there, name) != value for name, value in asked.items()):
            raise ReferenceConflict(reference=reference)
        return there
    day = on or days.today()
    _check_day(day)
    _check_owed(to_account, amount)
    payment = Payment.objects.create(
        **asked, purpose=purpose, reference=reference, requested_by=actor, requested_on=day
    )
    _trace(payment, Verb.REQUESTED, actor, day)
    return payment


def _check_day(day: date) -> None:
    """Raises BeforeTheBooks for a day on which there were no books yet, PeriodClosed for one whose
    books are closed: what is asked for afterwards is not told as asked for then.
    """
    closed = queries.closed_until()
    if closed is not None and day <= closed:
        raise PeriodClosed(day=day, last_day=closed)
    first = queries.first_day()
    if first is not None and day < first:
        raise BeforeTheBooks(day=date_format(first, "DATE_FORMAT"))


def _check_request(from_account: Account, to_account: Account, amount: Money, kind: str) -> None:
    if kind not in Payment.KINDS:
        raise NotAPayment(kind=kind)
    if not from_account.is_money:
        raise NotMoney(account=from_account)
    if amount.amount <= 0:
        raise NotPositive(account=from_account.code)
    for account in (from_account, to_account):
        if account.currency != amount.currency.code:
            raise WrongCurrency(
                account=account.code, expected=account.currency, currency=amount.currency.code
            )
        if not account.is_open:
            raise AccountClosed(account=account.code)
        if account.is_header:
            raise AccountIsHeader(account=account.code)


def _check_owed(account: Account, amount: Money) -> None:
    """Raises MoreThanOwed for more than a member is owed, less what is asked for already."""
    if not queries.is_of_a_member(account):
        return
    # Locked from now on: two who ask for her at the same time are answered one after the other.
    locked, _bounds = lock_accounts([account.pk])
    owed = from_minor(-locked[account.pk].amount_minor, account.currency)
    waiting = queries.waiting_for(account)
    if amount <= owed - waiting:
        return
    name, said = account.holder or account.name, format_money(_positive(owed))
    if not waiting.amount:
        raise MoreThanOwed(name=name, owed=said)
    left = format_money(_positive(owed - waiting))
    raise AskedForAlready(name=name, owed=said, waiting=format_money(waiting), left=left)


def _positive(amount: Money) -> Money:
    return max(amount, Money(0, amount.currency))


@transaction.atomic
def sign_payment(*, payment: Payment, signer: User, on: date | None = None) -> Approval:
    """Sign a payment as it stands; with the second signature it may be paid.

    Raises WrongStatus unless it waits for signatures, SignerNotAllowed without the right to
    sign, PayeeSigns for the receiver, SignedAlready for one who has signed.
    """
    payment = _locked(payment)
    if payment.status != Status.REQUESTED:
        raise WrongStatus(status=payment.get_status_display())
    # Read anew: who lost her office a moment ago must not sign with what was remembered.
    signer = User.objects.get(pk=signer.pk)
    if not signer.has_perm("ledger.sign_payment"):
        raise SignerNotAllowed
    if signer.pk == payment.payee_id:
        raise PayeeSigns
    if payment.approvals.filter(signer=signer).exists():
        raise SignedAlready
    day = on or days.today()
    approval = Approval.objects.create(
        payment=payment,
        signer=signer,
        from_account_id=payment.from_account_id,
        to_account_id=payment.to_account_id,
        payee_id=payment.payee_id,
        payee_name=payment.payee_name,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        purpose=payment.purpose,
        signed_on=day,
    )
    _trace(payment, Verb.SIGNED, signer, day)
    if len(valid_signatures(payment)) >= SIGNATURES_NEEDED:
        _move(payment, Status.SIGNED)
    return approval


@transaction.atomic
def pay_payment(
    *, payment: Payment, actor: User, on: date | None = None, how: How | None = None
) -> JournalEntry:
    """Pay a payment that two have signed, and write its journal entry and `how` it was paid.

    Paying what is paid gives its entry. `how` was looked at before (`hand_over`). Raises WrongStatus unless it is signed, NotEnoughMoney
    if the account it leaves holds less, MoreThanOwed if the member is owed less by now, and what
    post_entry raises.
    """
    payment = _locked(payment)
    if payment.status == Status.PAID:
        return payment.entry
    if payment.status != Status.SIGNED:
        raise WrongStatus(status=payment.get_status_display())
    _check_held_and_owed(payment)
    day = on or days.today()
    entry = post_entry(
        day=day,
        kind=payment.kind,
        memo="",
        lines=[
            debit(payment.to_account, payment.amount),
            credit(payment.from_account, payment.amount),
        ],
        reference=f"payment:{payment.reference}",
        created_by=actor,
        payment=payment,
    )
    _move(payment, Status.PAID)
    _trace(payment, Verb.PAID, actor, day)
    recognise_payment(payment=payment, entry=entry, actor=actor)
    if how is not None:
        write_handing(payment=payment, how=how, actor=actor)
    return entry


def hand_over(*, payment: Payment, how: How, actor: User, on: date | None = None) -> JournalEntry:
    """Hand over what two have signed, and say how: what people do, in the office and on a phone.

    What is paid gives its entry. Raises what check_how and pay_payment raise. Not within another
    transaction: a wrong code must stay counted when it is refused.
    """
    payment = Payment.objects.select_related("from_account").get(pk=payment.pk)
    if payment.status == Status.SIGNED:
        check_how(payment=payment, how=how, actor=actor)
    return pay_payment(payment=payment, actor=actor, on=on, how=how)


@transaction.atomic
def void_payment(*, payment: Payment, actor: User, reason: str, on: date | None = None) -> Payment:
    """Call a payment off before it is paid. Raises WrongStatus once it is paid or called off."""
    payment = _locked(payment)
    if payment.status not in {Status.REQUESTED, Status.SIGNED}:
        raise WrongStatus(status=payment.get_status_display())
    _move(payment, Status.VOID)
    _trace(payment, Verb.VOIDED, actor, on or days.today(), reason)
    return payment


@transaction.atomic
def refuse_payment(
    *, payment: Payment, actor: User, why: str = "", note: str = "", on: date | None = None
) -> Payment:
    """One who signs says no: it is called off, and whoever asked for it reads why.

    `why` is one of `PaymentEvent.Why`, or `note` says it in her own words. Refusing again what
    she refused changes nothing. Raises WrongStatus once it is paid or called off,
    SignerNotAllowed, PayeeRefuses or ReasonMissing.
    """
    payment = _locked(payment)
    if payment.events.filter(verb=Verb.REFUSED, actor=actor).exists():
        return payment
    if payment.status not in {Status.REQUESTED, Status.SIGNED}:
        raise WrongStatus(status=payment.get_status_display())
    # Read anew, as when she signs.
    if not User.objects.get(pk=actor.pk).has_perm("ledger.sign_payment"):
        raise SignerNotAllowed
    if actor.pk == payment.payee_id:
        raise PayeeRefuses
    known = why if why in PaymentEvent.Why.values else None
    if known is None and not note.strip():
        raise ReasonMissing
    _move(payment, Status.VOID)
    _trace(payment, Verb.REFUSED, actor, on or days.today(), note.strip()[:300], why=known)
    return payment


@transaction.atomic
def hear_refusal(*, payment: Payment, actor: User, on: date | None = None) -> Payment:
    """Whoever asked for it has read why it was refused; it no longer waits for her.

    Saying it again changes nothing. Raises NotYourRequest, or WrongStatus where nobody refused it.
    """
    payment = _locked(payment)
    if actor.pk != payment.requested_by_id:
        raise NotYourRequest
    verbs = set(payment.events.values_list("verb", flat=True))
    if Verb.REFUSED not in verbs:
        raise WrongStatus(status=payment.get_status_display())
    if Verb.HEARD not in verbs:
        _trace(payment, Verb.HEARD, actor, on or days.today())
    return payment


def _check_held_and_owed(payment: Payment) -> None:
    # Locked together and in order, as the posting itself will: two payments wait for each other.
    of_grant = [one.pk for one in accounts_of_grant(payment)]
    locked, _ = lock_accounts([payment.from_account_id, payment.to_account_id, *of_grant])
    held = locked[payment.from_account_id].amount_minor
    if held < payment.amount_minor:
        raise NotEnoughMoney(
            account=payment.from_account, held=format_money(from_minor(held, payment.currency))
        )
    if not queries.is_of_a_member(payment.to_account):
        return
    # A piece may have been undone since it was asked for, or another payment was quicker.
    owed = from_minor(-locked[payment.to_account_id].amount_minor, payment.currency)
    if payment.amount > owed:
        raise MoreThanOwed(name=payment.payee_label, owed=format_money(_positive(owed)))


def _locked(payment: Payment) -> Payment:
    rows = Payment.objects.select_for_update(of=("self",))
    return rows.select_related("from_account", "to_account").get(pk=payment.pk)


def _move(payment: Payment, status: Status) -> None:
    payment.status = status
    payment.save(update_fields=["status"])


def _trace(
    payment: Payment, verb: Verb, actor: User, on: date, note: str = "", why: str | None = None
) -> None:
    PaymentEvent.objects.create(payment=payment, verb=verb, actor=actor, on=on, note=note, why=why)
