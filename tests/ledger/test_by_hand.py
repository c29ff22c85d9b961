"""What the treasurer writes in plain words: looked at first, with the photograph of its paper."""

from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from coop.kit.audit import findings
from ledger import plain, queries
from ledger.errors import SpendsMoney
from ledger.models import Account, JournalEntry, Payment, Voucher
from ledger.services import forget_loose_vouchers, keep_voucher, write_from_template
from ledger.services.vouchers import FORGET_AFTER
from tests.factories.ledger import Books, close_period, person, soles
from tests.ledger.behind import run
from tests.ledger.test_office import at, sent, shown, sign_in

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


@pytest.fixture
def treasurer(books: Books) -> Client:
    books.put_in_cash("500")
    books.treasurer.language = "en"
    books.treasurer.save()
    return sign_in(books.treasurer)


def photo(**exif: object) -> SimpleUploadedFile:
    """A photograph as a phone takes it, with the place where it was taken."""
    content, picture = BytesIO(), Image.new("RGB", (40, 30), "#94163a")
    told = picture.getexif()
    told[0x010F] = "SECRET PHONE"
    picture.save(content, "JPEG", exif=told)
    return SimpleUploadedFile("casa de Rosa.jpg", content.getvalue(), "image/jpeg")


def values(books: Books, **changes: object) -> dict[str, object]:
    return {
        "form_key": str(uuid4()),
        "do": "write",
        "amount": "128.00",
        "place": books.account("cash").pk,
        "on": "2026-03-12",
        "words": "Minibus to Puno",
        "payee_name": "Transportes Titicaca",
    } | changes


# The templates -----------------------------------------------------------------------------------
def test_every_template_has_its_accounts_kind_and_icon(books: Books):
    icons = {one.stem for one in Path("templates/office/icons").glob("*.svg")}
    for one in plain.templates():
        assert one.kind in Kind.values, one.key
        assert set(one.roles) <= set(Account.Role.values), one.key
        assert len(one.accounts("PEN")) == len(one.roles), one.key
        assert one.icon in icons, one.key
        assert one.name_es, one.key
        assert one.name_en, one.key
        assert one.spends is (one.kind in Payment.KINDS and one.place == "out"), one.key


def test_each_template_is_looked_at(treasurer: Client):
    page = shown(treasurer, "hand")
    for one in plain.templates():
        assert at("template", one.key) in page
        assert one.name_en in shown(treasurer, "template", one.key)
    assert shown(treasurer, "template", "nothing", code=404)


# Spending ----------------------------------------------------------------------------------------
def test_what_spends_asks_for_a_payment_and_two_sign(treasurer: Client, books: Books):
    sent(treasurer, "template", "paid_transport", **values(books))
    payment = Payment.objects.get()
    assert (payment.kind, payment.to_account.role) == (Kind.EXPENSE_PAID, "transport")
    assert (payment.amount, payment.payee_label) == (soles("128"), "Transportes Titicaca")
    assert not JournalEntry.objects.filter(kind=Kind.EXPENSE_PAID).exists()


def test_no_template_that_spends_posts_at_once(books: Books):
    with pytest.raises(SpendsMoney):
        write_from_template(
            template=plain.find("paid_rent"),
            amount=soles("5"),
            account=books.account("rent"),
            place=books.account("cash"),
            to=None,
            day=queries.first_day(),
            memo="",
            actor=books.treasurer,
            reference="x",
        )


# At once -----------------------------------------------------------------------------------------
def test_cash_to_the_bank_is_seen_then_written(treasurer: Client, books: Books):
    form = values(books, to=books.account("bank").pk, words="Deposit")
    page = sent(treasurer, "template", "cash_to_bank", status=200, **(form | {"do": "look"}))
    words = page.content.decode().replace("\u00a0", " ")
    assert "Nothing is written yet" in words
    assert words.index("1041") < words.index("1011")
    assert not JournalEntry.objects.filter(kind=Kind.TRANSFER).exists()
    for _ in range(2):
        sent(treasurer, "template", "cash_to_bank", **form)
    assert queries.balance(books.account("bank")) == soles("128")


