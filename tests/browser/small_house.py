"""A small cooperative with prices that can be added up in one's head, built by the services."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.test import override_settings
from djmoney.money import Money

from catalog.models import Category, Piece, Product, Variant
from catalog.services import (
    WoolNeed,
    create_category,
    create_design,
    create_product,
    create_variant,
)
from cms.services import House, build_site
from coop.kit import days
from coop.kit.days import month_of, next_month
from coop.members.models import Member, Office, Settlement
from coop.members.services import appoint, enrol_member
from coop.people import roles
from coop.people.models import User
from coop.people.services import give_pin_card, make_account, serve_real_cooperative
from coop.quotas.models import Technique
from coop.quotas.services import offer_hours, set_skill
from coop.rules.services import adopt_shipped_set
from coop.wool.models import Colour, Yarn
from coop.wool.services import Need, advance_for_trip, buy_lot, issue_needs, return_rest
from ledger.models import JournalEntry
from ledger.queries import account
from ledger.reports.decisions import Total
from ledger.reports.models import Decision
from ledger.reports.services import write_decision
from ledger.services import (
    credit,
    debit,
    install_chart,
    pay_payment,
    post_entry,
    sign_payment,
)
from orders.production.planning import Share
from orders.production.services import assign, deliver, open_work, pass_piece, take_on
from orders.shop.models import ShippingRate
from orders.shop.services import open_buyer, quietly
from tests.factories.people import a_password_is_enough

Post = Office.Post

PASSWORD = "nine-llamas-cross-the-lake"
PIN = "4827"
# The running house has the hashers of production, the tests have quick ones.
PRODUCTION_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

PUPPETS = [
    "LLAMA",
    "ZORRO",
    "CONDOR",
    "PARIHUANA",
    "CUY",
    "VIZCACHA",
    "PUMA",
    "BUHO",
    "OSO",
    "PICAFLOR",
    "TEJEDORA",
    "BALSERO",
]
MOTIFS = [
    "llamas",
    "zorro",
    "condor",
    "pajaro",
    "surcos",
    "cerros",
    "luna",
    "estrella",
    "ojo",
    "flor",
    "manos",
    "totora",
]


def soles(amount: str) -> Money:
    """`amount` in the books' currency."""
    return Money(amount, "PEN")


@dataclass
class SmallHouse:
    """Who is in it, and what it knits."""

    day: date
    users: dict[str, User] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    yarn: Yarn = field(init=False)
    colours: dict[str, Colour] = field(default_factory=dict)
    techniques: dict[str, Technique] = field(default_factory=dict)
    shelf: Category = field(init=False)

    def user(self, role: str) -> User:
        """Who holds a role."""
        return self.users[role]


def build_small_house() -> SmallHouse:
    """Four of the Junta, a storekeeper, a checker, four knitters; wool, and one shawl in store."""
    house = SmallHouse(day=days.today())
    with override_settings(PASSWORD_HASHERS=PRODUCTION_HASHERS), quietly():
        install_chart()
        _people(house)
        serve_real_cooperative()
        build_site(house=House(name="Tejedoras del ensayo", email="hola@ensayo.example"))
        _open_books(house)
        _catalogue(house)
        _wool(house)
        _shawl(house)
        ShippingRate.objects.create(
            key="peru", name_es="Envío en el Perú", name_en="Delivery in Peru", amount_minor=1400
        )
    return house


