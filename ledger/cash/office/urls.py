"""Addresses below /office/cash/."""

from django.urls import path

from ledger.cash.office import boxes

app_name = "cash_office"
urlpatterns: list = []
