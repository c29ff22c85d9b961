"""A member reaches the receipt of her own entries, and nobody else's."""

from ledger.models import JournalEntry
from ledger.receipts import check_receipt, read_receipt
from ledger.services import gather_block
from tests.factories.members import member as a_member
from tests.portal.test_pay import earn


def test_she_takes_her_own_receipt_once_it_is_sealed(workshop, phone):
    earn(workshop)
    entry = JournalEntry.objects.filter(kind="piece_passed").latest("pk")
    hers = phone(workshop.rosa.user)
    assert "receipt/" not in hers.get(f"/m/earnings/{entry.pk}/").content.decode()
    assert hers.get(f"/m/earnings/{entry.pk}/receipt.json").status_code == 404
    gather_block()

    assert (
        f"/m/earnings/{entry.pk}/receipt.pdf"
        in hers.get(f"/m/earnings/{entry.pk}/").content.decode()
    )
    page = hers.get(f"/m/earnings/{entry.pk}/receipt/").content.decode()
    assert f"/m/earnings/{entry.pk}/receipt.pdf" in page
    answer = hers.get(f"/m/earnings/{entry.pk}/receipt.json")
    assert "no-store" in answer["Cache-Control"]
    proven = check_receipt(read_receipt(answer.content.decode()))
    assert proven.entry["reference"] == entry.reference


def test_not_that_of_another_woman(workshop, phone):
    earn(workshop)
    entry = JournalEntry.objects.filter(kind="piece_passed").latest("pk")
    gather_block()
    other = phone(a_member(code="T-77", name="Otra").user)
    for name in ("receipt/", "receipt.json", "receipt.pdf"):
        assert other.get(f"/m/earnings/{entry.pk}/{name}").status_code in {302, 403, 404}
