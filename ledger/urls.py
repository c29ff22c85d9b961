"""The open book."""

from django.urls import path

from ledger import views

urlpatterns = [
    path("open-book/", views.open_book, name="open-book"),
    path("open-book/receipt/", views.check_receipt, name="check-receipt"),
]
