"""How a phone comes to trust the house's own certificate."""

import hashlib
import ssl
from pathlib import Path

import pytest
from django.test import Client

from house import https
from tests.shop.pages import text

pytestmark = pytest.mark.django_db
ANDROID = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 10; K) Chrome/120"}


@pytest.fixture
def authority(tmp_path: Path, settings) -> bytes:
    tls = https.make_certificate(tmp_path / "https")
    settings.AUTHORITY_FILE = Path(tls.authority)
    return ssl.PEM_cert_to_DER_cert(Path(tls.authority).read_text())


@pytest.mark.parametrize("address", ["/es/trust/", "/trust/minka.crt", "/trust/minka.pem"])
def test_a_house_with_another_certificate_has_no_such_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_certificate_comes_in_a_form_that_phones_know(client: Client, authority: bytes) -> None:
    for_phones, for_programs = client.get("/trust/minka.crt"), client.get("/trust/minka.pem")

    assert for_phones.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert for_phones.content == authority
    assert ssl.PEM_cert_to_DER_cert(for_programs.content.decode()) == authority
    assert b"PRIVATE" not in for_programs.content


@pytest.mark.parametrize(
    ("language", "word"), [("es", "Confía en esta casa"), ("en", "Trust this")]
)
def test_the_page_shows_the_fingerprint_and_the_steps(
    client: Client, authority: bytes, language: str, word: str
) -> None:
    page = text(client.get(f"/{language}/trust/"))

    assert word in page
    shown = page.replace(" ", "")
    assert hashlib.sha256(authority).hexdigest().upper() in shown
    for machine in ("Android", "iPhone", "Windows", "macOS", "Linux", "Firefox"):
        assert machine in page


def test_her_own_phone_is_open_first(client: Client, authority: bytes) -> None:
    page = client.get("/es/trust/", **ANDROID)

    opened = page.content.decode().split("<details")[1:]
    assert [" open>" in one.partition("<summary")[0] for one in opened].count(True) == 1
    assert " open>" in opened[0].partition("<summary")[0]
    assert "User-Agent" in page.headers["Vary"]


def test_without_a_language_the_visitors_own_is_taken(client: Client, authority: bytes) -> None:
    assert client.get("/trust/", HTTP_ACCEPT_LANGUAGE="en").url == "/en/trust/"
