"""Members for the tests, enrolled by the service into a house with books and rules."""

from datetime import date

from coop.members.models import Member, Settlement
from coop.members.services import enrol_member
from ledger.services import install_chart
from tests.factories.ledger import person
from tests.factories.rules import FOUNDED, secretary, titilaca


def settlement(name: str = "Orilla Chica", centre: str = "Titilaca") -> Settlement:
    """A settlement of Titilaca."""
    return Settlement.objects.get_or_create(name=name, defaults={"centre": centre})[0]


def member(
    code: str = "T-01",
    *,
    name: str = "",
    kind: str = Member.Kind.FULL,
    joined_on: date = FOUNDED,
    place: Settlement | None = None,
) -> Member:
    """A member who joined when the house was founded."""
    install_chart(chart="pe", currency="PEN")
    rules = titilaca()
    return enrol_member(
        code=code,
        name=name or f"Socia {code}",
        settlement=place or settlement(),
        kind=kind,
        joined_on=joined_on,
        user=person(f"p{code.lower()}"),
        rule_set=rules,
        actor=secretary(),
    )


def honorary(code: str = "H-01") -> Member:
    """A member who does not knit."""
    return member(code, kind=Member.Kind.HONORARY)
