"""Settings of a house that gives away what it has not: for a negative control alone.

Lock, look and constraint of the store are off, as in `test_race.py`, but in the servers.
"""

from typing import Any

from django.apps import AppConfig

from coop.settings.production import *  # noqa: F403
from coop.settings.production import INSTALLED_APPS as SOUND

INSTALLED_APPS = [*SOUND, "tests.shop.careless.Careless"]


class Careless(AppConfig):
    """Takes the care out of the store when Django is ready."""

    name = "tests.shop"
    label = "careless"

    def ready(self) -> None:
        from catalog.models import Piece
        from orders.shop.services import stock

        def any_piece(line: Any, count: int) -> list[Piece]:
            return list(Piece.objects.filter(variant=line.variant_id)[:count])

        stock.free_pieces = any_piece
        stock.record_allocations = lambda line, pieces: None
