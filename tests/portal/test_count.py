"""Counting a box around one phone, and signing a whole pay day on it."""

import re

import pytest
from django.test import Client
from djmoney.money import Money

from coop.kit.days import today
from coop.people.models import User
from coop.people.services import speak
from ledger import queries
from ledger.cash.models import Count, Holding, PayDay
from ledger.cash.services import ask_pay_day, open_box
from ledger.models import Approval, Payment
from ledger.services import (
    credit,
    debit,
    install_chart,
    open_member_account,
    post_entry,
    sign_payment,
)
from tests.factories.ledger import DAY, NAME, person
from tests.factories.people import PIN
from tests.portal.conftest import new_card
from tests.portal.test_pay import ask, earn


def box_of(workshop):
    return open_box(
        account=queries.account("cash"), holder=workshop.treasurer, actor=workshop.treasurer, on=DAY
    )


def test_two_count_around_one_phone_and_hand_the_box_over(workshop, phone):
    box, other = box_of(workshop), workshop.signers[0]
    client: Client = phone(workshop.treasurer)
    assert "Caja" in client.get("/m/count/").content.decode()
    page = client.get(f"/m/count/{box.pk}/").content.decode()
    assert "note-20000" in page
    # What the books say is not shown before it was counted.
    assert str(queries.balance(box.account).amount) not in page

    answer = client.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": "1", "of_10": "2"})
    count = Count.objects.get()
    assert answer.url == f"/m/count/of/{count.pk}/"
    assert count.counted_minor == 2020
    client.post(f"{answer.url}?with={other.pk}", {"drawing": "1,1"})
    assert not hasattr(Count.objects.get(), "agreement")
    card = new_card(other)
    here = f"{answer.url}?with={other.pk}"
    # Her drawing brings the keypad: only her own PIN says that it was she.
    page = client.post(here, {"drawing": NAME}).content.decode()
    assert 'name="enter"' in page
    assert NAME in page
    assert (
        'value="2"'
        in client.post(here, {"drawing": NAME, "pin": "", "press": "2"}).content.decode()
    )
    page = client.post(here, {"drawing": NAME, "pin": "9753", "enter": "1"}).content.decode()
    assert "Ese no es tu número" in page
    assert "9753" not in page
    card.refresh_from_db()
    assert card.failures == 1
    assert not hasattr(Count.objects.get(), "agreement")
    client.post(here, {"drawing": NAME, "pin": PIN, "enter": "1"})
    assert Count.objects.get().agreement.person == other

    hand = client.post(f"{answer.url}?to={other.pk}", {}).url
    client.post(hand)
    client.post(f"{hand}?who={other.pk}", {"drawing": NAME})
    assert Holding.objects.order_by("-number")[0].holder == workshop.treasurer
    client.post(f"{hand}?who={other.pk}", {"drawing": NAME, "pin": PIN, "enter": "1"})
    assert Holding.objects.order_by("-number")[0].holder == other
    assert client.get(hand).status_code == 200


def test_her_own_name_chosen_is_not_another(workshop, phone):
    """Whoever counted chooses herself, or types her own PIN for another: nothing is said."""
    box, other = box_of(workshop), workshop.signers[0]
    client = phone(workshop.treasurer)
    new_card(other)
    here = client.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": "1"}).url
    client.post(f"{here}?with={workshop.treasurer.pk}", {"drawing": NAME, "pin": PIN, "enter": "1"})
    client.post(f"{here}?with={other.pk}", {"drawing": NAME, "enter": "1"})
    client.post(here, {"drawing": NAME, "pin": PIN})
    assert not hasattr(Count.objects.get(), "agreement")


def test_who_has_no_pin_says_it_on_her_own_screen(workshop, phone):
    box, other = box_of(workshop), workshop.signers[0]
    client = phone(workshop.treasurer)
    here = client.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": "1"}).url
    page = client.get(f"{here}?with={other.pk}").content.decode()
    assert "no tiene todavía un número propio" in page
    assert "drawn-pad" not in page
    client.post(f"{here}?with={other.pk}", {"drawing": NAME, "pin": PIN, "enter": "1"})
    assert not hasattr(Count.objects.get(), "agreement")
    own = phone(other)
    assert own.get(here).status_code == 200
    own.post(here)
    assert Count.objects.get().agreement.proof == "session"


def test_what_is_no_number_is_said_and_nothing_is_counted(workshop, phone):
    box, client = box_of(workshop), phone(workshop.treasurer)
    for wrong in ("-1", "1.5", "x", "9" * 12):
        page = client.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": wrong})
        assert page.status_code == 200
    assert not Count.objects.exists()


