"""Uploaded pictures are served in the sizes that pages show, and nothing else that was uploaded."""

import pytest


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    for folder in ("images", "original_images", "documents"):
        (settings.MEDIA_ROOT / folder).mkdir(parents=True)
        (settings.MEDIA_ROOT / folder / "lake.webp").write_bytes(b"RIFF")
    (tmp_path / "secret.key").write_text("secret")


@pytest.mark.django_db
def test_a_rendition_is_served_and_kept_for_a_day(client):
    response = client.get("/media/images/lake.webp")

    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert b"".join(response.streaming_content) == b"RIFF"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "original_images/lake.webp",
        "documents/lake.webp",
        "images/none.webp",
        "images/",
        "images/../../secret.key",
        "images/%2e%2e/%2e%2e/secret.key",
    ],
)
def test_nothing_else_is_served(client, path):
    assert client.get(f"/media/{path}").status_code in {400, 404}
