"""What the tests of wool in members' hands share."""

from djmoney.money import Money

from coop.kit.audit import findings
from coop.wool import services
from coop.wool.models import WoolLot
from ledger.queries import account, balance
from tests.factories.ledger import DAY
from tests.factories.wool import Store, reference


def held(role: str) -> Money:
    return balance(account(role))


def buckets(lot: WoolLot) -> dict[str, tuple[int, int]]:
    lot.refresh_from_db()
    return {
        bucket: (getattr(lot, f"{bucket}_g"), getattr(lot, f"{bucket}_value_minor"))
        for bucket in ("store", "held", "used", "lost")
    }


def wool_findings() -> list[str]:
    return [row for row in findings() if row.startswith("[4]")]


def act(verb: str, store: Store, lot: WoolLot, grams: int, **changes: object):
    values = {
        "lot": lot,
        "member": store.knitter,
        "grams": grams,
        "actor": store.keeper,
        "on": DAY,
        "reference": reference(),
    }
    return getattr(services, verb)(**(values | changes))