def test_who_holds_no_box_does_not_count(workshop, phone):
    box = box_of(workshop)
    assert phone(workshop.rosa.user).get(f"/m/count/{box.pk}/").status_code == 403


def pay_day_of_two(workshop) -> tuple[PayDay, list[Payment]]:
    """Rosa and another are owed something, and it is asked for."""
    earn(workshop, 2)
    other = open_member_account(member_code="T-99", holder=person("Nilda", "member"))
    post_entry(
        day=DAY, kind="hand", memo="", reference="earned", created_by=None,
        lines=[
            debit(queries.account("finished_pieces"), Money("7.50", "PEN")),
            credit(other, Money("7.50", "PEN")),
        ],
    )  # fmt: skip
    day = ask_pay_day(
        from_account=queries.account("cash"),
        purpose="Pago",
        actor=workshop.treasurer,
        reference="pay-day",
    )
    return day, list(Payment.objects.filter(pay_day_line__pay_day=day).order_by("pk"))


def signed_by(user) -> set[Payment]:
    return {one.payment for one in Approval.objects.filter(signer=user)}


def test_a_pay_day_is_signed_after_each_woman_was_looked_at(workshop, phone):
    day, (first, second) = pay_day_of_two(workshop)
    client, address = phone(workshop.treasurer), f"/m/sign/day/{day.pk}/"
    assert client.get("/m/sign/").status_code == 200

    for payment, number in ((first, 1), (second, 2)):
        page = client.get(address).content.decode()
        assert f"{number} de 2" in page
        assert str(payment.payee) in page
        assert 'name="sign"' not in page
        client.post(address, {"sign": "all"})
        assert signed_by(workshop.treasurer) == set()
        assert client.post(address, {"next": payment.pk}).url == address

    page = client.get(address).content.decode()
    assert page.index('name="sign"') > page.index("paper--open")
    client.post(address, {"sign": "all"})
    assert signed_by(workshop.treasurer) == {first, second}
    assert "firma" in client.get(address).content.decode()


def test_what_she_has_not_seen_is_not_said_to_be_seen(workshop, phone):
    """A form that names the last paper, or the same one twice, leads no further."""
    day, (first, second) = pay_day_of_two(workshop)
    client, address = phone(workshop.treasurer), f"/m/sign/day/{day.pk}/"
    for made_up in (second.pk, "x", "", first.pk + 999):
        client.post(address, {"next": made_up})
        assert "1 de 2" in client.get(address).content.decode()
    client.post(address, {"next": first.pk})
    client.post(address, {"next": first.pk})
    assert "2 de 2" in client.get(address).content.decode()
    client.post(address, {"sign": "all", "next": second.pk})
    assert signed_by(workshop.treasurer) == set()


def test_one_is_left_out_and_the_others_signed(workshop, phone):
    day, (first, second) = pay_day_of_two(workshop)
    client, address = phone(workshop.treasurer), f"/m/sign/day/{day.pk}/"
    client.post(address, {"leave": first.pk})
    client.post(address, {"next": second.pk})
    assert str(first.payee) in client.get(address).content.decode().split("pay-list__head")[1]
    client.post(address, {"sign": "all"})
    assert signed_by(workshop.treasurer) == {second}


def test_she_looks_once_more(workshop, phone):
    day, (first, second) = pay_day_of_two(workshop)
    client, address = phone(workshop.treasurer), f"/m/sign/day/{day.pk}/"
    for one in (first, second):
        client.post(address, {"next": one.pk})
    client.post(address, {"again": "all"})
    assert "1 de 2" in client.get(address).content.decode()
    # What one has seen, another has not.
    client.post(address, {"next": first.pk})
    assert "1 de 2" in phone(workshop.signers[0]).get(address).content.decode()


