"""A member reaches the receipt of her own entries, and nobody else's."""

from ledger.models import JournalEntry
from ledger.receipts import check_receipt, read_receipt
from ledger.services import gather_block
from tests.factories.members import member as a_member
from tests.portal.test_pay import earn, pay


def test_she_takes_her_own_receipt_once_it_is_sealed(workshop, phone):
    earn(workshop)
    entry = JournalEntry.objects.filter(kind="piece_passed").latest("pk")
    hers = phone(workshop.rosa.user)
    assert "receipt" not in hers.get(f"/m/earnings/{entry.pk}/").content.decode()
    assert hers.get(f"/m/earnings/{entry.pk}/receipt.json").status_code == 404
    gather_block()

    page = hers.get(f"/m/earnings/{entry.pk}/").content.decode()
    for way in (f"/m/earnings/{entry.pk}/receipt.pdf", f"/m/earnings/{entry.pk}/receipt.json"):
        assert f'href="{way}"' in page
    assert 'href="/m/check/es/"' in page
    answer = hers.get(f"/m/earnings/{entry.pk}/receipt.json")
    assert "no-store" in answer["Cache-Control"]
    proven = check_receipt(read_receipt(answer.content.decode()))
    assert proven.entry["reference"] == entry.reference


def test_not_that_of_another_woman(workshop, phone):
    earn(workshop)
    entry = JournalEntry.objects.filter(kind="piece_passed").latest("pk")
    gather_block()
    other = phone(a_member(code="T-77", name="Otra").user)
    for name in ("receipt.json", "receipt.pdf"):
        assert other.get(f"/m/earnings/{entry.pk}/{name}").status_code in {302, 403, 404}


def test_from_what_she_was_paid_it_is_two_touches(workshop, phone):
    """The list leads to the payment, and there all three stand open, not folded away."""
    entry = pay_after_earning(workshop)
    gather_block()
    hers = phone(workshop.rosa.user)

    assert f'href="/m/earnings/{entry.pk}/"' in hers.get("/m/earnings/").content.decode()
    page = hers.get(f"/m/earnings/{entry.pk}/").content.decode()
    outside = "".join(part.split("</details>")[-1] for part in page.split("<details"))
    for way in ("receipt.pdf", "receipt.json", "/m/check/es/"):
        assert way in outside


def pay_after_earning(workshop) -> JournalEntry:
    earn(workshop)
    return pay(workshop, "8.00")


def test_the_page_that_checks_is_for_everybody_and_says_nothing_of_her(client, db):
    for language in ("es", "en"):
        answer = client.get(f"/m/check/{language}/")
        assert answer.status_code == 200
        assert "script-src 'sha256-" in answer["Content-Security-Policy"]
    assert client.get("/m/check/qu/").status_code == 404
