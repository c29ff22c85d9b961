"""The paper behind an entry, on a member's phone."""

from io import BytesIO

from PIL import Image

from ledger.services import add_voucher
from tests.factories.ledger import Books
from tests.ledger.test_by_hand import photo
from tests.ledger.test_papers import rent


def rent_of(workshop):
    books = Books.__new__(Books)
    books.treasurer, books.references = workshop.treasurer, 500
    return rent(books)


def test_an_entry_shows_its_paper_and_the_picture_is_small(workshop, phone):
    entry = rent_of(workshop)
    client = phone(workshop.rosa.user)
    address = f"/m/book/paper/{entry.pk}/"
    hidden = add_voucher(entry=entry, file=photo(), actor=workshop.treasurer)
    assert address not in client.get("/m/book/").content.decode()
    assert client.get(address).status_code == 404
    assert client.get(f"/m/book/paper/{hidden.pk}.jpg/").status_code == 404

    seen = add_voucher(entry=entry, file=photo(), is_open=True, actor=workshop.treasurer)
    assert address in client.get("/m/book/").content.decode()
    page = client.get(address).content.decode()
    assert f"/m/book/paper/{seen.pk}.jpg/" in page
    assert f"/m/book/paper/{hidden.pk}.jpg/" not in page
    # Its sentence is no mistake of hers.
    assert "said--error" not in page.split("<main")[1].split("</main>")[0]
    assert 'data-say=""' not in page
    answer = client.get(f"/m/book/paper/{seen.pk}.jpg/")
    assert answer["Cache-Control"] == "private, no-store"
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) <= 900


def test_a_phone_of_nobody_sees_no_paper(workshop, phone, client):
    entry = rent_of(workshop)
    voucher = add_voucher(entry=entry, file=photo(), is_open=True, actor=workshop.treasurer)
    for address in (f"/m/book/paper/{entry.pk}/", f"/m/book/paper/{voucher.pk}.jpg/"):
        assert client.get(address).status_code == 302
