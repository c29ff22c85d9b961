"""The treasurer's pages: what they show, who may open them, what their buttons do."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from coop.kit.days import today
from ledger import queries
from ledger.errors import PeriodClosed
from ledger.models import Account, AccountBalance, Closing, JournalEntry, Payment, Period
from ledger.receipts import check_receipt, read_receipt
from ledger.services import (
    credit,
    debit,
    gather_block,
    one_time_code,
    open_member_account,
    post_entry,
    sign_payment,
)
from tests.factories.ledger import DAY, Books, person, soles

pytestmark = pytest.mark.django_db
Kind = JournalEntry.Kind


def at(name: str, *args: object) -> str:
    return reverse(f"ledger_office:{name}", args=args)


@pytest.fixture
def busy(books: Books) -> Books:
    """Money in the box, Rosa owed S/ 60, one payment of each status."""
    for user in (books.treasurer, books.president, books.secretary):
        user.language = "en"
        user.save()
    books.put_in_cash("1240")
    books.earned("100")
    books.pay("40")
    return books


def sign_in(user) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def treasurer(busy: Books) -> Client:
    return sign_in(busy.treasurer)


def shown(client: Client, name: str, *args: object, code: int = 200, **query: str) -> str:
    """The words of a page, with plain spaces."""
    response = client.get(at(name, *args), query)
    assert response.status_code == code
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def sent(client: Client, name: str, *args: object, status: int = 302, **values: object):
    response = client.post(at(name, *args), values)
    assert response.status_code == status
    return response


LISTS = ["accounts", "journal", "trial", "periods", "waiting", "owed", "payments"]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_for_those_who_read_the_books(busy: Books, name: str):
    for user in (busy.treasurer, busy.president, person("Aud", "auditor")):
        assert shown(sign_in(user), name)
    for user in (busy.rosa, person("Stora", "storekeeper"), person("Nobody")):
        assert sign_in(user).get(at(name)).status_code in {302, 403}
    assert Client().get(at(name)).status_code == 302


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_says_so(books: Books, name: str):
    books.treasurer.language = "en"
    books.treasurer.save()
    assert "office-empty" in shown(sign_in(books.treasurer), name) or name == "accounts"


def test_the_accounts_show_what_is_on_them(treasurer: Client):
    page = shown(treasurer, "accounts")
    assert "S/ 1,200.00" in page
    assert "one account for each member" in page
    assert "T-07" not in page


def test_an_account_shows_its_running_balance(treasurer: Client, busy: Books):
    page = shown(treasurer, "account", busy.rosas.code)
    assert page.index("Rosa was paid S/ 40.00.") < page.index("A piece of Rosa passed")
    assert "S/ 60.00" in page
    assert "Nothing was posted" in shown(treasurer, "account", busy.account("bank").code)
    assert shown(treasurer, "account", "no-such", code=404)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_many_rows(
    busy: Books, django_assert_max_num_queries, count: int
):
    for number in range(count):
        member = open_member_account(member_code=f"T-2{number}", holder=person(f"Eva{number}"))
        busy.post("finished_pieces", member, "5", kind=Kind.PIECE_PASSED)
        busy.request("1")
    client = sign_in(busy.treasurer)
    for name in LISTS:
        client.get(at(name))
        # About fourteen of them count what waits, for the badges of the menu; three draw the charts.
        with django_assert_max_num_queries(36):
            shown(client, name)


def test_the_journal_is_narrowed(treasurer: Client, busy: Books):
    busy.post("bank", "sales", "77", kind=Kind.SALE, day=date(2026, 5, 1))
    assert "S/ 77.00" in shown(treasurer, "journal")
    assert "S/ 77.00" not in shown(treasurer, "journal", until="2026-04-30")
    assert "S/ 77.00" in shown(treasurer, "journal", kind="sale")
    assert "S/ 77.00" not in shown(treasurer, "journal", account=busy.rosas.code)
    assert "No entry fits" in shown(treasurer, "journal", since="2030-01-01")
    assert shown(treasurer, "journal", since="yesterday")


def test_an_entry_shows_both_sides_its_signers_and_its_proof(treasurer: Client, busy: Books):
    entry = JournalEntry.objects.get(kind=Kind.MEMBER_PAID)
    page = shown(treasurer, "entry", entry.pk)
    assert "Tomasa, Petra" in page
    assert entry.seal.leaf in page
    assert "when a block gathers it" in page
    block = gather_block()
    assert block is not None
    assert block.root in shown(treasurer, "entry", entry.pk)


def test_a_receipt_is_downloaded_and_verifies(treasurer: Client, busy: Books):
    entry = JournalEntry.objects.get(kind=Kind.MEMBER_PAID)
    gather_block()
    entry.refresh_from_db()
    response = treasurer.get(at("receipt", entry.pk))
    assert "attachment" in response["Content-Disposition"]
    assert check_receipt(read_receipt(response.content.decode())).number == entry.number


def test_the_trial_balance_of_any_day(treasurer: Client, busy: Books):
    busy.put_in_cash("500", day=date(2026, 6, 1))
    assert "S/ 1,740.00" in shown(treasurer, "trial")
    page = shown(treasurer, "trial", as_of="2026-05-31")
    assert "S/ 1,740.00" not in page
    assert "S/ 1,300.00" in page
    assert "Nothing was in the books" in shown(treasurer, "trial", as_of="2020-01-01")


# Writing ---------------------------------------------------------------------------------------
def entry_values(busy: Books, **changes: object) -> dict[str, object]:
    """What the page sends for S/ 250 from the common fund to the bank, looked at and written."""
    return {
        "form_key": "7e0d6c28-7d5c-4d7e-9d6b-0b0b5f6a2a11",
        "do": "write",
        "on": "2026-03-12",
        "kind": "grant",
        "memo": "town hall",
        "line-TOTAL_FORMS": "4",
        "line-INITIAL_FORMS": "0",
        "line-0-account": busy.account("bank").pk,
        "line-0-debit": "250.00",
        "line-1-account": busy.account("common_fund").pk,
        "line-1-credit": "250.00",
    } | changes


def test_the_treasurer_sees_both_sides_before_she_writes(treasurer: Client, busy: Books):
    page = sent(treasurer, "write", status=200, **entry_values(busy, do="look"))
    words = page.content.decode()
    assert "Nothing is written yet" in words
    assert words.count("250.00") >= 2
    assert not JournalEntry.objects.filter(kind=Kind.GRANT).exists()
    back = sent(treasurer, "write", status=200, **entry_values(busy, do="change"))
    assert "town hall" in back.content.decode()


def test_the_treasurer_writes_an_entry_once(treasurer: Client, busy: Books):
    for _ in range(2):
        sent(treasurer, "write", **entry_values(busy))
    entry = JournalEntry.objects.get(kind=Kind.GRANT)
    assert (entry.day, entry.memo, entry.created_by) == (
        date(2026, 3, 12),
        "town hall",
        busy.treasurer,
    )
    assert queries.balance(busy.account("bank")) == soles("250")


def test_an_entry_of_many_lines_gets_more_of_them(treasurer: Client, busy: Books):
    page = sent(treasurer, "write", status=200, **entry_values(busy, do="more"))
    assert len(page.context["lines"].forms) == 8
    third = {"line-2-account": busy.account("sales").pk, "line-2-credit": "50"}
    sent(treasurer, "write", **entry_values(busy, **third, **{"line-0-debit": "300"}))
    assert queries.balance(busy.account("bank")) == soles("300")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"memo": ""}, "memo"),
        ({"on": "soon"}, "on"),
        ({"kind": "transfer"}, "kind"),
        ({"line-1-credit": "249.99"}, "__all__"),
        ({"line-1-account": ""}, "line-1-account"),
        ({"line-0-debit": "0"}, "line-0-debit"),
        ({"line-0-debit": "-250"}, "line-0-debit"),
        ({"line-0-debit": "one"}, "line-0-debit"),
        ({"line-0-debit": "1.005"}, "line-0-debit"),
        ({"line-0-debit": "9" * 30}, "line-0-debit"),
        ({"line-0-credit": "250"}, "line-0-debit"),
        ({"line-1-account": "999999"}, "line-1-account"),
    ],
)
def test_a_wrong_entry_is_said_beside_its_field_and_what_was_typed_is_kept(
    treasurer: Client, busy: Books, change, field
):
    before = JournalEntry.objects.count()
    response = sent(treasurer, "write", status=200, **entry_values(busy, **change))
    wrong = list(response.context["form"].errors)
    for number, line in enumerate(response.context["lines"].forms):
        wrong += [f"line-{number}-{name}" for name in line.errors]
    assert wrong == [field]
    assert "town hall" in response.content.decode() or field == "memo"
    assert JournalEntry.objects.count() == before


def test_money_does_not_leave_by_an_entry_by_hand(treasurer: Client, busy: Books):
    out = {"line-0-account": busy.account("losses").pk, "line-1-account": busy.account("cash").pk}
    response = sent(treasurer, "write", status=200, **entry_values(busy, kind="hand", **out))
    assert "account" in response.context["lines"].forms[1].errors


def test_only_who_writes_the_books_writes(busy: Books):
    president = sign_in(busy.president)
    entry = JournalEntry.objects.get(kind=Kind.PIECE_PASSED)
    assert president.post(at("write"), entry_values(busy)).status_code == 403
    assert president.post(at("reverse", entry.pk), {}).status_code == 403
    assert "ledger/journal/write" not in shown(president, "journal")


def test_an_entry_is_undone(treasurer: Client, busy: Books):
    entry = JournalEntry.objects.get(kind=Kind.PIECE_PASSED)
    sent(treasurer, "reverse", entry.pk, on="2026-03-12", reason="counted twice")
    assert entry.reversed_by.memo == "counted twice"
    page = shown(treasurer, "entry", entry.pk)
    assert "This entry was undone" in page
    assert at("reverse", entry.pk) not in page
    again = sent(treasurer, "reverse", entry.pk, status=200, on="2026-03-12", reason="again")
    assert list(again.context["form"].errors) == ["reason"]


def test_days_are_closed_by_two(treasurer: Client, busy: Books):
    sent(treasurer, "close", "2026-03-31", note="March")
    closing = Closing.objects.get()
    assert (closing.scope, closing.requested_by) == ("month", busy.treasurer)
    assert "2 signatures are missing" in shown(treasurer, "closing", closing.pk)
    sent(treasurer, "sign-closing", closing.pk)
    sent(treasurer, "sign-closing", closing.pk)
    assert "Somebody else must sign too" in shown(treasurer, "closing", closing.pk)
    assert not Period.objects.exists()
    sent(sign_in(busy.president), "sign-closing", closing.pk)
    assert Period.objects.get().closed_by == busy.president
    page = shown(treasurer, "periods")
    assert "March" in page
    assert "Tomasa, Petra" in page


def test_a_day_that_is_not_over_is_not_closed(treasurer: Client, busy: Books):
    response = sent(treasurer, "close", str(timezone.localdate()), status=200)
    assert "has not ended yet" in response.content.decode()
    assert not Closing.objects.exists()


def test_a_closing_that_no_longer_fits_says_so(treasurer: Client, busy: Books):
    sent(treasurer, "close", "2026-03-31")
    closing = Closing.objects.get()
    sent(treasurer, "sign-closing", closing.pk)
    busy.earned("7")
    assert "it can no longer be signed" in shown(treasurer, "closing", closing.pk)
    sent(sign_in(busy.president), "sign-closing", closing.pk)
    assert "Called off" in shown(treasurer, "closing", closing.pk)
    assert not Period.objects.exists()


def test_a_closing_is_called_off_with_a_reason(treasurer: Client, busy: Books):
    sent(treasurer, "close", "2026-03-31")
    closing = Closing.objects.get()
    answer = sent(treasurer, "void-closing", closing.pk, status=200)
    assert list(answer.context["void_form"].errors) == ["reason"]
    sent(treasurer, "void-closing", closing.pk, reason="the bank's paper is missing")
    assert "the bank&#x27;s paper is missing" in shown(treasurer, "periods")


# Paying ----------------------------------------------------------------------------------------
def ask_values(busy: Books, **changes: object) -> dict[str, object]:
    return {
        "form_key": "0a7b8c9d-7d5c-4d7e-9d6b-0b0b5f6a2a11",
        "from_account": busy.account("cash").pk,
        "amount": "60.00",
        "on": "2026-03-20",
        "purpose": "March",
    } | changes


def test_a_member_is_paid_by_the_treasurer_and_another(treasurer: Client, busy: Books):
    assert "S/ 60.00" in shown(treasurer, "owed")
    assert 'value="60.00"' in shown(treasurer, "ask-member", busy.rosas.code)
    for _ in range(2):
        sent(treasurer, "ask-member", busy.rosas.code, **ask_values(busy))
    payment = Payment.objects.get(status="requested")
    assert "Waits for signatures" in shown(treasurer, "owed")

    sent(treasurer, "sign", payment.pk)
    assert "Somebody else must sign too" in shown(treasurer, "payment", payment.pk)
    sent(treasurer, "sign", payment.pk)
    assert payment.approvals.count() == 1
    seen = {"code": one_time_code(payment)}
    paying = at("pay", payment.pk) + "?by=code"
    assert treasurer.post(paying, seen).status_code == 200
    president = sign_in(busy.president)
    assert "Sign: S/ 60.00 for Rosa" in shown(president, "payment", payment.pk)
    sent(president, "sign", payment.pk)
    assert president.post(at("pay", payment.pk)).status_code == 403
    assert treasurer.post(paying, seen).status_code == 302

    payment.refresh_from_db()
    assert payment.status == "paid"
    assert queries.balance(busy.rosas) == soles("0")
    assert "Nobody is owed anything" in shown(treasurer, "owed")
    assert "S/ 60.00" in shown(treasurer, "payments", status="paid")


def test_who_receives_is_told_that_others_sign(treasurer: Client, busy: Books):
    payment = busy.request(
        "5", to_account=busy.account("trip_advances"), payee=busy.treasurer, kind=Kind.ADVANCE_PAID
    )
    assert "two others sign" in shown(treasurer, "payment", payment.pk)
    sent(treasurer, "sign", payment.pk, status=200)


def test_signed_by_a_double_press_it_is_answered_as_the_first_time(busy: Books):
    payment = busy.request("5")
    president = sign_in(busy.president)

    for _press in range(2):
        response = president.post(at("sign", payment.pk), follow=True)
        assert "You have signed it." in response.content.decode()

    assert payment.approvals.count() == 1


def test_payments_are_found_by_whom_and_by_day(treasurer: Client, busy: Books):
    busy.request("5", purpose="buttons")
    busy.request("6", purpose="thread")

    page = shown(treasurer, "payments", who="butt")
    assert "buttons" in page
    assert "thread" not in page
    assert "No payment is like that" in shown(treasurer, "payments", who="butt", until="2020-01-01")


@pytest.mark.parametrize("name", ["journal", "payments"])
def test_a_list_is_taken_away_as_a_table(treasurer: Client, busy: Books, name: str):
    busy.request("5", purpose="=SUM(A1)")
    response = treasurer.get(at(name), {"as": "csv"})

    assert response["Content-Type"].startswith("text/csv")
    assert f'filename="{name}.csv"' in response["Content-Disposition"]
    words = response.content.decode("utf-8-sig")
    assert len(words.splitlines()) > 1
    assert ",=SUM" not in words


def test_a_payment_is_called_off_with_a_reason(treasurer: Client, busy: Books):
    payment = busy.request("5")
    assert list(sent(treasurer, "void", payment.pk, status=200).context["void_form"].errors)
    sent(treasurer, "void", payment.pk, reason="asked twice")
    assert "asked twice" in shown(treasurer, "payment", payment.pk)
    response = sent(treasurer, "void", payment.pk, status=200, reason="again")
    assert response.status_code == 200


def test_what_waits_says_what_is_missing(busy: Books):
    waiting = busy.request("5", purpose="the first")
    assert "two signatures" in shown(sign_in(busy.president), "waiting")
    sign_payment(payment=waiting, signer=busy.treasurer, on=DAY)
    assert "one signature" in shown(sign_in(busy.president), "waiting")
    page = shown(sign_in(busy.treasurer), "waiting")
    assert "somebody else" in page
    assert "Sign the marked ones" not in page


def test_the_marked_payments_are_signed_and_paid_each_by_itself(treasurer: Client, busy: Books):
    """Signing skips one's own line; paying skips what is not signed."""
    own = busy.request(
        "5", to_account=busy.account("trip_advances"), payee=busy.treasurer, kind=Kind.ADVANCE_PAID
    )
    busy.post("bank", "opening_equity", "100")
    bank = busy.account("bank")
    others = [busy.request(told, from_account=bank) for told in ("10", "11")]
    keys = [str(one.pk) for one in (own, *others)] + ["nonsense"]
    president = sign_in(busy.president)

    sent(treasurer, "together", do="sign", payment=keys)
    assert "two others do" in shown(treasurer, "waiting")
    sent(president, "together", do="sign", payment=keys)
    president.post(at("together"), {"do": "pay", "payment": keys})
    assert not Payment.objects.filter(pk__in=keys[:3], status="paid").exists()
    sent(treasurer, "together", do="pay", payment=keys, operation="00777")

    statuses = Payment.objects.filter(pk__in=[one.pk for one in (own, *others)]).order_by("pk")
    assert list(statuses.values_list("status", flat=True)) == ["requested", "paid", "paid"]
    sent(treasurer, "together", do="sign")
    assert "Mark at least one" in shown(treasurer, "waiting")


