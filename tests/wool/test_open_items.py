"""Whose hands a trip's money is in, as of any day, and where else advances are told."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from coop.wool.open_items import trips
from coop.wool.services import return_rest
from ledger.queries import account
from tests.factories.ledger import DAY, person, soles
from tests.factories.wool import Store

pytestmark = pytest.mark.django_db


def told(day: date) -> list[Money]:
    return [one.amount for one in trips(account("trip_advances"), day)]


def test_a_trips_money_is_told_as_of_any_day():
    """S/ 500 out; lots of 100 on the third day and of 250 on the sixth; the rest on the eighth."""
    store = Store("500.00")
    store.lot(cost="100.00", on=DAY + timedelta(days=3))
    store.lot(cost="250.00", on=DAY + timedelta(days=6))
    return_rest(
        trip=store.trip, amount=soles("150"), actor=store.keeper, on=DAY + timedelta(days=8)
    )
    left = [told(DAY + timedelta(days=one)) for one in (-1, 0, 3, 7, 8)]
    assert left == [[], [soles("500")], [soles("400")], [soles("150")], []]


def test_what_came_back_settles_the_trip_that_brought_it_back():
    """Of two trips of one carrier the second brings S/ 300 back; the first is all still out."""
    store = Store("500.00")
    second = store.send("300.00")
    return_rest(trip=second, amount=soles("300"), actor=store.keeper, on=DAY + timedelta(days=1))
    assert told(DAY) == [soles("500"), soles("300")]
    assert told(DAY + timedelta(days=1)) == [soles("500")]


def test_advances_name_the_trips_with_a_link(client: Client):
    store = Store("500.00")
    client.force_login(person("Tomasa", "treasurer"))
    page = client.get(reverse("cash_office:advances")).content.decode()
    assert reverse("wool_office:trip", args=[store.trip.pk]) in page
    assert "Julia Pari" in page
    assert "500.00" in page
