"""Addresses that machines ask: is it alive, is it ready."""

from django.urls import path

from coop.kit import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
