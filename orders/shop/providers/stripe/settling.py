"""What became of a visit to the card page. Return page, webhook and sync all come here.

Any of them alone is enough, in any order, any number of times, days late: the payment's id is
unique, everything happens under the order's lock, and what is there already is found.
"""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from coop.kit.days import today
from coop.kit.money import format_money, from_minor
from orders.shop.errors import SoldOut
from orders.shop.models import CardSession, Order, ReceivedPayment, Refund
from orders.shop.notices import Notice, tell
from orders.shop.providers.stripe import gateway, movements
from orders.shop.providers.stripe.errors import NotYetBooked, PaymentMismatch
from orders.shop.providers.stripe.seen import PaymentSeen, SessionSeen
from orders.shop.services import refunding, stock
from orders.shop.services.confirming import confirm_locked
from orders.shop.services.hours import hold_hours_of, release_hours_of
from orders.shop.services.transitions import Status, locked, move

_Session = CardSession.Status


def settle_session(stripe_id: str) -> CardSession | None:
    """Ask Stripe how a session stands, and do what follows from it. None if it is not ours.

    Raises ProviderUnreachable, ProviderRefused, NotYetBooked or PaymentMismatch.
    """
    return apply_session(gateway.session(stripe_id))


def settle_intent(intent_id: str) -> None:
    """A payment: its session is what we know it by. Raises what `settle_session` does."""
    session_id = gateway.session_of_intent(intent_id)
    if session_id:
        settle_session(session_id)


def settle_intent_if_new(intent_id: str) -> None:
    """See to it that a payment is here before what follows from it.

    Stripe's messages come in any order: of a dispute, or of money given back, the house may hear
    before it hears of the payment. Raises what `settle_session` does.
    """
    if not ReceivedPayment.objects.filter(reference=intent_id).exists():
        settle_intent(intent_id)


def look_at_order(order: Order) -> bool:
    """Ask about the newest card page of an order, unless it is settled; whether we asked."""
    row = order.card_sessions.exclude(stripe_id=None).order_by("-attempt").first()
    if row is None or row.status == _Session.COMPLETE:
        return False
    settle_session(row.stripe_id or "")
    return True


@transaction.atomic
def apply_session(seen: SessionSeen) -> CardSession | None:
    """Do what follows from a session as Stripe showed it. None if it is not ours.

    Raises NotYetBooked or PaymentMismatch; then nothing changed.
    """
    found = _ours(seen)
    if found is None:
        return None
    # The order first, always: whoever touches a session holds its order.
    order = locked(found.order)
    row = CardSession.objects.select_for_update().get(pk=found.pk)
    _check_same(row, seen)
    if row.stripe_id is None:
        row.stripe_id = seen.id
    if seen.is_paid and seen.payment is not None:
        _paid(order, row, seen.payment)
    elif seen.status == "expired":
        _expired(order, row)
    elif row.status == _Session.CREATING:
        row.status, row.url = _Session.OPEN, seen.url
        row.save(update_fields=["stripe_id", "status", "url"])
    return row


def _ours(seen: SessionSeen) -> CardSession | None:
    """By its id; or by our key, when the answer that told us the id was lost."""
    rows = CardSession.objects.select_related("order")
    found = rows.filter(stripe_id=seen.id).first()
    if found is None and seen.key:
        found = rows.filter(key=seen.key, stripe_id=None).first()
    return found


def _check_same(row: CardSession, seen: SessionSeen) -> None:
    """Raise PaymentMismatch unless the session asks for just what we asked for."""
    asked, told = row.amount, from_minor(seen.amount_minor, seen.currency)
    if asked != told:
        raise _mismatch(gettext("The amount of the card page"), told, asked)
    if seen.payment is not None:
        came = from_minor(seen.payment.amount_minor, seen.payment.currency)
        if came != asked:
            raise _mismatch(gettext("The amount paid by card"), came, asked)


def _mismatch(what: str, seen: object, expected: object) -> PaymentMismatch:
    return PaymentMismatch(
        what=what,
        seen=format_money(seen),  # type: ignore[arg-type]
        expected=format_money(expected),  # type: ignore[arg-type]
    )


# It was paid -------------------------------------------------------------------------------
def _paid(order: Order, row: CardSession, paid: PaymentSeen) -> None:
    if paid.movement is None:
        raise NotYetBooked
    if not ReceivedPayment.objects.filter(reference=paid.intent_id).exists():
        _take(order, row, paid)
    if row.status != _Session.COMPLETE:
        row.status, row.ended_at = _Session.COMPLETE, timezone.now()
        row.save(update_fields=["stripe_id", "status", "ended_at"])