# People ------------------------------------------------------------------------------------
def _people(house: SmallHouse) -> None:
    posts = [Post.PRESIDENT, Post.SECRETARY, Post.TREASURER, Post.STOREKEEPER, Post.CHECKER]
    codes = {f"J-{number:02}": post for number, post in enumerate(posts, start=1)}
    for code, post in codes.items():
        house.users[post] = make_account(
            name=f"Señora {post.label}",
            email=f"{post.value}@ensayo.example",
            password=PASSWORD,
            language="en",
        )
        house.members[code] = _enrol(house, code, house.users[post])
    for code, post in codes.items():
        appoint(
            member=house.members[code],
            post=post,
            from_on=house.day,
            actor=house.user(Post.SECRETARY),
        )
    for number in range(1, 5):
        code = f"T-{number:02}"
        user = make_account(name=f"Tejedora {number}", email=None, password=None)
        house.members[code] = _enrol(house, code, user)
    give_pin_card(user=house.members["T-01"].user, motif="estrella", colour="cochineal", pin=PIN)
    hotel = make_account(
        name="Compras", email="hotel@ensayo.example", password=PASSWORD, language="en"
    )
    house.users[roles.BUYER] = hotel
    open_buyer(name="Hotel del ensayo", user=hotel, terms_days=30, address="Puno")
    # What an app or a passkey asks is walked in test_second_step; here all come in by password.
    a_password_is_enough(house.user(Post.PRESIDENT))


def _enrol(house: SmallHouse, code: str, user: User) -> Member:
    place = Settlement.objects.get_or_create(name="Orilla Chica", centre="Titilaca")[0]
    rules = adopt_shipped_set(
        valid_from=house.day - timedelta(days=60), decision="Asamblea", actor=user, on=house.day
    )
    return enrol_member(
        code=code,
        name=str(user),
        settlement=place,
        kind=Member.Kind.FULL,
        joined_on=house.day,
        user=user,
        rule_set=rules,
        actor=user,
    )


def _open_books(house: SmallHouse) -> None:
    """2,000.00 in the bank and 100.00 in the cash box."""
    post_entry(
        day=house.day,
        kind=JournalEntry.Kind.OPENING,
        memo="",
        lines=[
            debit(account("bank"), soles("2000.00")),
            debit(account("cash"), soles("100.00")),
            credit(account("opening_equity"), soles("2100.00")),
        ],
        reference="opening",
        created_by=house.user(Post.TREASURER),
    )
    write_decision(
        subject=Decision.Subject.PUBLIC_TOTALS,
        chosen=Total.values,
        day=house.day,
        words="Everybody may read all totals.",
        acta="1",
        actor=house.user(Post.TREASURER),
    )


# What is knitted ---------------------------------------------------------------------------
def _catalogue(house: SmallHouse) -> None:
    house.yarn = Yarn.objects.create(key="alpaca", name_es="Alpaca", name_en="Alpaca")
    for key, name_es, name_en, look in (
        ("cochineal", "cochinilla", "cochineal", "#9C1A3A"),
        ("cream", "crema", "cream", "#EFE3CC"),
        ("indigo", "índigo", "indigo", "#22386A"),
    ):
        house.colours[key] = Colour.objects.create(
            key=key, name_es=name_es, name_en=name_en, hex=look
        )
    for key in ("puppets", "hats", "shawls"):
        house.techniques[key] = Technique.objects.create(key=key, name_es=key, name_en=key)
    house.shelf = create_category(slug="all", name_es="Todo", name_en="Everything")
    for code, motif in zip(PUPPETS, MOTIFS, strict=True):
        _sell(house, code, "puppets", {"cochineal": 7, "cream": 3}, motif=motif)
    chullo = {"technique": "hats", "wool": {"cochineal": 60, "cream": 40}, "kind": "to_order"}
    _sell(house, "CHULLO", sizes=("S", "M"), dyes=("cochineal", "indigo"), **chullo)
    _sell(house, "SHAWL", "shawls", {"indigo": 200}, kind=Product.Kind.UNIQUE, motif="luna")
    _skills(house)


#: Minutes, pay, price and wholesale price of one piece.
SHEETS = {
    "puppets": (30, "7.90", "18.00", "13.50"),
    "hats": (600, "69.00", "128.00", "102.00"),
    "shawls": (1200, "275.00", "480.00", None),
}


