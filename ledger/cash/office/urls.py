"""Addresses below /office/cash/."""

from django.urls import path

from ledger.cash.office import advances, boxes, pay_days

app_name = "cash_office"
urlpatterns = [
    path("", boxes.index, name="boxes"),
    path("pay-day/", pay_days.pay_day, name="pay-day"),
    path("pay-days/", pay_days.pay_days, name="pay-days"),
    path("pay-days/<int:pk>/", pay_days.pay_day_of, name="pay-day-of"),
    path("advances/", advances.index, name="advances"),
    path("advances/overdue/", advances.overdue, name="overdue"),
    path("advances/ask/", advances.ask, name="ask-advance"),
    path("advances/<int:pk>/", advances.advance, name="advance"),
    path("open/", boxes.open_one, name="open"),
    path("<int:pk>/", boxes.box, name="box"),
    path("handed/<int:pk>/heard/", boxes.heard, name="heard"),
    path("count/<int:pk>/second/", boxes.second, name="second"),
]