def test_the_rent_is_paid_by_name(treasurer: Client, busy: Books):
    values = ask_values(
        busy, kind="expense_paid", to_account=busy.account("rent").pk, payee_name="Taller Quispe"
    )
    missing = sent(treasurer, "ask", status=200, **(values | {"payee_name": ""}))
    assert list(missing.context["form"].errors) == ["payee_name"]
    both = sent(treasurer, "ask", status=200, **(values | {"payee": busy.rosa.pk}))
    assert list(both.context["form"].errors) == ["payee_name"]
    sent(treasurer, "ask", **values)
    assert Payment.objects.get(status="requested").payee_label == "Taller Quispe"
    assert shown(treasurer, "ask")


def test_the_menu_shows_the_books_to_those_who_read_them(busy: Books):
    from django.test import RequestFactory

    from ledger.wagtail_hooks import books_menu_item, payments_menu_item

    request = RequestFactory().get("/office/")
    for user, is_shown in ((busy.treasurer, True), (busy.rosa, False)):
        request.user = user
        assert books_menu_item().is_shown(request) is is_shown
        assert payments_menu_item().is_shown(request) is is_shown


# What a treasurer looks for --------------------------------------------------------------------
def test_accounts_that_were_never_used_stay_away_until_asked_for(treasurer: Client, busy: Books):
    unused = Account.objects.create(
        code="1199.EUR", name_es="Banco en euros", kind="asset", currency="EUR", is_money=True
    )
    AccountBalance.objects.get_or_create(account=unused)

    page, whole = shown(treasurer, "accounts"), shown(treasurer, "accounts", all="1")

    assert "Banco en euros" not in page
    assert "was never used" in page or "were never used" in page
    assert "Banco en euros" in whole
    line = treasurer.get(at("write")).context["lines"].forms[0]
    headings = [heading for heading, _choices in line.fields["account"].choices]
    assert "In other currencies, not used yet" not in headings
    more = treasurer.post(
        at("write"), {"do": "unused", "line-TOTAL_FORMS": 2, "line-INITIAL_FORMS": 0}
    )
    *_, (heading, last) = more.context["lines"].forms[0].fields["account"].choices
    assert heading == "In other currencies, not used yet"
    assert str(unused) in [label for _key, label in last]


