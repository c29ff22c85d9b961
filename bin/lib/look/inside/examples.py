"""One thing of each sort, to fill an address with: None where this house has no such thing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import translation
from wagtail.models import Page

from catalog.models import Category, Design, Piece, Product
from cms.models import HomePage, TextPage
from coop.kit.days import today
from coop.members.models import Member, Settlement
from coop.people.models import PinCard
from coop.quotas.models import Technique
from coop.rules.models import RuleSet
from coop.wool.models import Colour, Custody, PurchaseTrip, WoolLot, Yarn
from ledger.bank.models import BankLine, Statement, Upload
from ledger.cash.models import Advance, Box, Count, HandingOver, PayDay
from ledger.models import Account, Closing, Grant, JournalEntry, Payment, Posting
from ledger.queries import next_last_days
from ledger.reports.statements import STATEMENTS
from orders.production.models import Assignment, WorkOrder
from orders.shop.models import Buyer, Order, Payout, Refund, ShippingRate

Example = dict[str, Any] | None
Kinds, Status, Method = Product.Kind, Order.Status, Order.Method


def _kwargs(found: Model | None, *names: str) -> Example:
    """The keyword arguments of an address, from the fields of the same name."""
    return {name: getattr(found, name) for name in names} if found else None


def _first(rows: QuerySet[Any], *names: str) -> Callable[[], Example]:
    return lambda: _kwargs(rows.all().first(), *names)


def _order(**wanted: Any) -> QuerySet[Order]:
    # The newest first; those of people before those of hotels, whose lists are long.
    return Order.objects.filter(**wanted).order_by("-kind", "-pk")


_sent = _order(status=Status.SHIPPED, kind=Order.Kind.RETAIL)
_refunded = Refund.objects.values("payment__order_id")
_ORDERS: Mapping[str, QuerySet[Order]] = {
    "placed": _order(status=Status.PLACED, method=Method.TRANSFER),
    "wallet": _order(status=Status.PLACED, method=Method.WALLET),
    "card": _order(status=Status.PLACED, method=Method.CARD),
    "expired": _order(status=Status.EXPIRED),
    "pick-up": _order(method=Method.PICK_UP).exclude(status=Status.SHIPPED),
    "confirmed": _order(status=Status.CONFIRMED, kind=Order.Kind.RETAIL),
    "ready": _order(status=Status.READY),
    "shipped": _sent.exclude(pk__in=_refunded),
    "refunded": Order.objects.filter(pk__in=_refunded).order_by("-pk"),
    "cancelled": _order(status=Status.CANCELLED),
}


def member() -> Member | None:
    """One with work on her needles, an offer, wool, and pay."""
    of_hers = Assignment.objects.filter(member=OuterRef("pk"))
    pay = Posting.objects.filter(account=OuterRef("account"))
    members = Member.objects.active().filter(user__pin_card__isnull=False)
    members = members.filter(Exists(of_hers), Exists(pay)).order_by("code")
    in_junta = members.filter(offices__until_on__isnull=True, offices__isnull=False).values("pk")
    members = members.exclude(pk__in=in_junta)
    wishes = (
        Exists(of_hers.filter(status=Assignment.Status.OFFERED)),
        Exists(of_hers.filter(status=Assignment.Status.TAKEN)),
    )
    return members.filter(*wishes).first() or members.filter(wishes[0]).first() or members.first()


def _assignment(status: str) -> Callable[[], Example]:
    def find() -> Example:
        hers = Assignment.objects.filter(member=member(), status=status)
        return _kwargs(hers.order_by("pk").first(), "pk")

    return find


def _entry_of_member() -> Example:
    one = member()
    account = one.account if one else None
    entries = JournalEntry.objects.filter(
        postings__account=account, kind=JournalEntry.Kind.PIECE_PASSED
    )
    return _kwargs(entries.order_by("-pk").first(), "pk") if account else None


def _sealed_entry() -> Example:
    one = member()
    account = one.account if one else None
    entries = JournalEntry.objects.filter(postings__account=account).exclude(number=None)
    return _kwargs(entries.order_by("-pk").first(), "pk") if account else None


def _path_of(model: type[Page]) -> Callable[[], Example]:
    def find() -> Example:
        language = translation.get_language()
        page = model.objects.live().filter(locale__language_code=language).first()
        return {"path": page.url} if page else None

    return find


def _category() -> Example:
    found = Category.objects.filter(products__is_listed=True).order_by("pk").last()
    return {"?": f"category={found.slug}"} if found else None


def _code() -> Example:
    return _kwargs(member(), "code")


def _report(key: str) -> Callable[[], Example]:
    return lambda: {"key": key}


def _month_over() -> Example:
    """The first month that can be closed now."""
    days = next_last_days(most=1)
    return {"until": days[0].isoformat()} if days else None


def _owed() -> Example:
    one = member()
    return _kwargs(one.account if one else None, "code")


def _gone() -> Example:
    """A one-of-a-kind that has found its owner."""
    there = Piece.objects.free().filter(variant__product=OuterRef("pk"))
    unique = Product.objects.listed().filter(kind=Kinds.UNIQUE)
    return _kwargs(unique.exclude(Exists(there)).first(), "slug")


def _unique() -> Example:
    there = Piece.objects.free().filter(variant__product=OuterRef("pk"))
    unique = Product.objects.listed().filter(kind=Kinds.UNIQUE)
    return _kwargs(unique.filter(Exists(there)).first(), "slug")


def _snippet(model: type[Model]) -> Callable[[], Example]:
    return lambda: _kwargs(model._default_manager.order_by("pk").first(), "pk")  # noqa: SLF001


def _bank_line(*, of_it_open: bool) -> Callable[[], Example]:
    """A line of the newest statement that leaves us, if there is one; matched, or not."""

    def find() -> Example:
        rows = BankLine.objects.standing().still_open().values("pk")
        lines = BankLine.objects.standing().order_by("amount_minor")
        chosen = lines.filter(pk__in=rows) if of_it_open else lines.exclude(pk__in=rows)
        line = chosen.first()
        if line is None:
            return None
        return {"number": line.mentions.all()[0].statement.number, "pk": line.pk}

    return find


_stock = Product.objects.listed().filter(kind=Kinds.STOCK).order_by("pk")
EXAMPLES: Mapping[str, Callable[[], Example]] = {
    "category": _category,
    "product": _first(_stock, "slug"),
    "product-to-order": _first(Product.objects.listed().filter(kind=Kinds.TO_ORDER), "slug"),
    "product-unique": _unique,
    "product-gone": _gone,
    "text-page": _path_of(TextPage),
    "nowhere": lambda: {"token": "x" * 40},
    "piece": _first(Piece.objects.exclude(tag=None).exclude(tag="").order_by("pk"), "tag"),
    "no-piece": lambda: {"tag": "NO-SUCH-TAG"},
    "bad-reset": lambda: {"uidb36": "1", "key": "not-a-key"},
    "bad-key": lambda: {"key": "not-a-key"},
    **{f"order-{name}": _first(rows, "token") for name, rows in _ORDERS.items()},
    **{f"number-{name}": _first(rows, "number") for name, rows in _ORDERS.items()},
    # Members
    "language": lambda: {"language": translation.get_language()},
    "pin-card": _first(PinCard.objects.order_by("-pk"), "pk"),
    "offer": _assignment(Assignment.Status.OFFERED),
    "assignment": _assignment(Assignment.Status.TAKEN),
    "entry-of-member": _entry_of_member,
    "sealed-entry": _sealed_entry,
    "entry-with-paper": _first(JournalEntry.objects.filter(vouchers__words__is_open=True), "pk"),
    "to-sign": _first(Payment.objects.waiting().filter(status=Payment.Status.REQUESTED), "pk"),
    # The office
    "template": lambda: {"key": "paid_transport"},
    "hotel-paid": lambda: {"key": "hotel_paid"},
    "grant": _first(Grant.objects.all(), "code"),
    "closing": _first(Closing.objects.all(), "pk"),
    "month-over": _month_over,
    "payout": _first(Payout.objects.all(), "pk"),
    "work-order": _first(WorkOrder.objects.order_by("-pk"), "pk"),
    "lot": _first(WoolLot.objects.order_by("pk"), "pk"),
    "holder": lambda: _kwargs(
        Member.objects.filter(pk__in=Custody.objects.values("member")).first(), "code"
    ),
    "trip": _first(PurchaseTrip.objects.order_by("-pk"), "pk"),
    "member": _code,
    "owed": _owed,
    "rule-set": _first(RuleSet.objects.all(), "pk"),
    "account": _first(Account.objects.filter(role="bank"), "code"),
    **{f"report-{key}": _report(key) for key in STATEMENTS},
    "entry": _first(JournalEntry.objects.order_by("-pk"), "pk"),
    "advance": _first(Advance.objects.order_by("-pk"), "pk"),
    "pay-day": _first(PayDay.objects.all(), "pk"),
    "box": _first(Box.objects.all(), "pk"),
    "count": _first(Count.objects.order_by("-pk"), "pk"),
    "handing": _first(HandingOver.objects.filter(end=None).order_by("-pk"), "pk"),
    "called-off": _first(HandingOver.objects.exclude(end=None).order_by("-pk"), "pk"),
    "count-called-off": _first(Count.objects.exclude(handing_over__end=None).order_by("-pk"), "pk"),
    "this-month": lambda: {"?": f"month={today():%Y-%m}"},
    "count-of-before": _first(
        Count.objects.filter(agreement__isnull=False, handing_over=None).order_by("-pk"), "pk"
    ),
    "to-hand-over": _first(
        Payment.objects.filter(status=Payment.Status.SIGNED, from_account__box=None), "pk"
    ),
    "to-hand-over-cash": _first(
        Payment.objects.filter(status=Payment.Status.SIGNED).exclude(from_account__box=None), "pk"
    ),
    "payment": _first(Payment.objects.waiting(), "pk"),
    "statement": _first(Statement.objects.standing(), "number"),
    "bank-line": _bank_line(of_it_open=True),
    "bank-line-done": _bank_line(of_it_open=False),
    "bank-columns": _first(Upload.objects.order_by("-pk"), "pk"),
    "home-page": lambda: {"page_id": HomePage.objects.order_by("pk").values_list("pk")[0][0]},
    "catalog_product": _snippet(Product),
    "catalog_design": _snippet(Design),
    "catalog_category": _snippet(Category),
    "members_settlement": _snippet(Settlement),
    "quotas_technique": _snippet(Technique),
    "shop_buyer": _snippet(Buyer),
    "shop_shippingrate": _snippet(ShippingRate),
    "wool_colour": _snippet(Colour),
    "wool_yarn": _snippet(Yarn),
}
