"""bin/serve --https as a phone on the same network meets it: the gate, the trust, the worker."""

import base64
import hashlib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page

from house import https
from house.browser import find_chromium
from tests.harness.browser import SIZES, Watch, assert_accessible
from tests.harness.site import Site

pytestmark = pytest.mark.browser
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture
def phone_of_hers(https_site: Site, chromium: Browser, watch: Watch) -> Iterator[Page]:
    """A phone that trusts the house's own authority, and no other that it does not know."""
    tls = https_site.house.tls
    assert tls
    own = x509.load_pem_x509_certificate(Path(tls.certificate).read_bytes())
    spki = own.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pin = base64.b64encode(hashlib.sha256(spki).digest()).decode()
    trusting = [*ARGUMENTS, f"--ignore-certificate-errors-spki-list={pin}"]
    browser = chromium.browser_type.launch(executable_path=find_chromium(), args=trusting)
    context = browser.new_context(**SIZES["phone"], locale="es-PE")
    context.on("page", watch.follow)
    yield context.new_page()
    browser.close()


def test_the_gate_shows_how_to_trust_and_sends_the_rest_to_https(
    https_site: Site, phone_of_hers: Page
) -> None:
    page, tls = phone_of_hers, https_site.house.tls
    assert tls
    gate = f"http://127.0.0.1:{https.gate_port(https_site.house.port)}"

    page.goto(f"{gate}/trust/")

    assert page.url == f"{gate}/es/trust/"
    assert_accessible(page)
    shown = page.locator(".trust__print").inner_text()
    assert "".join(shown.split()).lower() == tls.fingerprint
    with page.expect_download() as fetched:
        page.locator(".trust__steps a.button").first.click()
    assert hashlib.sha256(Path(fetched.value.path()).read_bytes()).hexdigest() == tls.fingerprint
    page.goto(f"{gate}/es/shop/")
    assert page.url.startswith(f"https://127.0.0.1:{https_site.house.port}/es/shop/")


def test_on_a_phone_that_trusts_the_worker_starts_and_the_pass_lets_the_demo_in(
    https_site: Site, phone_of_hers: Page
) -> None:
    page = phone_of_hers
    page.goto(f"{https_site.url}/let-in/{https_site.house.extra['MINKA_DEMO_PASS']}/")

    assert page.url.startswith(f"{https_site.url}/m/")
    assert page.evaluate("isSecureContext && !!crypto.subtle")
    assert page.evaluate("navigator.serviceWorker.ready.then((one) => !!one.active)")
    cookies = {one["name"]: one for one in page.context.cookies()}
    assert cookies["demo_pass"]["secure"]
    assert cookies["demo_pass"]["httpOnly"]


def test_only_who_trusts_the_authority_gets_an_answer_and_no_browser_is_told_to_insist(
    https_site: Site,
) -> None:
    tls = https_site.house.tls
    assert tls
    with urllib.request.urlopen(f"{https_site.url}/es/", context=tls.trusting()) as answer:
        assert answer.status == 200
        assert "Strict-Transport-Security" not in answer.headers

    with pytest.raises(OSError, match="certificate verify failed"):
        urllib.request.urlopen(f"{https_site.url}/es/")
