"""The demo cooperative from its first day until today, by calling the services."""

from collections import Counter as Tally
from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction

from catalog.models import Product, Variant
from coop.demo.bank import bring_statement
from coop.demo.catalogue import build_catalogue
from coop.demo.closing import Ledger
from coop.demo.money import Treasury
from coop.demo.people import (
    People,
    gather_people,
    months_ahead,
    offer_a_month,
    open_hotel,
    set_skills,
)
from coop.demo.shop import TASTES, Counter, write_rates
from coop.demo.story import Scale, Story, last_of_month
from coop.demo.table import lay_the_table
from coop.demo.wool import Grams, Storeroom, sheet_of
from coop.demo.work import Workshop, stocked_variants
from coop.kit.days import month_of
from ledger.services import install_chart
from orders.shop.services import quietly

#: About how many of each puppet the hotel takes, one month with another.
HOTEL_PIECES_A_MONTH = 4
#: Called with the month that is done, how many of how many.
Progress = Callable[[date, int, int], None]

#: The one-of-a-kind pieces: knitted from this day of the story on, and sold after so many days
#: more; the first is the one in the window today.
UNIQUES = {"CHAL-NOCHE": (2, None), "CHAL-COSECHA": (40, 60), "CHAL-HELADA": (150, 75)}
#: In a story of one month the second is knitted at once, and sold as soon as it can be.
UNIQUES_OF_A_MONTH = {"CHAL-NOCHE": (3, None), "CHAL-COSECHA": (1, 25)}


def build(*, scale: Scale, today: date, progress: Progress) -> People:
    """Build everything; nobody gets mail about the past. Returns who is who, with log-ins."""
    story = Story.until(today, scale)
    with quietly():
        with transaction.atomic():
            house = _found(story)
        months = sorted({month_of(day) for day in story.days()})
        for number, month in enumerate(months, start=1):
            with transaction.atomic():
                _live(story, house, month)
            progress(month, number, len(months))
        with transaction.atomic():
            lay_the_table(story, house.workshop, house.counter, house.treasury)
            bring_statement(story, house.treasury)
            house.ledger.ask_for_last_month()
    return house.people


class _House:
    """The four who act: treasury, storeroom, workshop, counter."""

    def __init__(self, story: Story) -> None:
        self.people = gather_people(story)
        catalogue = build_catalogue(
            products=story.scale.products, actor=self.people.secretary, on=story.first_day
        )
        set_skills(self.people, catalogue.techniques, on=story.first_day)
        self.variants = list(
            Variant.objects.select_related("product__category", "design__technique").order_by("pk")
        )
        self.treasury = Treasury(story, self.people)
        self.ledger = Ledger(story, self.treasury)
        self.storeroom = Storeroom(
            story, self.people, catalogue, self.treasury, _monthly_wool(self.variants, story)
        )
        self.workshop = Workshop(
            story, self.people, self.storeroom, stocked_variants(self.variants)
        )
        self.counter = Counter(
            story, self.people, self.variants, open_hotel(self.people), write_rates()
        )


def _found(story: Story) -> _House:
    """The first day: the books, the people, what they knit, what lies in the cash box."""
    install_chart()
    house = _House(story)
    house.treasury.open_books(story.first_day)
    house.treasury.collect_shares(story.first_day)
    house.treasury.cash.plan_advance()
    for month in [month_of(story.first_day), *months_ahead(story.first_day, 2)]:
        offer_a_month(house.people, month, story, on=story.first_day)
    house.storeroom.plan_trips()
    house.counter.plan_orders()
    house.counter.plan_hotel()
    _plan_uniques(story, house)
    return house


def _plan_uniques(story: Story, house: _House) -> None:
    by_sku = {one.sku: one for one in house.variants if one.product.kind == Product.Kind.UNIQUE}
    chosen = UNIQUES if story.scale.months > 1 else UNIQUES_OF_A_MONTH
    for sku, (begins, sold_after) in chosen.items():
        variant = by_sku.get(sku)
        if variant is None:
            continue
        day = story.first_day + timedelta(days=begins)
        story.calendar.put(day, _knit_one(house, variant))
        if sold_after:
            story.calendar.put(day + timedelta(days=sold_after), _sell_one(house, variant))


def _knit_one(house: _House, variant: Variant) -> Callable[[date], None]:
    return lambda day: house.workshop.knit_one_of_a_kind(variant, day)


def _sell_one(house: _House, variant: Variant) -> Callable[[date], None]:
    return lambda day: house.counter.sell_unique(variant, day)


def _live(story: Story, house: _House, month: date) -> None:
    """Everything of one month, day by day."""
    first = max(month, story.first_day)
    last = min(last_of_month(month), story.today)
    if month > month_of(story.first_day):
        offer_a_month(house.people, months_ahead(month, 2)[-1], story, on=first)
    house.treasury.plan_month(month)
    house.ledger.plan_month(month)
    house.treasury.write_rates(first)
    day = first
    while day <= last:
        if day.weekday() == 0:
            house.workshop.plan_week(day)
            house.counter.plan_week(day)
        story.calendar.live(day)
        day += timedelta(days=1)


def _monthly_wool(variants: list[Variant], story: Story) -> Grams:
    """About what is used in a month: what the shop's customers take, and the hotel's puppets."""
    months = story.scale.months
    baskets = story.scale.orders * 1.8 / months
    liking = sum(taste for taste, _most in TASTES.values())
    in_category = Tally(one.product.category.slug for one in variants)
    monthly: Grams = Grams()
    for one in variants:
        slug = one.product.category.slug
        taste, most = TASTES[slug]
        pieces = baskets * taste / liking * (most + 1) / 2 / in_category[slug]
        if slug == "finger-puppets":
            pieces += HOTEL_PIECES_A_MONTH * story.scale.members / 30
        for key, grams in sheet_of(one).items():
            monthly[key] += int(grams * (pieces + 0.15)) + 1
    return monthly
