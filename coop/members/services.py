"""Joining, holding an office, being suspended, leaving: every write of membership."""

import re
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.formats import date_format

from coop.kit import days
from coop.kit.money import books_currency
from coop.members import holdings
from coop.members.errors import (
    AlreadyMember,
    BeforeSheJoined,
    CodeTaken,
    CodeUnreadable,
    EndsBeforeItBegan,
    HasLeft,
    HoldsPostAlready,
    JuntaNeedsVote,
    NameMissing,
    NotActive,
    NotSuspended,
    NotYet,
    OfficeEnded,
    OutsideThePlaces,
    PostHeld,
    RulesNotInForce,
    StillHolds,
    UnknownPost,
    WhyMissing,
)
from coop.members.models import Member, MemberEvent, Office, Settlement
from coop.people import roles
from coop.people.models import User
from coop.people.pins import distrust_pin
from coop.people.services import give_role, take_role
from coop.rules.models import RuleSet
from coop.rules.queries import values_of
from ledger.services import open_member_account

Kind = MemberEvent.Kind
Post = Office.Post
Status = Member.Status

#: Offices that one woman alone holds.
JUNTA = (Post.PRESIDENT, Post.SECRETARY, Post.TREASURER, Post.VOCAL)


@transaction.atomic
def enrol_member(
    *,
    code: str,
    name: str,
    settlement: Settlement,
    kind: str,
    joined_on: date,
    user: User,
    rule_set: RuleSet,
    actor: User,
) -> Member:
    """Take `user` in as a member who accepted `rule_set`, and open what the house will owe her.

    An honorary member gets no account: she earns nothing. Who knits comes from one of the rule
    set's places. Raises NameMissing, CodeUnreadable, CodeTaken, AlreadyMember, RulesNotInForce,
    OutsideThePlaces or NotYet.
    Source: rules, Admission.
    """
    code = code.strip().upper()
    _check_newcomer(code, name, user, joined_on)
    _check_admission(settlement, kind, joined_on, rule_set)
    knits = kind == Member.Kind.FULL
    account = (
        open_member_account(member_code=code, holder=user, currency=books_currency())
        if knits
        else None
    )
    member = Member.objects.create(
        code=code,
        user=user,
        name=name.strip(),
        settlement=settlement,
        kind=kind,
        joined_on=joined_on,
        rule_set=rule_set,
        account=account,
    )
    give_role(user=user, role=_role_of(member))
    _trace(member, Kind.ENROLLED, joined_on, actor, str(rule_set))
    return member


def check_code(code: str) -> None:
    """Raises CodeUnreadable, or CodeTaken if another member has it."""
    if not re.fullmatch(r"[A-Z0-9-]{1,8}", code):
        raise CodeUnreadable
    if Member.objects.filter(code=code).exists():
        raise CodeTaken(code=code)


def _check_newcomer(code: str, name: str, user: User, joined_on: date) -> None:
    if not name.strip():
        raise NameMissing
    check_code(code)
    there = Member.objects.filter(user=user).first()
    if there is not None:
        raise AlreadyMember(name=there.name, code=there.code)
    _check_has_come(joined_on)


def _check_admission(settlement: Settlement, kind: str, joined_on: date, rule_set: RuleSet) -> None:
    if rule_set.valid_from > joined_on:
        raise RulesNotInForce(valid_from=date_format(rule_set.valid_from))
    places = values_of(rule_set).places
    if kind == Member.Kind.FULL and not {settlement.name, settlement.centre} & set(places):
        raise OutsideThePlaces(settlement=settlement, places=", ".join(places))


@transaction.atomic
def appoint(*, member: Member, post: str, from_on: date, actor: User) -> Office:
    """Give `member` an office and its role in the house, from a day that has come.

    An office of the Junta is held by one woman: it ends by `end_office` before another begins.
    Raises UnknownPost, NotActive, JuntaNeedsVote, PostHeld, HoldsPostAlready, NotYet or
    BeforeSheJoined.
    """
    if post not in Post.values:
        raise UnknownPost(post=post)
    member = _locked(member)
    _check_active(member)
    _check_has_come(from_on)
    if from_on < member.joined_on:
        raise BeforeSheJoined(joined_on=date_format(member.joined_on))
    if post in JUNTA and member.kind == Member.Kind.HONORARY:
        raise JuntaNeedsVote
    # One at a time gives out this post: its role is the lock.
    Group.objects.select_for_update().get(name=post)
    open_offices = Office.objects.filter(post=post, until_on__isnull=True)
    if open_offices.filter(member=member).exists():
        raise HoldsPostAlready(member=member)
    held = open_offices.select_related("member").first() if post in JUNTA else None
    if held is not None:
        raise PostHeld(holder=held.member, post=held.get_post_display())
    office = Office.objects.create(member=member, post=post, from_on=from_on, appointed_by=actor)
    give_role(user=member.user, role=post)
    if post in JUNTA:
        # Whoever gave her a PIN when it signed for nothing could sign with it now.
        distrust_pin(user=member.user, actor=actor)
    _trace(member, Kind.APPOINTED, from_on, actor, post)
    return office


