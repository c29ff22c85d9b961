"""The open book: totals for everybody, entries for members, names only where they may be read."""

import re

import pytest
from django.test import Client

from coop.people import roles
from coop.people.services import give_role, make_account
from ledger.services import gather_block
from tests.cms.html import Page as Html
from tests.factories.ledger import Books

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(new_books: Books) -> Books:
    """150.00 in the box, Rosa earned 40.00 and was paid 25.00."""
    books = new_books
    books.put_in_cash("150.00")
    books.earned("40.00")
    books.pay("25.00")
    books.publish()
    return books


def logged_in(role: str) -> Client:
    user = make_account(name="Reader", email="reader@example.org", password=None)
    give_role(user=user, role=role)
    client = Client()
    client.force_login(user, backend="coop.people.backends.EmailBackend")
    return client


def text_of(client: Client, path: str = "/en/open-book/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    html = response.content.decode()
    assert Html(html).problems == []
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def test_everybody_reads_the_totals(client, books):
    text = text_of(client)

    assert "Money in the house today S/ 125.00" in text
    assert "To those who knit S/ 15.00" in text
    assert "S/ 150.00 came in and S/ 25.00 went out" in text


def test_the_public_reads_no_entry_and_no_name(client, books):
    text = text_of(client)

    assert "Every entry" not in text
    assert "Rosa" not in text
    assert "was paid" not in text


def test_a_member_reads_every_entry_without_names(books):
    text = text_of(logged_in(roles.MEMBER))

    assert "Every entry" in text
    assert "A member was paid S/ 25.00." in text
    assert "Rosa" not in text


def test_the_junta_reads_names(books):
    assert "Rosa was paid S/ 25.00." in text_of(logged_in(roles.TREASURER))


def test_a_customer_reads_no_entry(books):
    assert "Every entry" not in text_of(logged_in(roles.BUYER))


def test_an_empty_book_says_so(client):
    Books().publish()

    assert "Nothing yet." in text_of(client)


def test_the_book_is_read_in_spanish_too(client, books):
    assert Html(client.get("/es/open-book/").content.decode()).lang == "es"


@pytest.mark.parametrize("times", [1, 3])
def test_entries_cost_the_same_however_many(times, django_assert_num_queries):
    books = Books()
    for _number in range(times):
        books.put_in_cash("10.00")
    client = logged_in(roles.MEMBER)
    client.get("/en/open-book/")

    with django_assert_num_queries(ENTRY_QUERIES):
        client.get("/en/open-book/")


# Four of them for where the money is and who holds it, three for how the pay of others is read
# and who decided that.
ENTRY_QUERIES = 24


def test_the_book_says_up_to_which_entry_it_is_sealed(client, books):
    assert "sealed up to" not in text_of(client)

    last = gather_block().last_number

    assert f"The book is sealed up to entry {last}." in text_of(client)
