"""Chromium, for the browser tests."""

import os
import shutil

HOW_TO_INSTALL = (
    "install it with `apt install chromium` (Debian, Ubuntu), `dnf install chromium` (Fedora) or"
    " `brew install --cask chromium` (macOS), or name a Chrome by MINKA_CHROMIUM."
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """The path of Chromium (or Chrome) on this machine."""
    named = os.environ.get("MINKA_CHROMIUM")
    found = (shutil.which(name) for name in ([named] if named else _NAMES))
    return next((path for path in found if path), None)