def test_pay_comes_out_of_the_place_of_the_last_time_and_is_named_after_its_month(
    treasurer: Client, busy: Books
):
    def filled() -> dict[str, object]:
        form = treasurer.get(at("ask-member", busy.rosas.code)).context["form"]
        return {name: form[name].value() for name in ("from_account", "purpose")}

    # Rosa was paid S/ 40 out of the box.
    assert filled() == {
        "from_account": busy.account("cash").pk,
        "purpose": f"Pay of {timezone.localdate():%m/%Y}",
    }

    sent(
        treasurer,
        "ask-member",
        busy.rosas.code,
        **ask_values(busy, from_account=busy.account("bank").pk),
    )

    assert filled()["from_account"] == busy.account("bank").pk


def test_before_anybody_was_paid_it_is_the_place_with_the_most_money(books: Books):
    books.put_in_cash("5")
    assert queries.place_of_pay() == books.account("cash")
    books.post("bank", "opening_equity", "70", kind=Kind.OPENING)
    assert queries.place_of_pay() == books.account("bank")


def test_a_row_says_where_its_amount_and_its_sentence_differ(treasurer: Client, busy: Books):
    post_entry(
        day=DAY,
        kind=Kind.PIECE_PASSED,
        memo="",
        lines=[
            debit(busy.account("finished_pieces"), soles("9.50")),
            credit(busy.rosas, soles("8.20")),
            credit(busy.account("wool_members"), soles("1.30")),
        ],
        reference="piece:1:passed",
        created_by=busy.treasurer,
    )

    page = shown(treasurer, "journal")

    assert "she earned S/ 8.20" in page
    assert "S/ 9.50" in page
    assert "S/ 8.20 pay, S/ 1.30 wool" in page