def test_the_hotel_paid_and_a_bill_came(treasurer: Client, books: Books):
    sent(treasurer, "template", "hotel_paid", **values(books, words="Invoice 12"))
    assert queries.balance(books.account("receivable")) == soles("-128")
    bill = values(books, account=books.account("repairs").pk, words="The loom")
    sent(treasurer, "template", "bill_came", **bill)
    assert queries.balance(books.account("supplier")) == soles("128")
    assert queries.balance(books.account("repairs")) == soles("128")
    assert findings() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "one"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": "9" * 20}, "amount"),
        ({"place": "999999"}, "place"),
        ({"on": "2026-03-01"}, "on"),
        ({"on": "2126-03-01"}, "on"),
        ({"words": ""}, "words"),
        ({"payee_name": ""}, "payee_name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    treasurer: Client, books: Books, change, field
):
    page = sent(
        treasurer,
        "template",
        "paid_transport",
        status=200,
        **(values(books, photo=photo()) | {"do": "look"} | change),
    )
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert not Payment.objects.exists()
    words = page.content.decode()
    kept = Voucher.objects.get()
    assert at("voucher", kept.pk) in words
    assert "Minibus to Puno" in words or field == "words"
    again = values(books) | {"vouchers": form.data["vouchers"], "photo": ""}
    sent(treasurer, "template", "paid_transport", **again)
    assert list(Payment.objects.get().vouchers.all()) == [kept]


def test_a_closed_day_is_refused_before_she_confirms(treasurer: Client, books: Books):
    close_period(last_day=queries.first_day(), actor=books.treasurer)
    form = values(books, to=books.account("bank").pk, on="2026-03-10", do="look")
    page = sent(treasurer, "template", "cash_to_bank", status=200, **form)
    assert list(page.context["form"].errors) == ["on"]


# Photographs -------------------------------------------------------------------------------------
def test_a_photograph_is_kept_without_its_past(treasurer: Client, books: Books):
    sent(treasurer, "template", "hotel_paid", **values(books, photo=photo()))
    voucher = Voucher.objects.get()
    assert voucher.entry == JournalEntry.objects.get(kind=Kind.RECEIVABLE_SETTLED)
    content = voucher.file.read()
    assert b"SECRET" not in content
    assert "Rosa" not in str(voucher.file.name)
    page = shown(treasurer, "entry", voucher.entry_id)
    assert at("voucher", voucher.pk) in page
    answer = treasurer.get(at("voucher", voucher.pk))
    assert answer.content == content
    assert "no-store" in answer["Cache-Control"]


def test_only_who_reads_the_books_sees_a_photograph(books: Books):
    voucher = keep_voucher(file=photo(), actor=books.treasurer)
    for user in (books.treasurer, books.president, person("Aud", "auditor")):
        assert sign_in(user).get(at("voucher", voucher.pk)).status_code == 200
    for user in (books.rosa, person("Stora", "storekeeper"), person("Nobody")):
        assert sign_in(user).get(at("voucher", voucher.pk)).status_code in {302, 403}
    assert Client().get(at("voucher", voucher.pk)).status_code == 302


def test_half_a_photograph_is_refused(treasurer: Client, books: Books):
    whole = photo().read()
    half = SimpleUploadedFile("x.jpg", whole[: len(whole) // 2], "image/jpeg")
    page = sent(treasurer, "template", "hotel_paid", status=200, **values(books, photo=half))
    assert list(page.context["form"].errors) == ["photo"]
    assert not Voucher.objects.exists()


def test_photographs_of_others_are_not_slipped_in(treasurer: Client, books: Books):
    voucher = keep_voucher(file=photo(), actor=books.treasurer)
    sent(treasurer, "template", "hotel_paid", **values(books, vouchers=f"[{voucher.pk}]"))
    voucher.refresh_from_db()
    assert voucher.entry is None


def test_the_database_keeps_a_photograph_with_its_entry(treasurer: Client, books: Books):
    sent(treasurer, "template", "hotel_paid", **values(books, photo=photo()))
    for sql in (
        "UPDATE ledger_voucher SET entry_id = NULL",
        "UPDATE ledger_voucher SET sha256 = 'x'",
        "DELETE FROM ledger_voucher",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            run(sql)


def test_the_audit_names_a_photograph_that_was_exchanged_or_is_gone(books: Books):
    voucher = keep_voucher(file=photo(), actor=books.treasurer)
    assert findings() == []
    path = Path(voucher.file.path)
    path.write_bytes(b"another")
    assert findings() == [f"[2] the file of voucher {voucher.pk} is not the one that was kept"]
    path.unlink()
    assert findings() == [f"[2] the file of voucher {voucher.pk} is gone"]


def test_what_was_never_written_is_forgotten(books: Books):
    keep_voucher(file=photo(), actor=books.treasurer)
    assert forget_loose_vouchers() == 0
    old = Voucher(
        sha256="0" * 64, uploaded_by=books.treasurer, at=timezone.now() - FORGET_AFTER * 2
    )
    old.file.name = "vouchers/gone.jpg"
    old.save()
    assert forget_loose_vouchers() == 1
    assert not Voucher.objects.filter(pk=old.pk).exists()