def _sell(
    house: SmallHouse,
    code: str,
    technique: str,
    wool: dict[str, int],
    *,
    kind: str = Product.Kind.STOCK,
    sizes: tuple[str, ...] = ("",),
    dyes: tuple[str, ...] = ("",),
    motif: str = "andenes",
) -> None:
    minutes, rate, price, wholesale = SHEETS[technique]
    actor = house.user(Post.PRESIDENT)
    name = code.capitalize()
    product = create_product(
        slug=code.lower(), category=house.shelf, kind=kind, name_es=name, name_en=name
    )
    for size in sizes:
        for dye in dyes:
            sku = "-".join(part for part in (code, size, dye.upper()) if part)
            design = create_design(
                code=sku,
                name_es=name,
                name_en=name,
                technique=house.techniques[technique],
                minutes=minutes,
                rate=soles(rate),
                motif=motif,
                wool=[WoolNeed(house.yarn, house.colours[key], g) for key, g in wool.items()],
                actor=actor,
            )
            create_variant(
                sku=sku,
                product=product,
                design=design,
                price=soles(price),
                wholesale_price=soles(wholesale) if wholesale else None,
                size=size,
                colour=house.colours.get(dye),
                actor=actor,
            )


def _skills(house: SmallHouse) -> None:
    """All four make puppets; T-01 alone makes hats, T-02 alone shawls."""
    actor = house.user(Post.SECRETARY)
    known = {"T-01": ("puppets", "hats"), "T-02": ("puppets", "shawls")}
    for code in ("T-01", "T-02", "T-03", "T-04"):
        member = house.members[code]
        for key in known.get(code, ("puppets",)):
            set_skill(member=member, technique=house.techniques[key], level=2, actor=actor)
        month = month_of(house.day)
        for _number in range(4):
            offer_hours(member=member, month=month, minutes=100 * 60, actor=actor)
            month = next_month(month)


# Wool --------------------------------------------------------------------------------------
def _wool(house: SmallHouse) -> None:
    """300.00 go to Arequipa: 260.00 of wool come back, and 40.00 into the cash box."""
    treasurer = house.user(Post.TREASURER)
    trip = advance_for_trip(
        carrier=house.members["T-03"],
        amount=soles("300.00"),
        due_on=house.day + timedelta(days=10),
        actor=treasurer,
        destination="Arequipa",
        from_account=account("bank"),
    )
    for signer in (house.user(Post.PRESIDENT), house.user(Post.SECRETARY)):
        sign_payment(payment=trip.payment, signer=signer)
    pay_payment(payment=trip.payment, actor=treasurer)
    for key, grams, cost in (
        ("cochineal", 1000, "110.00"),
        ("cream", 1000, "90.00"),
        ("indigo", 500, "60.00"),
    ):
        buy_lot(
            trip=trip,
            yarn=house.yarn,
            colour=house.colours[key],
            grams=grams,
            cost=soles(cost),
            supplier="Hilandería",
            actor=house.user(Post.STOREKEEPER),
            reference=f"lot:{key}",
        )
    return_rest(trip=trip, amount=soles("40.00"), actor=treasurer)


def _shawl(house: SmallHouse) -> Piece:
    """T-02 has knitted the one shawl: 275.00 of pay and 200 g of indigo, 24.00."""
    variant = Variant.objects.get(sku="SHAWL")
    maker, storekeeper = house.members["T-02"], house.user(Post.STOREKEEPER)
    order = open_work(
        variant=variant,
        quantity=1,
        due_on=house.day,
        reference="stock:shawl",
        actor=house.user(Post.SECRETARY),
    )
    share = Share(order.pk, maker.pk, month_of(house.day), 1, 1200, house.day)
    [assignment] = assign(plan=[share], actor=house.user(Post.SECRETARY))
    take_on(assignment=assignment, actor=maker.user)
    issue_needs(
        member=maker,
        needs=[Need(house.yarn, house.colours["indigo"], 200)],
        actor=storekeeper,
        reference="wool:shawl",
    )
    [piece] = deliver(assignment=assignment, quantity=1, actor=storekeeper)
    return pass_piece(piece=piece, checker=house.user(Post.CHECKER))
