"""The rules in the office: read by everyone who works there, written down by the secretary."""

from datetime import timedelta

import pytest

from coop.kit import days
from coop.rules.models import RuleSet
from coop.rules.queries import rules_on
from coop.rules.values import as_plain
from tests.factories.office import browser, browser_of
from tests.factories.rules import FOUNDED, secretary, titilaca

pytestmark = pytest.mark.django_db

INDEX, ADOPT, CHANGE = "/office/rules/", "/office/rules/adopt/", "/office/rules/change/"


def change_data(**changes: object) -> dict[str, object]:
    plain = as_plain(rules_on(days.today()))
    data = {
        "valid_from": str(days.today()),
        "decision": "Asamblea: 18 de 24",
        **{key: one for key, one in plain.items() if one is not False},
        "places": "\n".join(plain["places"]),
    }
    return data | changes


def test_everyone_who_works_in_the_office_reads_the_rules():
    rule_set = titilaca()

    for role in ("president", "treasurer", "storekeeper", "checker", "auditor", "companion"):
        page = browser(role, role).get(INDEX)
        assert page.status_code == 200
        assert "Si avisa antes con tiempo, hay disculpa" in page.content.decode()
        assert CHANGE not in page.content.decode() or role == "president"
    assert browser("Editora", "editor").get(INDEX).status_code == 403
    assert browser("Vocal", "vocal").get(f"/office/rules/version/{rule_set.pk}/").status_code == 200


def test_without_rules_the_page_says_what_comes_first():
    page = browser_of(secretary()).get(INDEX)

    assert page.status_code == 200
    assert ADOPT in page.content.decode()


def test_the_secretary_writes_down_the_first_rules():
    client = browser_of(secretary())

    answer = client.post(
        ADOPT,
        {
            "name": "titilaca_1",
            "places": "Titilaca\n Cruz Loma \n",
            "valid_from": "2026-01-01",
            "decision": "A mano alzada",
        },
    )

    assert answer.status_code == 302
    assert rules_on(FOUNDED).places == ("Titilaca", "Cruz Loma")
    assert RuleSet.objects.get().adopted_by == secretary()
    assert client.get(ADOPT).status_code == 302


def test_a_change_is_a_new_version_and_marks_what_changed():
    titilaca()
    client = browser_of(secretary())

    answer = client.post(CHANGE, change_data(notice_days=5, fines="on"))

    assert answer.status_code == 302
    after = rules_on(days.today())
    assert (after.notice_days, after.fines) == (5, True)
    assert rules_on(days.today() - timedelta(days=1)).notice_days == 2
    page = client.get(answer["Location"]).content.decode()
    assert page.count("office-note") >= 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"notice_days": "99"}, "notice_days"),
        ({"notice_days": ""}, "notice_days"),
        ({"majority_basis": "x"}, "majority_basis"),
        ({"decision": " "}, "decision"),
        ({"valid_from": "2026-02-30"}, "valid_from"),
        ({"valid_from": "2026-01-01"}, "valid_from"),
        ({"places": " \n "}, "places"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(changes: dict, field: str):
    titilaca()

    page = browser_of(secretary()).post(CHANGE, change_data(max_calls=7, **changes))

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["max_calls"].value() == "7"
    assert RuleSet.objects.count() == 1


def test_who_may_not_write_rules_does_not():
    titilaca()

    for role in ("treasurer", "storekeeper", "auditor"):
        assert browser(role, role).post(CHANGE, change_data()).status_code == 403

    assert RuleSet.objects.count() == 1
