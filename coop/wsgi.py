"""WSGI entry: what the production server loads."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from coop.loading import without_collecting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings.production")
with without_collecting():
    application = get_wsgi_application()
    # All pages now, rather than while the first visitor waits.
    get_resolver().url_patterns  # noqa: B018
