"""What the tests of the shop's pages share: a form filled in, and the words of a page."""

import re
from typing import Any

from django.test import Client

from catalog.models import Variant

WRITTEN = {
    "name": "Ana Quispe",
    "email": "ana@example.org",
    "phone": "",
    "delivery": "peru",
    "address": "Jr. Lima 12\nPuno",
    "method": "transfer",
    "note": "",
}


def put_in(client: Client, variant: Variant, quantity: Any = 1) -> Any:
    """Press the button of a product page."""
    data = {"variant": variant.pk, "quantity": quantity}
    return client.post("/en/cart/add/", data, follow=True)


def hidden(client: Client) -> dict[str, str]:
    """The hidden fields of the checkout as it stands now."""
    return hidden_in(client.get("/en/checkout/"))


def hidden_in(response: Any) -> dict[str, str]:
    """The hidden fields of a page of the checkout."""
    page = response.content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)[1]
        for name in ("form_key", "seen", "currency")
    }


def send(client: Client, **changes: Any) -> Any:
    """Fill in the checkout and send it."""
    return client.post("/en/checkout/", {**WRITTEN, **hidden(client), **changes}, follow=True)


def text(response: Any) -> str:
    """What a page says, without its tags."""
    page = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
