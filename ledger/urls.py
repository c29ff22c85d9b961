"""What belongs to the open book and needs no report: the page that checks receipts."""

from django.urls import path

from ledger import views

urlpatterns = [
    path("open-book/receipt/", views.check_receipt, name="check-receipt"),
]
