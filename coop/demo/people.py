"""Who is in the demo: the members and their posts, the hotel's buyer, an auditor, an editor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coop.demo import logins, read
from coop.demo.logins import Login
from coop.demo.read import MemberData
from coop.demo.story import Story
from coop.demo.variety import more_members
from coop.kit.days import month_of, next_month
from coop.members import services as members
from coop.members.models import Member, Office, Settlement
from coop.people import roles
from coop.people.models import User
from coop.people.services import give_role, make_account
from coop.quotas.models import Technique
from coop.quotas.services import offer_hours, set_skill
from coop.rules.models import RuleSet
from coop.rules.queries import rules_on
from coop.rules.services import adopt_shipped_set
from orders.shop.models import Buyer
from orders.shop.services import open_buyer

Post = Office.Post
_OFFICE = "/office/"


@dataclass
class People:
    """Everyone, found by what she does."""

    data: Mapping[str, MemberData]
    members: dict[str, Member] = field(default_factory=dict)
    posts: dict[str, list[User]] = field(default_factory=dict)
    logins: list[Login] = field(default_factory=list)

    def holder(self, post: str) -> User:
        """Who holds a post; the first where several do."""
        return self.posts[post][0]

    @property
    def president(self) -> User:
        """She signs first."""
        return self.holder(Post.PRESIDENT)

    @property
    def secretary(self) -> User:
        """She shares out the work and looks after the orders."""
        return self.holder(Post.SECRETARY)

    @property
    def treasurer(self) -> User:
        """She asks for payments and pays."""
        return self.holder(Post.TREASURER)

    @property
    def storekeeper(self) -> User:
        """She hands out wool and takes in pieces."""
        return self.holder(Post.STOREKEEPER)

    @property
    def checkers(self) -> list[User]:
        """They pass pieces; never their own."""
        return self.posts[Post.CHECKER]

    @property
    def signers(self) -> list[User]:
        """The Junta."""
        junta = (Post.TREASURER, Post.PRESIDENT, Post.VOCAL, Post.SECRETARY)
        return [self.holder(post) for post in junta]

    @property
    def knitters(self) -> list[Member]:
        """Everyone who knits, by code."""
        return [one for one in self.members.values() if one.kind == Member.Kind.FULL]


def gather_people(story: Story) -> People:
    """Open an account for everybody, adopt the rules, enrol the members, fill the posts."""
    written = more_members(story.scale.members)
    people = People({one.code: one for one in written})
    users = {one.code: _come_in(one, people) for one in written}
    secretary = next(users[one.code] for one in written if one.post == Post.SECRETARY)
    rules = adopt_rules(actor=secretary, on=story.first_day)
    settlements = {
        name: Settlement.objects.create(name=name, centre=rules_on(story.first_day).places[0])
        for name in read.data("people")["settlements"]
    }
    for one in written:
        people.members[one.code] = _enrol(
            one, users[one.code], settlements[one.settlement], rules, secretary, story.first_day
        )
        if one.may_show:
            _show(people, one, secretary, story.first_day)
        if one.post:
            _appoint(people, one, secretary, story.first_day)
    for other in read.data("people")["others"]:
        _let_in_by_email(people, other["role"], other["name"], other["email"])
    return people


def adopt_rules(*, actor: User, on: date) -> RuleSet:
    """The rules that the house ships, in force from the first day."""
    decision = read.data("house")["decision"]
    return adopt_shipped_set(
        name=decision["set"], valid_from=on, decision=decision["es"], actor=actor, on=on
    )


def _come_in(one: MemberData, people: People) -> User:
    """Her account: a picture and a PIN, and an e-mail address where her post needs one."""
    secret = logins.password() if one.email else None
    user = make_account(name=one.name, email=one.email or None, password=secret, is_demo=True)
    role = one.post or (roles.HONORARY if one.is_honorary else roles.MEMBER)
    if one.email and secret:
        login = logins.by_email(role=role, address=_OFFICE, email=one.email, secret=secret)
        people.logins.append(login)
    if one.picture[0]:
        pin = logins.give_pin(user=user, picture=one.picture)
        people.logins.append(
            logins.by_picture(role=role, picture=one.picture, code=one.code, pin=pin)
        )
    return user


def _let_in_by_email(people: People, role: str, name: str, email: str) -> User:
    secret = logins.password()
    user = make_account(name=name, email=email, password=secret, is_demo=True)
    give_role(user=user, role=role)
    people.posts[role] = [user]
    people.logins.append(logins.by_email(role=role, address=_OFFICE, email=email, secret=secret))
    return user


def _enrol(
    one: MemberData, user: User, settlement: Settlement, rules: RuleSet, actor: User, on: date
) -> Member:
    return members.enrol_member(
        code=one.code,
        name=one.name,
        settlement=settlement,
        kind=Member.Kind.HONORARY if one.is_honorary else Member.Kind.FULL,
        joined_on=on,
        user=user,
        rule_set=rules,
        actor=actor,
    )


def _show(people: People, one: MemberData, actor: User, on: date) -> None:
    members.set_consents(
        member=people.members[one.code],
        may_show_name="name" in one.may_show,
        may_show_settlement="settlement" in one.may_show,
        actor=actor,
        on=on,
    )


def _appoint(people: People, one: MemberData, actor: User, on: date) -> None:
    member = people.members[one.code]
    members.appoint(member=member, post=one.post, from_on=on, actor=actor)
    people.posts.setdefault(one.post, []).append(member.user)


def open_hotel(people: People) -> Buyer:
    """The hotel's buyer: own prices, pays later, no vote."""
    hotel = read.data("people")["buyer"]
    secret = logins.password()
    user = make_account(name=hotel["name"], email=hotel["email"], password=secret, is_demo=True)
    people.logins.append(
        logins.by_email(
            role=roles.BUYER, address="/es/wholesale/", email=hotel["email"], secret=secret
        )
    )
    return open_buyer(
        name=hotel["hotel"], user=user, terms_days=hotel["terms_days"], address=hotel["address"]
    )


# Skills and hours --------------------------------------------------------------------------
def set_skills(people: People, techniques: Mapping[str, Technique], *, on: date) -> None:
    """What each masters, as the secretary wrote it down."""
    for one in people.data.values():
        for key, level in (one.skills or {}).items():
            set_skill(
                member=people.members[one.code],
                technique=techniques[key],
                level=level,
                actor=people.secretary,
                on=on,
            )


def offer_a_month(people: People, month: date, story: Story, *, on: date) -> None:
    """Each says how many hours she has in `month`: about as always."""
    for one in people.data.values():
        if one.hours:
            hours = one.hours * story.rng.randint(92, 108) // 100
            offer_hours(
                member=people.members[one.code],
                month=month_of(month),
                minutes=hours * 60,
                actor=people.secretary,
                on=on,
            )


def months_ahead(day: date, count: int) -> list[date]:
    """The months after `day`'s, `count` of them."""
    months = []
    for _number in range(count):
        day = next_month(day)
        months.append(day)
    return months
