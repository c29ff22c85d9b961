"""Addresses that machines ask (is it alive, is it ready), and the house's own pictures."""

from django.urls import path

from coop.kit import health, views

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("media/<path:path>", views.media, name="media"),
    path("motif/<slug:key>/<slug:colour>-swatch.svg", views.swatch, name="motif-swatch"),
    path("motif/<slug:key>/<slug:colour>-arch.svg", views.arch, name="motif-arch"),
    path("motif/<slug:key>/<slug:colour>-band.svg", views.band, name="motif-band"),
    path("motif/<slug:key>/<slug:colour>.svg", views.motif, name="motif"),
]
