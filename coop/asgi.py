"""ASGI entry, for who prefers it; WSGI was twice as fast in our measurements."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings.production")
application = get_asgi_application()
