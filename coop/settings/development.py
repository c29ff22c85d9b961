"""For a developer at work: DJANGO_SETTINGS_MODULE=coop.settings.development."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-development-" + "x" * 40)

from coop.settings.base import *  # noqa: F403

DEBUG = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
