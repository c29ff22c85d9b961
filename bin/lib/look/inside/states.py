"""What the demo does not hold, brought about by the services; done twice, it is done once."""

import time
from uuid import uuid4

from django.conf import settings
from djmoney.money import Money
from wagtail.models import Site

from catalog.models import Piece, Product, Variant
from coop.kit import days
from coop.kit.money import to_minor
from coop.kit.motifs import motifs
from coop.people import roles
from coop.people.models import PinAddress, PinCard, PinRequest, User
from coop.people.pins import ask_for_pin
from coop.people.services import speak as speak_to
from ledger import queries as books
from ledger.bank.models import BankLine, Statement, Upload
from ledger.bank.services import import_file, write_entry
from ledger.cash import queries as cash
from ledger.cash.models import HandingEnd, HandingOver
from ledger.cash.services import (
    agree,
    ask_handing_over,
    call_off_handing_over,
    count_box,
    sign_handing_over,
)
from ledger.models import JournalEntry, Payment
from ledger.models.payments import SIGNATURES_NEEDED
from ledger.services import request_payment, sign_payment
from orders.shop.models import Order, ReceivedPayment, Refund, ShippingRate, ShopSettings
from orders.shop.providers import provider_of
from orders.shop.services import (
    BackLine,
    Customer,
    add_to_cart,
    cancel_order,
    place_order,
    quietly,
    record_payment,
    request_refund,
    ship_order,
    start_cart,
)

Method, Received, Status = Order.Method, ReceivedPayment.Method, Order.Status
_CARD_FOR_S = 20 * 60
_WHO = Customer(
    name="Margaret Hollis",
    email="margaret@example.org",
    address="12 Weaver's Row\nHebden Bridge\nUnited Kingdom",
)


def bring_about() -> None:
    """Every state of an order, a phone wallet, a new PIN to confirm; and nobody is locked out."""
    PinCard.objects.update(failures=0, lockouts=0, locked_until=None)
    PinAddress.objects.all().delete()
    # Others know her PIN: before she signs she chooses one of her own.
    PinCard.objects.filter(user__groups__name=roles.VOCAL).update(is_known=True)
    with quietly():
        _take_wallets()
        _orders()
        _new_pin()
        _bank()
        _signed_payment()
        _signed_in_cash()
        _called_off()


def speak(language: str) -> None:
    """Everybody in this house from now on."""
    for user in User.objects.exclude(language=language):
        speak_to(user=user, language=language)


def _signed_payment() -> None:
    """A payment that two have signed and nobody has handed over; others still wait."""
    not_in_cash = Payment.objects.filter(from_account__box=None)
    asked = not_in_cash.filter(status=Payment.Status.REQUESTED).order_by("-pk")
    if not_in_cash.filter(status=Payment.Status.SIGNED).exists() or asked.count() < 2:
        return
    _sign(asked[0])


def _signed_in_cash() -> None:
    """The same out of the cash box: a bus, for somebody outside the house."""
    box = books.account("cash")
    _sign(
        request_payment(
            from_account=box,
            to_account=books.account("transport"),
            payee=None,
            payee_name="Transportes Titicaca",
            amount=Money("6.50", box.currency),
            kind=JournalEntry.Kind.EXPENSE_PAID,
            purpose="Minibus",
            actor=_actor(),
            reference="looked-at:in-cash",
        )
    )


def _called_off() -> None:
    """A box that should change hands: called off, counted anew, and now it waits for signatures."""
    if HandingEnd.objects.exists():
        return
    for is_off in (True, False):
        handing = _handing(f"looked-at:count-{is_off}")
        sign_handing_over(handing_over=handing, person=handing.giver, actor=handing.giver)
        if is_off:
            call_off_handing_over(handing_over=handing, actor=handing.receiver)


def _handing(reference: str) -> HandingOver:
    """The box, in which two count just what the books say, is to go to another of the Junta."""
    box = cash.boxes()[0]
    junta = User.objects.filter(groups__name__in=roles.JUNTA).distinct().order_by("pk")
    first, second = junta.exclude(pk=box.holding.holder_id)[:2]
    inside = to_minor(box.balance)
    count = count_box(
        box=box.box, numbers={}, other_minor=inside, counter=first, reference=reference
    )
    agree(count=count, person=second, actor=second)
    return ask_handing_over(count=count, receiver=first, actor=second)


def _sign(payment: Payment) -> None:
    if payment.status != Payment.Status.REQUESTED:
        return
    done = set(payment.approvals.values_list("signer", flat=True))
    junta = User.objects.filter(groups__name__in=roles.JUNTA).distinct().order_by("pk")
    able = [
        one
        for one in junta
        if one.pk != payment.payee_id and one.pk not in done and one.has_perm("ledger.sign_payment")
    ]
    for signer in able[: SIGNATURES_NEEDED - len(done)]:
        sign_payment(payment=payment, signer=signer)


