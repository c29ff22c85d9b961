"""A handing over is called off by itself, and who lost a box while she was away is told.

Source: issue 5, "handing over is count plus two signatures"; rules, "the president left".
"""

import pytest
from django.urls import reverse

from coop.kit import audit
from ledger.cash import queries
from ledger.cash.errors import (
    HandedAlready,
    HandingCalledOff,
    MayNotCallOff,
    NotHerBox,
)
from ledger.cash.models import HandingEnd, HandingHeard, HandingOver, HandingSign, Holding, Proof
from ledger.cash.services import (
    ask_handing_over,
    call_off_handing_over,
    hear_of_handing_over,
    sign_handing_over,
)
from tests.cash.conftest import Around
from tests.factories.ledger import person
from tests.ledger.behind import rules_off, run
from tests.ledger.raw import in_vain, refuse
from tests.ledger.test_office import sign_in
from tests.ledger.test_posting import refused

pytestmark = pytest.mark.django_db


def to_marta(around: Around, **changes) -> HandingOver:
    values = {"count": around.counted(), "receiver": around.marta, "actor": around.books.treasurer}
    return ask_handing_over(**(values | changes))


def sign(handing: HandingOver, *people) -> None:
    for one in people:
        sign_handing_over(handing_over=handing, person=one, actor=one)


@pytest.mark.parametrize("who", ["giver", "receiver", "junta"])
def test_it_is_called_off_and_the_box_stays_where_it_is(around: Around, who: str):
    handing = to_marta(around)
    sign(handing, around.books.treasurer)
    actor = {
        "giver": around.books.treasurer, "receiver": around.marta, "junta": around.books.secretary
    }[who]  # fmt: skip

    for _ in range(2):
        call_off_handing_over(handing_over=handing, actor=actor, note=" the key is lost ")

    end = HandingEnd.objects.get()
    assert (end.actor, end.note) == (actor, "the key is lost")
    assert not queries.open_handings().exists()
    with refused(HandingCalledOff):
        sign(handing, around.marta)
    with refused(HandingCalledOff):
        to_marta(around, count=handing.count)
    assert Holding.objects.count() == 1
    sign(to_marta(around), around.books.treasurer, around.marta)
    assert Holding.objects.latest("number").holder == around.marta
    assert audit.findings() == []


def test_who_has_nothing_to_do_with_it_does_not_call_it_off(around: Around):
    handing = to_marta(around)
    with refused(MayNotCallOff):
        call_off_handing_over(handing_over=handing, actor=person("Nora", "member"))
    assert queries.open_handings().exists()


def test_what_was_handed_over_is_not_called_off(around: Around):
    handing = to_marta(around)
    sign(handing, around.books.treasurer, around.marta)
    with refused(HandedAlready):
        call_off_handing_over(handing_over=handing, actor=around.marta)
    with in_vain():
        HandingEnd.objects.create(handing_over=handing, actor=around.marta)


def test_the_database_lets_nobody_sign_what_was_called_off(around: Around):
    handing = to_marta(around)
    sign(handing, around.books.treasurer)
    call_off_handing_over(handing_over=handing, actor=around.marta)
    with in_vain():
        HandingSign.objects.create(
            handing_over=handing, person=around.marta, written_by=around.marta, proof=Proof.SESSION
        )
    refuse("DELETE FROM cash_handingend")
    refuse("UPDATE cash_handingend SET note = 'x'")
    with rules_off():
        run(
            "UPDATE cash_handingend SET handing_over_id = handing_over_id, actor_id = %s",
            around.books.treasurer.pk,
        )
        assert any("cash_handingend" in one for one in audit.findings())


# Who was away ----------------------------------------------------------------------------------
@pytest.fixture
def gone(around: Around) -> HandingOver:
    """Tomasa was away: Petra and Silvia signed that her box went to Marta."""
    handing = to_marta(around, actor=around.books.president, absence="She is ill.")
    sign(handing, around.marta, around.books.president, around.books.secretary)
    return handing


def test_who_lost_her_box_while_she_was_away_is_told_until_she_has_read_it(
    around: Around, gone: HandingOver
):
    treasurer = around.books.treasurer
    assert list(queries.boxes_gone_from(treasurer)) == [gone]
    assert not queries.boxes_gone_from(around.marta)
    with refused(NotHerBox):
        hear_of_handing_over(handing_over=gone, actor=around.books.president)
    with in_vain():
        HandingHeard.objects.create(handing_over=gone, person=around.books.president)

    for _ in range(2):
        hear_of_handing_over(handing_over=gone, actor=treasurer)

    assert not queries.boxes_gone_from(treasurer)
    assert HandingHeard.objects.count() == 1
    assert audit.findings() == []


def test_who_signed_for_it_herself_is_told_nothing(around: Around):
    sign(to_marta(around), around.books.treasurer, around.marta)
    assert not queries.boxes_gone_from(around.books.treasurer)


def test_the_office_says_it_on_its_first_page(around: Around, gone: HandingOver):
    client = sign_in(around.books.treasurer)
    said = "tuya pasó a otra persona mientras no estabas."
    assert said in client.get(reverse("wagtailadmin_home")).content.decode()
    page = client.get(reverse("cash_office:boxes")).content.decode()
    assert "Marta" in page
    assert "She is ill." in page

    client.post(reverse("cash_office:heard", args=[gone.pk]))

    assert said not in client.get(reverse("wagtailadmin_home")).content.decode()
