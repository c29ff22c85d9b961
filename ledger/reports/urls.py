"""The open book."""

from django.urls import path

from ledger.reports import views

urlpatterns = [
    path("open-book/", views.open_book, name="open-book"),
]
