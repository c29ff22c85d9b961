"""Addresses below /office/hours/."""

from django.urls import path

from coop.quotas import office

app_name = "quotas_office"
urlpatterns = [path("", office.table, name="table")]