def test_the_trial_balance_names_members_and_is_taken_away(treasurer: Client, busy: Books):
    page = shown(treasurer, "trial")
    assert str(busy.rosas.holder) in page
    assert f"{escape(settings.WAGTAIL_SITE_NAME)} · " in page

    table = treasurer.get(at("trial"), {"as": "csv"})

    rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig"))))
    assert f'filename="trial-balance-{today():%Y-%m-%d}.csv"' in table["Content-Disposition"]
    assert [busy.rosas.code, busy.rosas.name, str(busy.rosas.holder), "PEN", "", "60.00"] in rows
    assert rows[-1][1] == "Sum"
    assert rows[-1][4] == rows[-1][5]


def test_an_entry_without_a_number_is_called_by_its_day_and_kind(busy: Books):
    entry = busy.put_in_cash("7")
    treasurer = sign_in(busy.treasurer)
    for name in ("entry", "reverse"):
        title = shown(treasurer, name, entry.pk).split("</title>")[0]
        assert "of 10 March 2026 (Opening)" in title
        assert entry.reference not in title


def test_what_is_undone_and_what_undoes_say_so_instead_of_a_form(busy: Books):
    entry = busy.put_in_cash("7")
    treasurer = sign_in(busy.treasurer)
    sent(treasurer, "reverse", entry.pk, on="2026-03-12", reason="counted twice")
    for one, words in (
        (entry, "This entry was undone already, on 12 March 2026"),
        (entry.reversed_by, "A reversal is not reversed"),
    ):
        response = treasurer.get(at("reverse", one.pk), follow=True)
        page = response.content.decode()
        assert response.redirect_chain[-1][0] == at("entry", one.pk)
        assert words in page
        other = entry.reversed_by if one == entry else entry
        assert at("entry", other.pk) in page