@transaction.atomic
def end_office(*, office: Office, actor: User, on: date | None = None) -> Office:
    """End an office, and with it her role: a treasurer no longer signs from this moment.

    Raises OfficeEnded or EndsBeforeItBegan.
    """
    day = on or days.today()
    office = Office.objects.select_for_update().select_related("member__user").get(pk=office.pk)
    if office.until_on is not None:
        raise OfficeEnded(until_on=date_format(office.until_on))
    if day < office.from_on:
        raise EndsBeforeItBegan(from_on=date_format(office.from_on))
    office.until_on = day
    office.save(update_fields=["until_on"])
    take_role(user=office.member.user, role=office.post)
    _trace(office.member, Kind.OFFICE_ENDED, day, actor, office.post)
    return office


@transaction.atomic
def suspend(*, member: Member, why: str, actor: User, on: date | None = None) -> Member:
    """Suspend a member: no new work, her offices end; she reads her own record.

    Raises NotActive or WhyMissing. Source: rules, keeping wool or a product; misuse of funds.
    """
    day = on or days.today()
    member = _locked(member)
    _check_active(member)
    _check_why(why)
    _end_offices(member, actor, day)
    _stand(member, Status.SUSPENDED)
    take_role(user=member.user, role=_role_of(member))
    give_role(user=member.user, role=roles.FORMER)
    _trace(member, Kind.SUSPENDED, day, actor, why)
    return member


@transaction.atomic
def reinstate(*, member: Member, why: str, actor: User, on: date | None = None) -> Member:
    """Take a suspended member back; offices are given anew. Raises NotSuspended or WhyMissing."""
    day = on or days.today()
    member = _locked(member)
    if member.status != Status.SUSPENDED:
        raise NotSuspended(member=member, status=member.get_status_display())
    _check_why(why)
    _stand(member, Status.ACTIVE)
    take_role(user=member.user, role=roles.FORMER)
    give_role(user=member.user, role=_role_of(member))
    _trace(member, Kind.REINSTATED, day, actor, why)
    return member


@transaction.atomic
def leave(*, member: Member, why: str, actor: User, on: date | None = None) -> Member:
    """She leaves, for whatever reason: from now on she reads her own record, and no more.

    What she holds (wool, work, advances) is settled before; what the house owes her stays hers.
    Raises HasLeft, WhyMissing or StillHolds. Source: design, what must always hold, 9.
    """
    day = on or days.today()
    member = _locked(member)
    if member.status == Status.LEFT:
        raise HasLeft(member=member)
    _check_why(why)
    things = [one for one in holdings.of(member) if one.keeps_her]
    if things:
        listed = "; ".join(f"{one.what} ({one.how_much})" for one in things)
        raise StillHolds(member=member, things=listed)
    _end_offices(member, actor, day)
    was_active = member.status == Status.ACTIVE
    _stand(member, Status.LEFT)
    if was_active:
        take_role(user=member.user, role=_role_of(member))
        give_role(user=member.user, role=roles.FORMER)
    _trace(member, Kind.LEFT, day, actor, why)
    return member


@transaction.atomic
def set_consents(
    *,
    member: Member,
    may_show_name: bool,
    may_show_settlement: bool,
    actor: User,
    on: date | None = None,
) -> Member:
    """What of her may be shown in public: her name and her village are asked for separately."""
    member = _locked(member)
    if (member.may_show_name, member.may_show_settlement) == (may_show_name, may_show_settlement):
        return member
    member.may_show_name = may_show_name
    member.may_show_settlement = may_show_settlement
    member.save(update_fields=["may_show_name", "may_show_settlement"])
    shown = {"name": may_show_name, "settlement": may_show_settlement}
    note = ", ".join(f"{key}: {'yes' if may else 'no'}" for key, may in shown.items())
    _trace(member, Kind.CONSENT, on or days.today(), actor, note)
    return member


def _role_of(member: Member) -> str:
    return roles.MEMBER if member.kind == Member.Kind.FULL else roles.HONORARY


def _locked(member: Member) -> Member:
    """The member as she stands now, locked until the end of the transaction."""
    return (
        Member.objects.select_for_update(of=("self",))
        .select_related("user", "settlement")
        .get(pk=member.pk)
    )


def _check_active(member: Member) -> None:
    if member.status != Status.ACTIVE:
        raise NotActive(member=member, status=member.get_status_display())


def _check_has_come(day: date) -> None:
    if day > days.today():
        raise NotYet(day=date_format(day))


def _check_why(why: str) -> None:
    if not why.strip():
        raise WhyMissing


def _end_offices(member: Member, actor: User, day: date) -> None:
    for office in Office.objects.filter(member=member, until_on__isnull=True).order_by("pk"):
        end_office(office=office, actor=actor, on=max(day, office.from_on))


def _stand(member: Member, status: Status) -> None:
    member.status = status
    member.save(update_fields=["status"])


def _trace(member: Member, kind: str, on: date, actor: User, note: str = "") -> None:
    MemberEvent.objects.create(member=member, kind=kind, on=on, actor=actor, note=note[:200])
