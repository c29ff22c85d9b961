"""What is far too large is refused by its announced size, and nothing of it is kept."""

from io import RawIOBase

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from ledger.bank.models import Statement, Upload
from ledger.models import JournalEntry
from tests.factories.ledger import Books
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db


class Unread(RawIOBase):
    """A body that nobody may read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("it was read")

    def readable(self) -> bool:
        return True


class Endless(RawIOBase):
    """A body as long as it is told, of which only the length read is counted."""

    def __init__(self) -> None:
        self.given = self.largest = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "all of it at once"
        self.given += size
        self.largest = max(self.largest, size)
        return bytes(size)

    def readable(self) -> bool:
        return True


def send(client: Client, path: str, size: str, body: RawIOBase | None = None):
    return client.generic(
        "POST",
        path,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=size,
        HTTP_ACCEPT="text/html",
        **{"wsgi.input": body or Unread()},
    )


@pytest.mark.parametrize(("megabytes", "heard"), [(67, True), (200, True), (900, False)])
def test_a_statement_far_too_large_is_refused_in_a_sentence(
    new_books: Books, megabytes: int, heard: bool
):
    """A browser listens only after it has sent all: what it sends goes by in small pieces. What
    nobody would send by mistake is not heard out.
    """
    body = Endless()
    new_books.treasurer.language = "en"
    new_books.treasurer.save()
    client = sign_in(new_books.treasurer)
    client.handler.enforce_csrf_checks = True

    answer = send(client, reverse("bank_office:import"), f"{megabytes}000000", body)

    assert f"has {megabytes} MB; the house takes 60 MB at most" in answer.content.decode()
    assert body.given == (megabytes * 1_000_000 if heard else 0)
    assert body.largest < 100_000
    assert not Statement.objects.exists()
    assert not Upload.objects.exists()
    assert not JournalEntry.objects.exists()


def test_programs_are_told_by_the_status(client: Client):
    answer = client.generic(
        "POST", "/stripe/webhook/", CONTENT_LENGTH="200000000", **{"wsgi.input": Unread()}
    )

    assert answer.status_code == 413


@override_settings(MOST_SENT=100)
def test_what_fits_goes_on(client: Client):
    assert client.post("/stripe/webhook/", {"a": "b"}).status_code != 413
    assert client.post("/stripe/webhook/", {"a": "b" * 200}).status_code == 413


@pytest.mark.parametrize("told", ["", "-5", "many", "１００００００００"])
def test_a_size_that_makes_no_sense_is_not_taken_for_one(client: Client, told: str):
    """Whoever reads the body decides: the server reads no more than it was told."""
    answer = client.generic("POST", "/stripe/webhook/", CONTENT_LENGTH=told)

    assert answer.status_code != 413
