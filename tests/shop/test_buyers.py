"""A buyer's account made or handed on in the office: the role goes with it."""

from coop.people import roles
from coop.people.models import User
from orders.shop.models import Buyer
from tests.factories.office import browser_of
from tests.factories.shop import Shop

BUYERS = "/office/snippets/shop/buyer"


def is_buyer(user: User) -> bool:
    return user.groups.filter(name=roles.BUYER).exists()


def values(user: User) -> dict[str, str]:
    return {"name": "Hotel", "user": str(user.pk), "terms_days": "30", "address": "Plaza 1, Puno"}


def test_a_buyer_made_on_the_offices_page_gets_the_role(shop: Shop) -> None:
    hugo = shop.person("Hugo")

    sent = browser_of(shop.president).post(f"{BUYERS}/add/", values(hugo))

    assert sent.status_code == 302
    assert Buyer.objects.get().user == hugo
    assert is_buyer(hugo)


def test_an_account_that_is_handed_on_takes_the_role_along(shop: Shop) -> None:
    buyer, hilda = shop.buyer("Hotel"), shop.person("Hilda")
    before = buyer.user

    sent = browser_of(shop.president).post(f"{BUYERS}/edit/{buyer.pk}/", values(hilda))

    assert sent.status_code == 302
    assert (is_buyer(before), is_buyer(hilda)) == (False, True)


def test_an_account_whose_terms_change_stays_with_its_buyer(shop: Shop) -> None:
    buyer = shop.buyer("Hotel")
    change = {**values(buyer.user), "terms_days": "60"}

    browser_of(shop.president).post(f"{BUYERS}/edit/{buyer.pk}/", change)

    buyer.refresh_from_db()
    assert buyer.terms_days == 60
    assert is_buyer(buyer.user)
