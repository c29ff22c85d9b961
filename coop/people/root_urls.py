"""Addresses without a language: the authority's certificate, and the demo's pass for phones."""

from django.urls import path

from coop.people import doors, trust

urlpatterns = [
    path("trust/minka.crt", trust.certificate, {"form": "der"}, name="trust-crt"),
    path("trust/minka.pem", trust.certificate, {"form": "pem"}, name="trust-pem"),
    path("let-in/<str:token>/", doors.let_in, name="let-in"),
]