def _take(order: Order, row: CardSession, paid: PaymentSeen) -> None:
    """The money came: for an order that waits for it, for one whose hold is lost, or too much."""
    is_late = order.status == Status.EXPIRED
    is_wanted = order.status in {Status.PLACED, Status.EXPIRED, Status.CONFIRMED, Status.READY}
    if not is_wanted or row.amount_minor > order.due_minor - order.paid_minor:
        _give_back_surplus(order, _record(order, row, paid, is_surplus=True))
    elif is_late and not _can_be_had_again(order):
        payment = _record(order, row, paid)
        refunding.give_back_payment(
            payment=payment, reason=Refund.Reason.GONE, why=_gone_words(order), actor=None
        )
        tell(order, Notice.GONE, key=f"payment:{payment.pk}")
    else:
        payment = _record(order, row, paid)
        if order.status in {Status.PLACED, Status.EXPIRED}:
            confirm_locked(order=order, actor=None, on=today(), why=_late_words(order, is_late))
        tell(order, Notice.PAID, key=f"payment:{payment.pk}")


def _record(
    order: Order, row: CardSession, paid: PaymentSeen, *, is_surplus: bool = False
) -> ReceivedPayment:
    """The payment, its movement in the provider's account, and both in the books."""
    if paid.movement is None:
        raise NotYetBooked
    payment = ReceivedPayment.objects.create(
        order=order,
        method=ReceivedPayment.Method.CARD,
        amount_minor=row.amount_minor,
        reference=paid.intent_id,
        is_surplus=is_surplus,
        on=paid.movement.day,
        actor=None,
    )
    movements.book(paid.movement, order=order, payment=payment)
    if not is_surplus:
        order.paid_minor += payment.amount_minor
        order.save(update_fields=["paid_minor"])
    return payment


def _give_back_surplus(order: Order, payment: ReceivedPayment) -> None:
    is_cancelled = order.status == Status.CANCELLED
    reason = Refund.Reason.CANCELLED if is_cancelled else Refund.Reason.TWICE
    refunding.give_back_payment(payment=payment, reason=reason, why="", actor=None)
    tell(order, Notice.TWICE, key=f"payment:{payment.pk}")


def _can_be_had_again(order: Order) -> bool:
    """Hold its pieces anew; whether there was one for everything."""
    lines = list(order.lines.select_related("variant__product", "variant__design"))
    try:
        with transaction.atomic():
            stock.allocate_all(lines)
            hold_hours_of(lines, on=today())
    except SoldOut:
        return False
    return True


def _gone_words(order: Order) -> str:
    with translation.override(order.language):
        return gettext("It was paid after its time was over, and a piece was gone by then.")


def _late_words(order: Order, is_late: bool) -> str:
    if not is_late:
        return ""
    with translation.override(order.language):
        return gettext("It was paid late, and everything could still be had.")


# It was not --------------------------------------------------------------------------------
def _expired(order: Order, row: CardSession) -> None:
    """Stripe says that nobody can pay any more: what was held is free again."""
    if row.status != _Session.EXPIRED:
        row.status, row.ended_at = _Session.EXPIRED, timezone.now()
        row.save(update_fields=["stripe_id", "status", "ended_at"])
    _let_go(order)


@transaction.atomic
def give_up(row: CardSession, *, lets_go: bool) -> CardSession:
    """Stripe refused to open this page, so nobody can pay through it.

    With `lets_go` the order is over too; else another page is opened for it.
    """
    order = locked(row.order)
    row = CardSession.objects.select_for_update().get(pk=row.pk)
    if row.status == _Session.CREATING:
        row.status, row.ended_at = _Session.FAILED, timezone.now()
        row.save(update_fields=["status", "ended_at"])
    if lets_go:
        _let_go(order)
    return row


@transaction.atomic
def free_unpaid(order: Order) -> Order:
    """Let an order go that has no open page: nobody can pay for it. Any other is left alone."""
    order = locked(order)
    _let_go(order)
    return order


def _let_go(order: Order) -> None:
    """Free what a locked order holds that was not paid, unless it may still be paid elsewhere."""
    under_way = order.card_sessions.filter(status__in=[_Session.CREATING, _Session.OPEN])
    if order.status != Status.PLACED or order.paid_minor or under_way.exists():
        return
    stock.release_all(order)
    release_hours_of(order)
    with translation.override(order.language):
        why = gettext("Its card page was closed, and nobody had paid.")
    move(order=order, to=Status.EXPIRED, actor=None, on=today(), why=why)
