"""Photographs of papers: added afterwards, and looked at by whom the house's rules let.

Source: design, "Who sees and does what": others' pay as the assembly decided, names erasable.
"""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from coop.kit.audit import findings
from coop.kit.pdf import can_make
from ledger import queries
from ledger.errors import PaperOfPerson, TooManyVouchers
from ledger.models import JournalEntry, Voucher, VoucherWord
from ledger.paper import make_paper
from ledger.services import add_voucher, gather_block, give_vouchers, keep_voucher, show_voucher
from ledger.services.vouchers import MOST_OF_ENTRY
from tests.factories.ledger import Books, person
from tests.ledger.behind import run
from tests.ledger.test_by_hand import photo
from tests.ledger.test_office import at, sent, shown, sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


@pytest.fixture
def treasurer(books: Books) -> Client:
    return sign_in(books.treasurer)


def rent(books: Books) -> JournalEntry:
    return books.post("rent", "supplier", "40", kind=Kind.BILL)


def looked_at(entry: JournalEntry, reader) -> int:
    """How many photographs of the entry `reader` may look at."""
    return len(queries.papers_of([entry], reader).get(entry.pk, []))


def test_a_photograph_is_added_afterwards_with_who_and_when(treasurer: Client, books: Books):
    entry = rent(books)
    assert at("add-photo", entry.pk) in shown(treasurer, "entry", entry.pk)
    for _ in range(2):
        sent(treasurer, "add-photo", entry.pk, photo=photo())
    page = shown(treasurer, "entry", entry.pk)
    first, second = Voucher.objects.order_by("pk")
    assert first.entry == second.entry == entry
    assert page.count("Tomasa") >= 2
    assert at("voucher", first.pk) in page
    assert b"SECRET" not in first.file.read()
    for sql in ("DELETE FROM ledger_voucher", "UPDATE ledger_voucher SET uploaded_by_id = NULL"):
        with pytest.raises(IntegrityError), transaction.atomic():
            run(sql)
    assert findings() == []


def test_only_who_writes_the_books_adds_one(books: Books):
    entry = rent(books)
    for user in (books.president, person("Aud", "auditor"), books.rosa):
        client = sign_in(user)
        assert client.get(at("add-photo", entry.pk)).status_code in {302, 403}
        client.post(at("add-photo", entry.pk), {"photo": photo()})
    assert not Voucher.objects.exists()


def test_what_is_no_picture_is_refused_and_an_entry_has_so_many(treasurer: Client, books: Books):
    entry = rent(books)
    page = treasurer.post(at("add-photo", entry.pk), {})
    assert list(page.context["form"].errors) == ["photo"]
    for _ in range(MOST_OF_ENTRY):
        add_voucher(entry=entry, file=photo(), actor=books.treasurer)
    with pytest.raises(TooManyVouchers):
        add_voucher(entry=entry, file=photo(), actor=books.treasurer)
    assert entry.vouchers.count() == MOST_OF_ENTRY


def test_a_member_looks_only_at_what_was_found_free_of_names(treasurer: Client, books: Books):
    entry = rent(books)
    voucher = add_voucher(entry=entry, file=photo(), actor=books.treasurer)
    assert looked_at(entry, books.rosa) == 0
    back = at("entry", entry.pk)
    answer = treasurer.post(at("show-voucher", voucher.pk), {"yes": "1", "back": back})
    assert answer.url == back
    assert looked_at(entry, books.rosa) == 1
    # What was shown by mistake is taken back; both words stay.
    treasurer.post(at("show-voucher", voucher.pk), {"no": "1", "back": "https://elsewhere.example"})
    assert looked_at(entry, books.rosa) == 0
    said = list(VoucherWord.objects.values_list("is_open", "said_by"))
    assert said == [(True, books.treasurer.pk), (False, books.treasurer.pk)]
    for sql in ("UPDATE ledger_voucherword SET is_open = NOT is_open",
                "DELETE FROM ledger_voucherword"):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            run(sql)


