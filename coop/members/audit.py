"""What must always hold of members and offices."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coop.kit.audit import finding, invariant, word
from coop.members.models import Member, Office
from coop.people import roles

POSTS = tuple(Office.Post.values)


@invariant(9, _("An honorary member has no account of pay"))
def honorary_members_earn_nothing() -> Iterator[str]:
    """Neither through her row, nor through an account of which she is the holder."""
    for member in Member.objects.filter(kind=Member.Kind.HONORARY).select_related("user"):
        held = member.user.ledger_accounts.filter(kind="liability")
        if member.account_id is not None or held.exists():
            yield finding("honorary member {code} has an account of pay", code=member.code)


@invariant(9, _("A member's roles are those of her standing: who left reads her own record only"))
def roles_follow_standing() -> Iterator[str]:
    """The group of each member's user against her kind and status."""
    of_kind = {Member.Kind.FULL: roles.MEMBER, Member.Kind.HONORARY: roles.HONORARY}
    standing = {roles.MEMBER, roles.HONORARY, roles.FORMER}
    for member in Member.objects.prefetch_related("user__groups").order_by("pk"):
        is_active = member.status == Member.Status.ACTIVE
        expected = of_kind[Member.Kind(member.kind)] if is_active else roles.FORMER
        has = {group.name for group in member.user.groups.all()} & standing
        if has != {expected}:
            yield finding(
                "member {code} ({status}) has the roles {roles}",
                code=member.code,
                status=word(Member.Status, member.status),
                roles=", ".join(sorted(has)) or "–",
            )


@invariant(9, _("Whoever has the role of an office holds it, and the other way round"))
def offices_and_roles_agree() -> Iterator[str]:
    """Each open office against the groups of its holder."""
    held = set(Office.objects.filter(until_on__isnull=True).values_list("member__code", "post"))
    for member in Member.objects.prefetch_related("user__groups").order_by("pk"):
        has = {group.name for group in member.user.groups.all()} & set(POSTS)
        holds = {post for code, post in held if code == member.code}
        if has != holds:
            yield finding(
                "member {code} holds {posts} and has the roles {roles}",
                code=member.code,
                posts=", ".join(sorted(holds)) or "–",
                roles=", ".join(sorted(has)) or "–",
            )
