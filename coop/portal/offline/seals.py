"""Proofs that the house hands to a phone: whose it is, what she saw, whether she still comes in.

None of them can be read: a phone is opened by others too.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from coop.people.models import User
from coop.people.services import may_come_in
from coop.portal.offline.errors import CannotBeTold, NotHerPhone, TooOld

#: So long after she saw a page, her answer to it may still arrive.
MAY_WAIT = timedelta(days=30)

# The page's own moment, and the moment and seal of whatever Django signed in it.
_MOMENT = re.compile(r'data-made="\d+"|\b([\w.-]+):\w{6}:[\w-]{27,43}')
_SEEN = "portal.offline.seen"
_KEPT = signing.Signer(salt="portal.offline.kept")


def name_of(user: User) -> str:
    """Whose a phone's outbox is, in a name that says nothing."""
    return _hash("member", str(user.pk))[:20]


def _hash(what: str, value: str) -> str:
    return salted_hmac(f"portal.offline.{what}", value, algorithm="sha256").hexdigest()


def undated(html: str) -> str:
    """A page without what only tells when it was made: two of the same are the same text."""
    return _MOMENT.sub(lambda found: found[1] or "", html)


# What she saw --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Seen:
    """A page's proof of what it showed her when she pressed."""

    act: str
    number: int
    facts: str

    def shows(self, facts: str) -> bool:
        """Whether it was the same as `facts` now (any text)."""
        return constant_time_compare(self.facts, _hash("facts", facts)[:24])


def seal_seen(*, user: User, act: str, number: int, facts: str) -> str:
    """For the form of `act` on `number`, showing `facts` to `user`."""
    values = [name_of(user), act, number, _hash("facts", facts)[:24]]
    return signing.dumps(values, salt=_SEEN)


def open_seen(token: str, *, user: User, act: str, number: int) -> Seen:
    """Raises TooOld, NotHerPhone, or CannotBeTold for a proof of something else."""
    try:
        values = signing.loads(token, salt=_SEEN, max_age=MAY_WAIT)
    except signing.SignatureExpired as problem:
        raise TooOld from problem
    except signing.BadSignature as problem:
        raise CannotBeTold from problem
    whose, sealed_act, sealed_number, facts = values
    if whose != name_of(user):
        raise NotHerPhone
    if (sealed_act, sealed_number) != (act, number):
        raise CannotBeTold
    return Seen(act, number, facts)


# What is kept on a phone ---------------------------------------------------------------------
def seal_kept(user: User) -> str:
    """The mark of what her phone keeps; another one as soon as her log-in or PIN is another."""
    return _KEPT.sign(f"{user.pk}.{_stamp(user)}")


def may_be_kept(mark: str) -> bool:
    """Whether what a phone keeps under `mark` may stay: she still comes in, in the same way."""
    try:
        pk, _, stamp = _KEPT.unsign(mark).partition(".")
    except signing.BadSignature:
        return False
    user = User.objects.filter(pk=pk).first()
    return user is not None and may_come_in(user) and constant_time_compare(stamp, _stamp(user))


def _stamp(user: User) -> str:
    return _hash("kept", user.get_session_auth_hash())[:24]