def test_the_same_word_twice_is_one(books: Books):
    voucher = add_voucher(entry=rent(books), file=photo(), is_open=True, actor=books.treasurer)
    show_voucher(voucher=voucher, is_open=True, actor=books.treasurer)
    assert VoucherWord.objects.count() == 1


def test_the_paper_of_her_pay_is_hers_and_nobody_elses(books: Books):
    books.put_in_cash("100")
    books.earned("60")
    entry = books.pay("20")
    other = person("Nilda", "member")
    on_entry = add_voucher(entry=entry, file=photo(), actor=books.treasurer)
    on_payment = keep_voucher(file=photo(), actor=books.treasurer)
    give_vouchers(vouchers=[on_payment], payment=entry.payment)
    for voucher in (on_entry, on_payment):
        with pytest.raises(PaperOfPerson):
            show_voucher(voucher=voucher, is_open=True, actor=books.treasurer)
        # Not even behind the application's back.
        VoucherWord.objects.create(voucher=voucher, is_open=True, said_by=books.treasurer)
    assert looked_at(entry, books.rosa) == 2
    assert looked_at(entry, other) == 0
    assert not queries.papers_for(other).exists()


# On a receipt -------------------------------------------------------------------------------
def _pictures(client: Client, address: str) -> tuple[int, int, str]:
    """Pages of a receipt on paper, how many photographs it holds, and its words."""
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    # The same photograph lies in the file once, whichever pages show it.
    jpegs = len({one.data for page in pages for one in page.images})
    return len(pages), jpegs, " ".join(" ".join(one.extract_text().split()) for one in pages)


@pytest.mark.skipif(not can_make(), reason="no pango on this machine")
def test_a_receipt_shows_the_photographs_of_its_papers(treasurer: Client, books: Books):
    books.put_in_cash("100")
    entry = rent(books)
    for _ in range(2):
        sent(treasurer, "add-photo", entry.pk, photo=photo())
    gather_block()

    pages, jpegs, words = _pictures(treasurer, at("receipt-paper", entry.pk))

    assert (pages, jpegs) == (3, 1)
    assert "Papel 1 de 2" in words
    assert f"por {books.treasurer}" in words


@pytest.mark.skipif(not can_make(), reason="no pango on this machine")
def test_a_receipt_without_papers_is_one_page_and_one_whose_file_is_gone_says_so(
    treasurer: Client, books: Books
):
    books.put_in_cash("100")
    bare, entry = rent(books), rent(books)
    sent(treasurer, "add-photo", entry.pk, photo=photo())
    gather_block()
    one = Voucher.objects.get()
    one.file.storage.delete(one.file.name)

    assert _pictures(treasurer, at("receipt-paper", bare.pk))[0] == 1
    pages, jpegs, words = _pictures(treasurer, at("receipt-paper", entry.pk))
    assert (pages, jpegs) == (2, 0)
    assert "Falta el archivo de la foto." in words


@pytest.mark.skipif(not can_make(), reason="no pango on this machine")
def test_her_own_receipt_shows_only_what_she_may_look_at(books: Books):
    """The office's photograph is told of; the one of her own payment is hers."""
    books.put_in_cash("100")
    earned = books.earned("25")
    paid = books.pay("25")
    for entry in (earned, paid):
        add_voucher(entry=entry, file=photo(), is_open=False, actor=books.treasurer)
    gather_block()

    told = {}
    for entry in (earned, paid):
        hers = queries.papers_of([entry], books.rosa).get(entry.pk, [])
        with translation.override("es"):
            pages = PdfReader(BytesIO(make_paper(entry, photos=hers))).pages
        told[entry] = (len(pages), " ".join(pages[0].extract_text().split()))
    assert told[paid][0] == 2
    assert told[earned][0] == 1
    assert "La oficina guarda la foto de su papel." in told[earned][1]
