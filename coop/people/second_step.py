"""Who needs a second step besides the password, and who has one.

A password can be looked over a shoulder or guessed. Whoever asks for the house's money or signs
for it therefore shows something that she has: a passkey, or the code of an app. What is asked of
which role is the house's own decision, and each decision stays written.
"""

from collections.abc import Mapping

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from coop.people import roles
from coop.people.errors import NoSuchDoor, NotInJunta
from coop.people.models import SecondStepRule, User
from coop.people.services import signs_money

Level = SecondStepRule.Level

#: The roles that open the office.
OFFICE_ROLES = (
    *roles.JUNTA,
    roles.STOREKEEPER,
    roles.CHECKER,
    roles.AUDITOR,
    roles.EDITOR,
    roles.COMPANION,
)
_STRICTNESS = (Level.FREE, Level.ADVISED, Level.REQUIRED)
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def levels() -> Mapping[str, Level]:
    """What is asked of each role of the office now."""
    required = settings.SECOND_STEP_REQUIRED
    asked = {role: Level.REQUIRED if role in required else Level.ADVISED for role in OFFICE_ROLES}
    # In the order in which they were decided: the newest comes last.
    decided = SecondStepRule.objects.values_list("role", "level")
    return asked | {role: Level(level) for role, level in decided if role in asked}


def level_of(user: User) -> Level:
    """What is asked of `user`: the strictest of her roles.

    A demo log-in is only advised: its password is random, and works on this machine alone.
    """
    asked = levels()
    names = user.groups.values_list("name", flat=True)
    hers = max((asked[one] for one in names if one in asked), key=_rank, default=Level.FREE)
    return Level.ADVISED if user.is_demo and hers == Level.REQUIRED else hers


def _rank(level: Level) -> int:
    return _STRICTNESS.index(level)


def has_factor(user: User) -> bool:
    """Whether she has a passkey or an app; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=_FACTORS).exists()


def lacks(user: User) -> Level:
    """REQUIRED or ADVISED if she has no second step though it is; FREE if nothing is missing."""
    level = level_of(user)
    return Level.FREE if level == Level.FREE or has_factor(user) else level


@transaction.atomic
def decide(*, role: str, level: str, actor: User) -> SecondStepRule | None:
    """From now on this is asked of `role`; None if it was asked already.

    Raises NoSuchDoor for a role without office, NotInJunta for anybody else's decision.
    """
    if role not in OFFICE_ROLES or level not in Level.values:
        raise NoSuchDoor
    if not signs_money(actor):
        raise NotInJunta
    if levels()[role] == level:
        return None
    return SecondStepRule.objects.create(role=role, level=level, decided_by=actor)


@transaction.atomic
def forget_factors(*, user: User) -> int:
    """Her phone is lost, and her recovery codes with it: she comes in with her password alone,
    and sets up a second step anew. How many there were.

    Only whoever runs the machine does this (`manage.py forget_second_step`): nobody in the house
    can open another's account with it, since nobody can set another's password.
    """
    User.objects.select_for_update().get(pk=user.pk)
    had = Authenticator.objects.filter(user=user, type__in=_FACTORS).count()
    Authenticator.objects.filter(user=user).delete()
    return had
