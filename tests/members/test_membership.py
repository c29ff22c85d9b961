"""Joining, being suspended, coming back, leaving; what may be shown of her."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from coop.kit import days
from coop.kit.audit import findings
from coop.members import holdings, services
from coop.members.audit import (
    honorary_members_earn_nothing,
    offices_and_roles_agree,
    roles_follow_standing,
)
from coop.members.errors import (
    AlreadyMember,
    CodeTaken,
    CodeUnreadable,
    HasLeft,
    NameMissing,
    NotActive,
    NotSuspended,
    NotYet,
    OutsideThePlaces,
    RulesNotInForce,
    StillHolds,
    WhyMissing,
)
from coop.members.holdings import Holding
from coop.members.models import Member, MemberEvent, Office, Settlement
from coop.members.queries import members_matching, owed
from coop.people.models import User
from ledger.models import Account
from ledger.services import install_chart, open_account
from tests.factories.ledger import DAY, person, soles
from tests.factories.members import honorary, member, settlement
from tests.factories.rules import FOUNDED, secretary, titilaca

pytestmark = pytest.mark.django_db


def roles_of(one: Member) -> set[str]:
    return set(one.user.groups.values_list("name", flat=True))


def enrol(**changes: object) -> Member:
    install_chart(chart="pe", currency="PEN")
    values = {
        "code": "T-09",
        "name": "Nueva Socia",
        "settlement": settlement(),
        "kind": Member.Kind.FULL,
        "joined_on": FOUNDED,
        "rule_set": titilaca(),
        "actor": secretary(),
    }
    values["user"] = changes.get("user") or person(f"nueva{User.objects.count()}")
    return services.enrol_member(**(values | changes))


def test_a_new_member_has_an_account_a_role_and_a_trace():
    one = enrol(code=" t-09 ")

    assert one.code == "T-09"
    assert one.status == Member.Status.ACTIVE
    assert one.account is not None
    assert one.account.holder == one.user
    assert one.account.parent is not None
    assert one.account.parent.role == Account.Role.MEMBERS_PAYABLE
    assert owed(one) == soles("0.00")
    assert roles_of(one) == {"member"}
    event = one.events.get()
    assert (event.kind, event.on, event.actor) == ("enrolled", FOUNDED, secretary())
    assert event.note == "Titilaca 1"


def test_an_honorary_member_has_no_account_and_earns_nothing():
    one = honorary()

    assert one.account is None
    assert owed(one) is None
    assert roles_of(one) == {"honorary member"}
    assert list(honorary_members_earn_nothing()) == []


def test_the_database_itself_gives_an_honorary_member_no_pay():
    one = honorary()
    other = member("T-01")

    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=one.pk).update(account=open_account_for("X"))
    with pytest.raises(IntegrityError), transaction.atomic():
        open_account_for("Y", holder=one.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(member=other).update(holder=one.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=other.pk).update(kind="honorary")

    assert list(honorary_members_earn_nothing()) == []


def open_account_for(code: str, holder: object = None) -> Account:
    return open_account(
        code=f"4419.{code}",
        name_es="x",
        name_en="x",
        kind="liability",
        currency="PEN",
        holder=holder,
    )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, NameMissing),
        ({"code": ""}, CodeUnreadable),
        ({"code": "Ñ-1"}, CodeUnreadable),
        ({"code": "T-1234567"}, CodeUnreadable),
        ({"code": "T-01"}, CodeTaken),
        ({"joined_on": FOUNDED - timedelta(days=1)}, RulesNotInForce),
        ({"joined_on": days.today() + timedelta(days=1)}, NotYet),
    ],
)
def test_a_wrong_enrolment_is_refused_and_changes_nothing(changes: dict, refusal: type):
    member("T-01")
    accounts = Account.objects.count()

    with pytest.raises(refusal):
        enrol(**changes)

    assert Member.objects.count() == 1
    assert Account.objects.count() == accounts
    assert MemberEvent.objects.count() == 1


def test_nobody_is_a_member_twice():
    one = member("T-01")

    with pytest.raises(AlreadyMember, match="T-01"):
        enrol(user=one.user)

    assert Member.objects.count() == 1


def test_who_knits_comes_from_one_of_the_places():
    far = Settlement.objects.create(name="Lejos")

    with pytest.raises(OutsideThePlaces, match="Lejos"):
        enrol(settlement=far)

    assert Member.objects.count() == 0
    assert enrol(settlement=far, kind=Member.Kind.HONORARY).settlement == far


def test_the_place_itself_and_its_settlements_are_places():
    centre = settlement("Titilaca", centre="")

    assert enrol(settlement=centre).settlement == centre


def test_a_suspended_member_loses_her_offices_and_reads_her_own_record():
    one = member("T-01")
    services.appoint(member=one, post=Office.Post.TREASURER, from_on=FOUNDED, actor=secretary())

    services.suspend(member=one, why="Faltan 400 g", actor=secretary(), on=DAY)

    one.refresh_from_db()
    assert one.status == Member.Status.SUSPENDED
    assert roles_of(one) == {"former member"}
    assert one.offices.get().until_on == DAY
    assert [event.kind for event in one.events.all()] == [
        "enrolled",
        "appointed",
        "office_ended",
        "suspended",
    ]
    assert list(roles_follow_standing()) == []
    assert list(offices_and_roles_agree()) == []


def test_a_suspended_member_is_taken_back_without_her_offices():
    one = member("T-01")
    services.appoint(member=one, post=Office.Post.CHECKER, from_on=FOUNDED, actor=secretary())
    services.suspend(member=one, why="x", actor=secretary(), on=DAY)

    services.reinstate(member=one, why="La asamblea decidió", actor=secretary(), on=DAY)

    one.refresh_from_db()
    assert one.status == Member.Status.ACTIVE
    assert roles_of(one) == {"member"}
    assert one.events.last().note == "La asamblea decidió"


def test_who_leaves_reads_her_own_record_and_keeps_what_is_owed_to_her():
    one = member("T-01")

    services.leave(member=one, why="Se mudó", actor=secretary(), on=DAY)

    one.refresh_from_db()
    assert one.status == Member.Status.LEFT
    assert roles_of(one) == {"former member"}
    assert one.account is not None
    assert one.account.is_open
    assert list(roles_follow_standing()) == []


def test_a_suspended_member_may_leave():
    one = honorary()
    services.suspend(member=one, why="x", actor=secretary(), on=DAY)

    services.leave(member=one, why="y", actor=secretary(), on=DAY)

    assert roles_of(one) == {"former member"}
    assert list(roles_follow_standing()) == []


def test_nobody_leaves_with_what_is_the_cooperatives(monkeypatch: pytest.MonkeyPatch):
    one = member("T-01")

    def wool(_member: Member) -> Iterator[Holding]:
        yield Holding(what="Lana", how_much="400 g")
        yield Holding(what="Mail", how_much="1", keeps_her=False)

    monkeypatch.setattr(holdings, "_sources", {"test": wool})

    with pytest.raises(StillHolds, match=r"Lana \(400 g\)") as refused:
        services.leave(member=one, why="x", actor=secretary())

    assert "Mail" not in str(refused.value)
    one.refresh_from_db()
    assert one.status == Member.Status.ACTIVE
    assert roles_of(one) == {"member"}
    assert one.events.count() == 1


def test_standing_changes_only_from_where_it_can():
    one = member("T-01")

    with pytest.raises(NotSuspended):
        services.reinstate(member=one, why="x", actor=secretary())
    with pytest.raises(WhyMissing):
        services.suspend(member=one, why=" ", actor=secretary())
    with pytest.raises(WhyMissing):
        services.leave(member=one, why="", actor=secretary())
    services.leave(member=one, why="x", actor=secretary())
    with pytest.raises(HasLeft):
        services.leave(member=one, why="x", actor=secretary())
    with pytest.raises(NotActive):
        services.suspend(member=one, why="x", actor=secretary())

    assert one.events.count() == 2


def test_consents_are_two_and_each_change_is_kept():
    one = member("T-01")
    assert (one.may_show_name, one.may_show_settlement) == (False, False)

    for _again in range(2):
        services.set_consents(
            member=one, may_show_name=False, may_show_settlement=True, actor=one.user, on=DAY
        )

    one.refresh_from_db()
    assert (one.may_show_name, one.may_show_settlement) == (False, True)
    assert one.events.filter(kind="consent").count() == 1
    assert one.events.last().note == "name: no, settlement: yes"


def test_sentences_of_the_statutes():
    one, two, three = member("T-01"), member("T-02"), honorary()
    services.suspend(member=two, why="x", actor=secretary())

    assert list(Member.objects.active()) == [three, one]
    assert list(Member.objects.active().knitters()) == [one]


def test_members_are_found_by_name_code_settlement_standing_and_kind():
    far = settlement("Cruz Loma")
    member("T-01", name="Rosa Apaza Quispe")
    two = member("T-02", name="Rosa Condori", place=far)
    honorary("H-01")
    services.suspend(member=two, why="x", actor=secretary())

    def codes(**asked: object) -> list[str]:
        return [one.code for one in members_matching(**asked)]

    assert codes() == ["H-01", "T-01", "T-02"]
    assert codes(words="rosa") == ["T-01", "T-02"]
    assert codes(words="rosa apaza") == ["T-01"]
    assert codes(words="t-02") == ["T-02"]
    assert codes(settlement=far.pk) == ["T-02"]
    assert codes(status="suspended") == ["T-02"]
    assert codes(kind="honorary") == ["H-01"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE members_memberevent SET note = 'x'",
        "DELETE FROM members_memberevent",
        "UPDATE members_member SET code = 'X'",
        "UPDATE members_member SET joined_on = '2020-01-01'",
        "UPDATE members_member SET account_id = NULL, kind = 'honorary'",
        "DELETE FROM members_member",
        "DELETE FROM members_office",
        "UPDATE members_office SET post = 'checker'",
    ],
)
def test_the_database_keeps_the_trace_of_a_membership(statement: str):
    one = member("T-01")
    services.appoint(member=one, post=Office.Post.TREASURER, from_on=FOUNDED, actor=secretary())

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    one.refresh_from_db()
    assert (one.code, one.joined_on) == ("T-01", date(2026, 1, 1))
    assert [row for row in findings() if row.startswith("[9]")] == []


def test_the_audit_names_who_has_a_role_without_the_standing():
    one = member("T-01")
    one.user.groups.clear()
    two = member("T-02")
    two.user.groups.add(secretary().groups.get(name="secretary"))

    assert list(roles_follow_standing()) == ["member T-01 (active) has the roles –"]
    assert list(offices_and_roles_agree()) == ["member T-02 holds – and has the roles secretary"]