@pytest.mark.parametrize(
    ("currency", "typed", "shown", "hidden", "counted"),
    [
        ("USD", {"of_10000": "1", "of_100": "3", "other": "75"},
         ["note-usd-10000", "note-usd-500", "note-usd-100"], ["note-usd-20000", "coin-"], 10375),
        ("EUR", {"of_20000": "1", "of_500": "2", "other": "20"},
         ["note-eur-20000", "note-eur-500"], ["note-eur-200\"", "coin-"], 21020),
    ],
)  # fmt: skip
def test_dollars_and_euros_are_counted_note_by_note(
    workshop, phone, currency, typed, shown, hidden, counted
):
    install_chart(chart="pe", currency=currency)
    box = open_box(
        account=queries.account("cash", currency),
        holder=workshop.treasurer,
        actor=workshop.treasurer,
        on=DAY,
    )
    client = phone(workshop.treasurer)
    page = client.get(f"/m/count/{box.pk}/").content.decode()
    assert all(one in page for one in shown)
    assert not any(one in page for one in hidden)
    assert 'name="other"' in page
    # A coin of ours among them counts nothing.
    client.post(f"/m/count/{box.pk}/", {"form_key": currency, "of_20": "9", **typed})
    assert Count.objects.get().counted_minor == counted
    assert (
        str(Count.objects.get().counted.amount)
        in client.get(f"/m/count/of/{Count.objects.get().pk}/").content.decode()
    )


def test_a_giver_who_is_away_is_told_in_each_language_and_signs_after_all(workshop, phone):
    box, other = box_of(workshop), workshop.signers[0]
    first, second = phone(workshop.treasurer), phone(other)
    here = first.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": "1"}).url
    second.post(here)
    hand = second.post(f"{here}?to={other.pk}", {"absent": "1"}).url
    assert "No está aquí." in second.get(hand).content.decode()
    speak(user=other, language="en")
    page = second.get(hand).content.decode()
    assert "She is not here." in page
    assert "«No está" not in page
    first.post(hand)
    assert "No está" not in first.get(hand).content.decode()
    assert "I sign that it was so" not in second.get(hand).content.decode()


def test_beside_the_day_of_the_count_stands_its_leaf(workshop, phone):
    box, client = box_of(workshop), phone(workshop.treasurer)
    assert 'class="leaf"' not in client.get("/m/count/").content.decode()
    here = client.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": "1"}).url
    phone(workshop.signers[0]).post(here)
    page = client.get("/m/count/").content.decode()
    assert page.count('class="leaf"') == 1
    assert f">{today().day}<" in page


def test_a_whole_pay_day_is_one_card_after_the_single_payments(workshop, phone):
    day, payments = pay_day_of_two(workshop)
    client = phone(workshop.treasurer)
    page = client.get("/m/sign/").content.decode()
    assert f"/m/sign/day/{day.pk}/" in page
    assert not any(f"/m/sign/{one.pk}/" in page for one in payments)
    assert "espera tu firma" not in page
    earn(workshop, 1)
    single = ask(workshop, "1.00")
    page = client.get("/m/sign/").content.decode()
    assert page.index(f"/m/sign/{single.pk}/") < page.index(f"/m/sign/day/{day.pk}/")
    # What she has signed of it stands there with her tick.
    sign_payment(payment=payments[0], signer=workshop.treasurer)
    page = client.get("/m/sign/").content.decode()
    assert page.count("paper--signed") == 1
    assert f"/m/sign/{payments[1].pk}/" in page


def test_a_handing_over_that_ended_is_told_and_no_longer_offered(workshop, phone):
    box, other = box_of(workshop), workshop.signers[0]
    first, second = phone(workshop.treasurer), phone(other)
    here = first.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": "1"}).url
    second.post(here)
    hand = first.post(f"{here}?to={other.pk}", {}).url
    assert hand in second.get("/m/count/").content.decode()
    again = first.post(f"/m/count/{box.pk}/", {"form_key": "b", "of_2000": "1"}).url
    second.post(again)
    assert hand not in second.get("/m/count/").content.decode()
    page = second.get(hand).content.decode()
    assert "Esta entrega ya terminó" in page
    assert f"/m/count/{box.pk}/" in page
    assert "Yo firmo" not in page.split("<main")[1].split("</main")[0]


def test_those_of_the_junta_are_first_among_many_to_choose_from(workshop, phone):
    box, other = box_of(workshop), workshop.signers[0]
    for number in range(14):
        workshop.another(f"Aa {number:02}")
    client = phone(workshop.treasurer)

    answer = client.post(f"/m/count/{box.pk}/", {"form_key": "a", "of_2000": "1"})
    page = client.get(answer.url).content.decode()

    offered = re.findall(r'href="\?with=(\d+)#other"', page)
    is_of_junta = [User.objects.get(pk=pk).has_perm("cash.count_box") for pk in offered]
    assert str(other.pk) in offered
    assert is_of_junta == sorted(is_of_junta, reverse=True)
    assert not is_of_junta[-1]
    # Her turn is where she draws, below the sums.
    assert 'id="other"' in client.get(f"{answer.url}?with={offered[0]}").content.decode()
