"""Addresses below /office/money-reports/."""

from django.urls import path

from ledger.reports.office import budget, decisions, pages

app_name = "reports_office"
urlpatterns = [
    path("", pages.index, name="index"),
    path("budget-lines/", budget.lines, name="budget-lines"),
    path("decisions/", decisions.index, name="decisions"),
    path(
        "decisions/public-totals/",
        decisions.write,
        {"subject": "public-totals"},
        name="decide-totals",
    ),
    path("decisions/pay/", decisions.write, {"subject": "pay"}, name="decide-pay"),
    path("documents/<int:pk>/", pages.document, name="document"),
    path("<slug:key>/", pages.report, name="report"),
    path("<slug:key>/document/", pages.ask, name="ask"),
]
