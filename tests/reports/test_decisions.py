"""The assembly decides who reads what: nothing is public, and nobody named, unless it says so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from coop.kit import days
from coop.rules.queries import pay_in_open_book
from ledger.reports.decisions import OthersPay, Total, others_pay, published
from ledger.reports.errors import DecisionAhead, DecisionIncomplete, UnknownChoice
from ledger.reports.models import Decision
from ledger.reports.services import write_decision
from tests.factories.ledger import DAY, Books, person
from tests.factories.rules import titilaca
from tests.ledger.test_office import sign_in

pytestmark = pytest.mark.django_db
Subject = Decision.Subject


@pytest.fixture
def busy(books: Books) -> Books:
    books.put_in_cash("150")
    books.earned("40")
    books.pay("25")
    return books


def public(client: Client | None = None) -> str:
    page = (client or Client()).get("/en/open-book/").content.decode().replace("\u00a0", " ")
    return " ".join(page.split())


def test_without_a_decision_no_total_is_public(busy: Books):
    page = public()
    assert published() == frozenset()
    assert "has not made any of its totals public" in page
    assert "S/ " not in page
    answer = Client().get("/api/v1/open-book").json()
    assert {
        key: value for key, value in answer.items() if key not in {"day", "since"}
    } == dict.fromkeys(answer.keys() - {"day", "since"})


@pytest.mark.parametrize(
    ("total", "says", "api"),
    [
        ("money", "S/ 125.00", "money"),
        ("places", "Cash box", None),
        ("goods", "Finished pieces", "pieces"),
        ("owed-to-members", "S/ 15.00", "owed_to_members"),
        ("came-in", "Taken over from paper", "came_in"),
        ("went-out", "Paid to members", "went_out"),
    ],
)
def test_what_the_assembly_chose_is_public_and_nothing_else(
    busy: Books, total: str, says: str, api
):
    others = {
        "S/ 125.00",
        "Finished pieces",
        "S/ 15.00",
        "Taken over from paper",
        "Paid to members",
    }
    busy.publish(total)
    page = public()
    assert says in page
    told = {one for one in others - {says} if one in page}
    # One box holds all the money: its place tells the sum.
    assert told <= ({"S/ 125.00"} if total == "places" else set())
    assert "acta 3" in page
    answer = Client().get("/api/v1/open-book").json()
    public_keys = {key for key, value in answer.items() if value is not None} - {"day", "since"}
    assert public_keys == ({api, "wool"} if total == "goods" else {api} - {None})


def test_the_newest_decision_holds_and_the_old_one_stays(busy: Books):
    busy.publish("money", "goods")
    again = busy.publish("money", "goods")
    assert Decision.objects.get() == again
    busy.publish("money")
    assert published() == {"money"}
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    "sql", ["UPDATE reports_decision SET choice = 'money'", "DELETE FROM reports_decision"]
)
def test_a_decision_is_never_changed(busy: Books, sql: str):
    busy.publish("goods")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert published() == {"goods"}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"day": days.today() + timedelta(days=1)}, DecisionAhead),
        ({"words": "  "}, DecisionIncomplete),
        ({"acta": ""}, DecisionIncomplete),
        ({"chosen": ["everything"]}, UnknownChoice),
        ({"subject": Subject.OTHERS_PAY, "chosen": []}, UnknownChoice),
        ({"subject": Subject.OTHERS_PAY, "chosen": ["name", "order"]}, UnknownChoice),
        ({"subject": "weather"}, UnknownChoice),
    ],
)
def test_what_is_no_decision_is_refused(busy: Books, changes, refusal):
    values = {
        "subject": Subject.PUBLIC_TOTALS,
        "chosen": ["money"],
        "day": DAY,
        "words": "So be it.",
        "acta": "3",
        "actor": busy.secretary,
    }
    with pytest.raises(refusal):
        write_decision(**values | changes)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("how", "has_entry", "has_name"),
    [
        (OthersPay.BY_ORDER, True, False),
        (OthersPay.BY_NAME, True, True),
        (OthersPay.TOTALS, False, False),
    ],
)
def test_a_member_reads_the_pay_of_others_as_the_assembly_decided(
    busy: Books, how: str, has_entry: bool, has_name: bool
):
    busy.decide_pay(how)
    other = person("Flora", "member")
    page = public(sign_in(other))
    assert ("earned S/ 40.00" in page) is has_entry
    assert ("Rosa" in page) is has_name
    assert ("told in totals only" in page) is (how == OthersPay.TOTALS)
    # A member reads every total; where it would give single pay away, once its month is told.
    assert ("S/ 125.00" in page) is (how != OthersPay.TOTALS)
    # Whose office it is reads names whatever was decided.
    assert "Rosa" in public(sign_in(busy.treasurer))


def test_nobody_is_named_before_the_assembly_decided(busy: Books):
    assert others_pay() == OthersPay.BY_ORDER
    assert "Rosa" not in public(sign_in(person("Flora", "member")))


def test_the_office_types_a_decision(busy: Books):
    client = sign_in(busy.secretary)
    at = reverse("reports_office:decide-totals")
    values = {"chosen": ["money", "came-in"], "day": str(DAY), "acta": "12", "words": "Unánime."}

    assert "beside" not in client.get(at).content.decode()
    wrong = client.post(at, values | {"day": "2999-01-01", "acta": ""})
    assert set(wrong.context["form"].errors) == {"day", "acta"}
    assert client.post(at, values).status_code == 302
    assert (
        client.post(reverse("reports_office:decide-pay"), values | {"chosen": "totals"}).status_code
        == 302
    )

    assert published() == {Total.MONEY, Total.CAME_IN}
    assert others_pay() == OthersPay.TOTALS
    page = client.get(reverse("reports_office:decisions")).content.decode()
    assert "Unánime." in page
    assert "acta 12" in page
    for user in (person("Aud", "auditor"), busy.rosa):
        assert sign_in(user).post(at, values | {"chosen": []}).status_code in {302, 403}
    assert published() == {Total.MONEY, Total.CAME_IN}


def test_before_a_decision_the_adopted_rules_say_how_pay_is_shown(busy: Books, monkeypatch):
    monkeypatch.setattr("ledger.reports.decisions._otherwise", [lambda: "totals"])
    assert others_pay() == OthersPay.TOTALS
    busy.decide_pay("name")
    assert others_pay() == OthersPay.BY_NAME
    monkeypatch.setattr("ledger.reports.decisions._otherwise", [pay_in_open_book])
    assert pay_in_open_book() is None
    titilaca()
    assert pay_in_open_book() == "order"
