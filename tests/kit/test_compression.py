"""Pages travel small; pictures, which are small already, travel as they are."""

import gzip

import pytest
from django.http import HttpResponse

from coop.kit.middleware import CompressionMiddleware

LONG = "Every stitch is counted. " * 80


def answer(rf, kind: str, *, accepts: str = "gzip, br") -> HttpResponse:
    request = rf.get("/", headers={"Accept-Encoding": accepts})
    response = HttpResponse(LONG, content_type=kind)
    sent = CompressionMiddleware(lambda _request: response)(request)
    assert isinstance(sent, HttpResponse)
    return sent


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "image/svg+xml", "application/json"])
def test_what_is_read_is_compressed(rf, kind):
    response = answer(rf, kind)

    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert gzip.decompress(response.content).decode() == LONG


def test_a_picture_is_left_as_it_is(rf):
    response = answer(rf, "image/avif")

    assert "Content-Encoding" not in response
    assert response.content.decode() == LONG


def test_who_cannot_unpack_gets_it_plain(rf):
    assert "Content-Encoding" not in answer(rf, "text/html", accepts="identity")
