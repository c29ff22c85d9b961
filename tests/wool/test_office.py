"""The storekeeper's pages: by weight, each form once, refusals beside their field."""

from uuid import uuid4

import pytest
from django.test import Client

from coop.kit import days, office
from coop.wool.models import Custody, PurchaseTrip, WoolLot, WoolMovement
from ledger.models import Payment
from ledger.queries import account, balance
from tests.factories.ledger import DAY, soles
from tests.factories.members import honorary
from tests.factories.office import browser, browser_of
from tests.factories.wool import Store, colour, yarn

pytestmark = pytest.mark.django_db

WOOL = "/office/wool/"


def data(**values: object) -> dict[str, object]:
    return {"form_key": str(uuid4()), "on": str(DAY)} | values


def keeper(store: Store) -> Client:
    return browser_of(store.keeper)


def test_every_page_opens_for_who_works_in_the_store_and_for_nobody_else():
    store = Store()
    lot = store.lot()
    store.issue(lot, 100)
    pages = [
        "",
        "lots/",
        "lots/?show=all",
        "movements/",
        f"lot/{lot.pk}/",
        "members/",
        "members/T-01/",
        "trips/",
        f"trips/{store.trip.pk}/",
    ]
    clients = {role: browser(role, role) for role in ("auditor", "treasurer", "secretary")}
    clients["storekeeper"] = keeper(store)
    stranger, member = browser("Editora", "editor"), browser_of(store.knitter.user)

    for page in pages:
        for role, client in clients.items():
            assert client.get(WOOL + page).status_code == 200, (role, page)
        assert stranger.get(WOOL + page).status_code == 403
        assert member.get(WOOL + page).status_code in {302, 403}
    for page in ("hand-out/", "trips/send/"):
        assert keeper(store).get(WOOL + page).status_code == 200
        assert clients["auditor"].get(WOOL + page).status_code == 403


def test_lists_read_in_as_many_queries_for_three_rows_as_for_one(django_assert_max_num_queries):
    store = Store()
    client = keeper(store)
    pages = ("", "lots/", "movements/", "members/", "trips/")
    store.issue(store.lot(), 10)
    counts = {}
    for page in pages:
        client.get(WOOL + page)
        with django_assert_max_num_queries(60) as seen:
            client.get(WOOL + page)
        counts[page] = len(seen)
    for key in ("indigo", "qolle"):
        store.issue(store.lot(colour_key=key), 10, store.carrier)
        store.send("10.00")

    for page in pages:
        with django_assert_max_num_queries(counts[page]):
            client.get(WOOL + page)


def test_wool_is_handed_out_once_however_often_the_form_is_sent():
    store = Store()
    lot = store.lot()
    sent = data(member=store.knitter.pk, lot=lot.pk, grams=400)

    for _time in range(2):
        answer = keeper(store).post(WOOL + "hand-out/", sent)
        assert answer["Location"] == WOOL + "members/T-01/"

    assert Custody.objects.get().grams == 400
    assert WoolMovement.objects.filter(kind="issued").count() == 1


def test_who_hands_out_wool_comes_first_to_what_work_asks_for():
    store = Store()
    lot = store.lot()
    client = keeper(store)

    for page in ("", "members/"):
        assert 'href="/office/work/wool/"' in client.get(WOOL + page).content.decode()
    assert f'href="{WOOL}hand-out/"' in client.get("/office/work/wool/").content.decode()
    lots = client.get(WOOL + "hand-out/").context["form"].fields["lot"].choices
    (_empty, (heading, (choice,))) = list(lots)
    assert heading == str(lot.yarn)
    assert str(choice[1]).startswith(str(lot.colour))


