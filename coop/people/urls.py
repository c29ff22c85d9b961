"""Pages about the doors, in the visitor's language."""

from django.urls import path

from coop.people import trust

urlpatterns = [path("trust/", trust.trust, name="trust")]
