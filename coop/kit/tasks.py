"""What the worker does for the kit in the background."""

from typing import Any

from django.db import transaction
from django_tasks import task

from coop.kit import photographs


@task()
def encode_picture(image_id: int) -> int:
    """Encode an image in every size before anybody looks at it; how many there are."""
    return photographs.encode_ahead(image_id)


def encode_what_was_saved(instance: Any, **_rest: Any) -> None:
    """After an editor saved an image: its sizes are made in the background, nobody waits."""
    if getattr(instance, photographs.BY_EDITOR, False):
        transaction.on_commit(lambda: encode_picture.enqueue(instance.pk))