def test_the_form_is_filled_in_from_a_lot_or_a_member():
    store = Store()
    lot = store.lot()

    page = keeper(store).get(WOOL + "hand-out/", {"member": "T-01", "lot": lot.pk})

    form = page.context["form"]
    assert form["member"].value() == store.knitter.pk
    assert form["lot"].value() == str(lot.pk)
    assert keeper(store).get(WOOL + "hand-out/", {"member": "x", "lot": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"grams": 1001}, "grams"),
        ({"grams": 0}, "grams"),
        ({"grams": "4,5"}, "grams"),
        ({"grams": ""}, "grams"),
        ({"member": "honorary"}, "member"),
        ({"member": ""}, "member"),
        ({"lot": 999999}, "lot"),
        ({"on": "2999-01-01"}, "on"),
        ({"on": "yesterday"}, "on"),
    ],
)
def test_a_wrong_hand_out_is_shown_beside_its_field(changes: dict, field: str):
    store = Store()
    lot = store.lot()
    if changes.get("member") == "honorary":
        changes = {"member": honorary().pk}
    sent = data(member=store.knitter.pk, lot=lot.pk, grams=77) | changes

    page = keeper(store).post(WOOL + "hand-out/", sent)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["grams"].value() == str(sent["grams"]) or field != "member"
    assert Custody.objects.count() == 0


def test_wool_comes_back_and_is_written_off():
    store = Store()
    lot = store.lot()
    store.issue(lot, 400)
    custody = Custody.objects.get()
    client = keeper(store)

    client.post(WOOL + "members/T-01/back/", data(custody=custody.pk, grams=100))
    too_much = client.post(WOOL + "members/T-01/back/", data(custody=custody.pk, grams=301))
    client.post(
        WOOL + "members/T-01/write-off/",
        data(custody=custody.pk, grams=20, what="waste_wool", why="se enredó"),
    )
    client.post(
        WOOL + "members/T-01/write-off/",
        data(custody=custody.pk, grams=30, what="lose_wool", why="no volvió"),
    )
    no_reason = client.post(
        WOOL + "members/T-01/write-off/",
        data(custody=custody.pk, grams=30, what="lose_wool", why=" "),
    )

    assert too_much.status_code == 200
    assert list(too_much.context["return_form"].errors) == ["grams"]
    assert list(no_reason.context["write_off_form"].errors) == ["why"]
    custody.refresh_from_db()
    assert custody.grams == 250
    assert (balance(account("wool_wasted")), balance(account("losses"))) == (
        soles("2.00"),
        soles("3.00"),
    )


def test_somebody_elses_wool_cannot_be_taken_back_from_her():
    store = Store()
    store.issue(store.lot(), 400)

    page = keeper(store).post(
        WOOL + "members/T-02/back/", data(custody=Custody.objects.get().pk, grams=1)
    )

    assert page.status_code == 200
    assert Custody.objects.get().grams == 400


def test_the_store_writes_off_what_it_lost():
    store = Store()
    lot = store.lot()

    page = keeper(store).post(f"{WOOL}lot/{lot.pk}/lose/", data(grams=1001, why="polillas"))
    assert list(page.context["form"].errors) == ["grams"]
    keeper(store).post(f"{WOOL}lot/{lot.pk}/lose/", data(grams=50, why="polillas"))

    lot.refresh_from_db()
    assert (lot.store_g, lot.lost_g) == (950, 50)


def test_a_trip_is_asked_for_once_and_waits_for_two_signatures():
    store = Store()
    sent = data(
        carrier=store.carrier.pk,
        destination="Juliaca",
        amount="250.50",
        due_on=str(days.today()),
        from_account=account("bank").pk,
    )

    for _time in range(2):
        answer = keeper(store).post(WOOL + "trips/send/", sent)

    trip = PurchaseTrip.objects.get(destination="Juliaca")
    assert answer["Location"] == f"{WOOL}trips/{trip.pk}/"
    assert (trip.amount, trip.status) == (soles("250.50"), "requested")
    assert trip.payment.status == Payment.Status.REQUESTED
    assert trip.payment.from_account == account("bank")
    wrong = keeper(store).post(WOOL + "trips/send/", data(**sent) | {"amount": "1.234"})
    assert list(wrong.context["form"].errors) == ["amount"]
    client = keeper(store)
    client.post(f"{WOOL}trips/{trip.pk}/cancel/", {"why": "Llueve"})
    assert PurchaseTrip.objects.get(pk=trip.pk).status == "cancelled"


