"""`manage.py draw_app_icons`: the icons of the members' app, into static/img/."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from coop.kit.app_icons import app_icon

ICONS = {
    # For a browser's tab: the others weigh more than a screen should.
    "app-48.png": (48, False),
    "app-192.png": (192, False),
    "app-512.png": (512, False),
    "app-maskable-512.png": (512, True),
}


class Command(BaseCommand):
    help = "Draws the icons of the members' app into static/img/."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "static" / "img"
        for name, (side, is_maskable) in ICONS.items():
            # Few colours: a fifth of the bytes, and no eye sees the difference.
            icon = app_icon(side, is_maskable=is_maskable).quantize(64, method=2)
            icon.save(folder / name, optimize=True)
            self.stdout.write(f"{name}: {(folder / name).stat().st_size} bytes")
