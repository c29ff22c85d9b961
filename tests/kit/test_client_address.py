"""Behind proxies the house knows who asks, and believes nobody's own word about it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from coop.kit.middleware import ClientAddressMiddleware
from coop.settings import environment

PROXY, VISITOR, INVENTED = "127.0.0.1", "203.0.113.9", "198.51.100.1"


@pytest.mark.parametrize(
    ("proxies", "heard", "is_from"),
    [
        (0, VISITOR, PROXY),  # nobody stands in front: whoever sends this header lies
        (1, VISITOR, VISITOR),
        (1, f"{INVENTED}, {VISITOR}", VISITOR),
        (2, f"{INVENTED}, {VISITOR}, 10.0.0.2", VISITOR),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "", PROXY),  # the house itself asks whether it is ready
        (2, VISITOR, PROXY),
        (1, "unknown", PROXY),
    ],
)
def test_who_asks(settings, proxies: int, heard: str, is_from: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=heard)

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.META["REMOTE_ADDR"])

    assert ClientAddressMiddleware(answer)(request).content.decode() == is_from


@pytest.mark.parametrize("value", ["-1", "one", "10", "１"])
def test_a_wrong_number_of_proxies_is_named(monkeypatch, value: str) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", value)

    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES must be a number"):
        environment.count("TRUSTED_PROXIES")
