"""Chromium, for the browser tests."""

import os
import shutil

HOW_TO_INSTALL = (
    "install it with `apt install chromium chromium-headless-shell` (Debian), `dnf install chromium`"
    " (Fedora) or `brew install --cask chromium` (macOS), or name a Chrome by MINKA_CHROMIUM."
)
# The same engine without windows, where the machine has it: a page costs it a third of the work.
_WITHOUT_WINDOWS = ("chromium-headless-shell",)
_WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium(*, is_whole: bool = False) -> str | None:
    """The path of Chromium (or Chrome) on this machine; `is_whole` asks for the one with windows."""
    named = os.environ.get("MINKA_CHROMIUM")
    names = [named] if named else [*([] if is_whole else _WITHOUT_WINDOWS), *_WHOLE]
    return next((path for path in map(shutil.which, names) if path), None)