def test_refusals_tell_days_in_words(busy: Books):
    with translation.override("en"):
        told = str(PeriodClosed(day=date(2026, 3, 12), last_day=date(2026, 3, 31)))
    assert told == "Days up to 31 March 2026 are closed: choose a day after that."


def test_a_rate_of_zero_is_refused_in_plain_words(busy: Books):
    values = {"currency": "USD", "rate": "0", "day": "2026-03-12"}
    response = sent(sign_in(busy.treasurer), "rates", status=200, **values)
    assert response.context["form"].errors["rate"] == ["Write a number above zero, such as 3.75."]


def test_more_than_lies_there_is_said_at_the_asking_and_not_handed_over(busy: Books):
    """S/ 1,200 lie in the box: S/ 999,999 may be asked for, since money may come."""
    treasurer = sign_in(busy.treasurer)
    values = {
        "kind": "expense_paid",
        "from_account": busy.account("cash").pk,
        "to_account": busy.account("rent").pk,
        "payee_name": "Don Felipe",
        "amount": "999,999.00",
        "on": "2026-03-12",
        "purpose": "Rent",
        "form_key": "0b7c3a52-5d1e-4c3b-9a55-1f0f3a1b2c3d",
    }
    asked = treasurer.post(at("ask"), values, follow=True)
    told = " ".join(asked.content.decode().replace("\u00a0", " ").split())
    assert "holds S/ 1,200.00 now: this can be paid only when more has come." in told
    payment = Payment.objects.get(payee_name="Don Felipe")
    busy.sign_twice(payment)
    page = shown(treasurer, "payment", payment.pk)
    assert "It cannot be paid yet: S/ 1,200.00 lie there." in page
    assert at("pay", payment.pk) not in page
    busy.put_in_cash("998799")
    assert at("pay", payment.pk) in shown(treasurer, "payment", payment.pk)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1949-12-31", "yesterday"])
def test_a_day_that_is_a_slip_of_the_finger_is_told(treasurer: Client, busy: Books, day: str):
    page = treasurer.get(at("trial"), {"as_of": day})
    assert page.status_code == 200
    assert page.context["form"].errors["as_of"]
    assert page.context["trial"].as_of is None