def test_receipts_become_lots_and_the_rest_comes_back():
    store = Store("1000.00")
    client = keeper(store)
    address = f"{WOOL}trips/{store.trip.pk}/"
    receipt = data(
        yarn=yarn().pk, colour=colour().pk, grams=2000, cost="600.00", supplier="Hilandería"
    )

    for _time in range(2):
        client.post(address + "receipt/", receipt)
    too_much = client.post(address + "receipt/", receipt | data(cost="400.01"))
    rest = client.post(address + "rest/", data(amount="400.00", to_account=account("cash").pk))

    assert WoolLot.objects.get().received_g == 2000
    assert list(too_much.context["receipt_form"].errors) == ["cost"]
    assert too_much.context["receipt_form"]["supplier"].value() == "Hilandería"
    assert rest.status_code == 302
    assert PurchaseTrip.objects.get().status == "settled"
    assert "receipt_form" not in client.get(address).context


def test_who_only_reads_moves_no_wool():
    store = Store()
    lot = store.lot()
    store.issue(lot, 100)
    reader = browser("Auditora", "auditor")

    for address, sent in [
        ("hand-out/", data(member=store.knitter.pk, lot=lot.pk, grams=1)),
        ("members/T-01/back/", data(custody=Custody.objects.get().pk, grams=1)),
        ("members/T-01/write-off/", data()),
        ("trips/send/", data()),
        (f"trips/{store.trip.pk}/receipt/", data()),
        (f"trips/{store.trip.pk}/rest/", data()),
        (f"trips/{store.trip.pk}/cancel/", {"why": "x"}),
        (f"lot/{lot.pk}/lose/", data(grams=1, why="x")),
    ]:
        assert reader.post(WOOL + address, sent).status_code == 403

    lot.refresh_from_db()
    assert (lot.store_g, lot.held_g, lot.lost_g) == (900, 100, 0)


def test_long_histories_have_pages(monkeypatch):
    store = Store()
    lot = store.lot()
    for _time in range(3):
        store.issue(lot, 10)
    monkeypatch.setattr(office, "ON_A_PAGE", 2)

    for page in ("movements/", f"lot/{lot.pk}/", "members/T-01/"):
        first = keeper(store).get(WOOL + page)
        assert first.status_code == 200
        assert "?p=2" in first.content.decode(), page
        assert keeper(store).get(f"{WOOL}{page}?p=2").status_code == 200


def test_wool_that_came_without_a_trip_is_written_down_once():
    Store()
    client = browser("Tomasa", "treasurer")
    wool, dyed = yarn(), colour()
    sent = data(yarn=wool.pk, colour=dyed.pk, grams=3000, cost="144.00", supplier="Hilandería")

    assert 'href="/office/wool/came/"' in client.get(WOOL + "lots/").content.decode()
    client.post(WOOL + "came/", sent)
    answer = client.post(WOOL + "came/", sent)

    lot = WoolLot.objects.get(trip=None)
    assert answer["Location"] == f"{WOOL}lot/{lot.pk}/"
    assert (lot.received_g, lot.supplier) == (3000, "Hilandería")
    assert balance(account("supplier")) == soles("144.00")
    assert "Hilandería" in client.get(answer["Location"]).content.decode()


def test_wool_that_came_without_a_supplier_is_refused_with_a_sentence():
    client = browser("Tomasa", "treasurer")
    answer = client.post(
        WOOL + "came/",
        data(yarn=yarn().pk, colour=colour().pk, grams="10", cost="1", supplier=" "),
    )
    assert list(answer.context["form"].errors) == ["supplier"]
    assert not WoolLot.objects.exists()