def _take_wallets() -> None:
    site = Site.objects.get(is_default_site=True)
    found, _made = ShopSettings.objects.get_or_create(site=site)
    found.wallet_number, found.wallet_holder = "951 000 000", "Tejedoras de Titilaca"
    found.save(update_fields=["wallet_number", "wallet_holder"])


def _orders() -> None:
    # First those for which something must lie ready: on some days a small demo has little.
    _paid("ready")
    shipped = _paid("shipped")
    if shipped.status == Status.READY:
        ship_order(order=shipped, actor=_actor(), carrier="Cruz del Altiplano", tracking="CA-1")
    _refunded(_paid("refunded"))
    _paid("confirmed", to_order=True)
    _placed("transfer", Method.TRANSFER)
    _placed("wallet", Method.WALLET)
    _placed("pick-up", Method.PICK_UP)
    cancelled = _placed("cancelled", Method.TRANSFER)
    if cancelled.status == Status.PLACED:
        cancel_order(order=cancelled, actor=_actor(), why="The customer asked.")
    if settings.STRIPE_SECRET_KEY:
        # Held for half an hour only: a house that is kept gets a new one.
        card = _placed(f"card:{int(time.time()) // _CARD_FOR_S}", Method.CARD)
        provider_of(card).begin(card)
        expired = _placed("expired", Method.CARD)
        if expired.status == Status.PLACED:
            provider_of(expired).begin(expired)
            provider_of(expired).close(expired)


def _actor() -> User:
    return User.objects.filter(groups__name=roles.TREASURER, is_active=True).order_by("pk")[0]


def _variants(*, to_order: bool) -> list[Variant]:
    """Two things: knitted when ordered; or in store, as long as there is any."""
    free = Piece.objects.free().filter(variant__product__kind=Product.Kind.STOCK)
    in_store = Variant.objects.filter(pk__in=free.values("variant"))
    if to_order or not in_store.exists():
        in_store = Variant.objects.filter(product__kind=Product.Kind.TO_ORDER)
    return list(in_store.select_related("product").order_by("pk")[:2])


def _placed(name: str, method: str, *, to_order: bool = False) -> Order:
    reference = f"looked-at:{name}"
    there = Order.objects.filter(reference=reference).first()
    if there:
        return there
    cart = start_cart()
    for variant in _variants(to_order=to_order):
        add_to_cart(cart=cart, variant=variant, quantity=1)
    is_pick_up = method == Method.PICK_UP
    return place_order(
        cart=cart,
        customer=_WHO,
        method=method,
        delivery=ShippingRate.objects.filter(is_pick_up=is_pick_up)[0],
        reference=reference,
        language="en",
    )


def _paid(name: str, *, to_order: bool = False) -> Order:
    order = _placed(name, Method.TRANSFER, to_order=to_order)
    if order.status == Status.PLACED:
        record_payment(
            order=order,
            amount=order.outstanding,
            method=Received.TRANSFER,
            reference=f"OP-{uuid4().hex[:8]}",
            actor=_actor(),
        )
        order.refresh_from_db()
    return order


def _refunded(order: Order) -> None:
    line = order.lines.order_by("pk")[0]
    if not Refund.objects.filter(payment__order=order).exists():
        request_refund(
            order=order,
            key="looked-at",
            actor=_actor(),
            why="It came with a loose ear.",
            lines=[BackLine(line.pk, 1)],
        )


def _bank() -> None:
    """A statement with a line that waits and one that is written; a file with unknown columns."""
    bank, actor = books.account("bank"), _actor()
    if not Statement.objects.standing().exists():
        day = f"{days.today():%Y-%m-%d}"
        told = f"{day};COMISION MANTENIMIENTO;-7.50\n{day};DEPOSITO;45.00\n{day};ITF;-0.35\n"
        data = f"Fecha;Detalle;Monto\n{told}".encode()
        import_file(data=data, name="movimientos.csv", account=bank, actor=actor)
        charge = BankLine.objects.standing().order_by("amount_minor")[0]
        charges = books.account("bank_charges")
        write_entry(line=charge, kind=JournalEntry.Kind.BANK_CHARGE, other=charges, actor=actor)
    if not Upload.objects.filter(by=actor).exists():
        table = b"F. valor;Texto libre;Neto\n2026-03-02;HOTEL;1240.00\n2026-03-03;ITF;-0.35\n"
        Upload.objects.create(name="banco-nuevo.csv", content=table, account=bank, by=actor)


def _new_pin() -> None:
    """The treasurer forgot hers: the secretary asks, somebody else of the Junta confirms."""
    if PinRequest.objects.filter(status=PinRequest.Status.WAITING).exists():
        return
    asking = User.objects.filter(groups__name=roles.SECRETARY).order_by("pk").first()
    for_whom = _actor()
    taken = set(PinCard.objects.values_list("motif", "colour"))
    free = next((key, "indigo") for key in motifs() if (key, "indigo") not in taken)
    if asking:
        ask_for_pin(user=for_whom, motif=free[0], colour=free[1], pin="4827", actor=asking)
