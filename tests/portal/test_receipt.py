"""A member reaches the receipt of her own entries, and nobody else's."""

from django.utils import translation

from coop.kit.money import format_money
from coop.portal.queries import pieces_of
from ledger.models import JournalEntry
from ledger.paper import told_to_her
from ledger.receipts import check_receipt, read_receipt
from ledger.services import gather_block
from tests.factories.ledger import soles
from tests.factories.members import member as a_member
from tests.portal.test_pay import earn, pay


def test_she_takes_her_own_receipt_once_it_is_sealed(workshop, phone):
    earn(workshop)
    entry = JournalEntry.objects.filter(kind="piece_passed").latest("pk")
    hers = phone(workshop.rosa.user)
    early = hers.get(f"/m/earnings/{entry.pk}/").content.decode()
    assert "receipt.pdf" not in early
    assert early.count("Tu recibo estará listo pronto") >= 2, "it is written, and spoken"
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


def test_back_leads_a_stranger_to_the_open_book_and_her_to_her_screens(workshop, phone, client):
    stranger = client.get("/m/check/es/").content.decode()
    assert 'class="back" href="/es/open-book/"' in stranger
    kept = client.get("/m/check/es/", HTTP_SEC_FETCH_MODE="cors").content.decode()
    hers = phone(workshop.rosa.user).get("/m/check/es/").content.decode()
    assert 'class="back" href="/m/"' in hers
    assert kept == hers


def test_her_paper_says_in_her_language_whose_it_is_and_what_for(workshop):
    """It is hers, and is read by those who know no account."""
    earn(workshop)
    entry = JournalEntry.objects.filter(kind="piece_passed").latest("pk")
    design = entry_piece(entry).variant.design
    with translation.override("es"):
        told = told_to_her(entry, workshop.rosa.account)
        what = design.name[:1].lower() + design.name[1:]
        assert told.sentence == f"Ganaste {format_money(soles('8.00'))} por 1 {what}"
        paid = told_to_her(pay(workshop, "8.00"), workshop.rosa.account)
    assert told.name == paid.name == str(workshop.rosa.user)
    assert paid.sentence == f"Te pagaron {format_money(soles('8.00'))}"


def entry_piece(entry: JournalEntry):
    return pieces_of([entry])[entry.pk]
