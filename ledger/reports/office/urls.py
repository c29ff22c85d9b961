"""Addresses below /office/money-reports/."""

from django.urls import path

from ledger.reports.office import budget, pages

app_name = "reports_office"
urlpatterns = [
    path("", pages.index, name="index"),
    path("budget-lines/", budget.lines, name="budget-lines"),
    path("documents/<int:pk>/", pages.document, name="document"),
    path("<slug:key>/", pages.report, name="report"),
    path("<slug:key>/document/", pages.ask, name="ask"),
]
