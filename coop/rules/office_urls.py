"""Addresses below /office/rules/."""

from django.urls import path

from coop.rules import office

app_name = "rules_office"
urlpatterns = [
    path("", office.index, name="index"),
    path("version/<int:pk>/", office.version, name="version"),
    path("adopt/", office.adopt, name="adopt"),
    path("change/", office.change, name="change"),
]
