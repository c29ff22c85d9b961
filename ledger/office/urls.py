"""Addresses below /office/ledger/."""

from django.urls import path

from ledger.office import audits, books, closing, handing, journal, payments, rates

app_name = "ledger_office"
urlpatterns = [
    path("", books.accounts, name="accounts"),
    path("account/<str:code>/", books.account, name="account"),
    path("trial-balance/", books.trial, name="trial"),
    path("closed-days/", closing.index, name="periods"),
    path("closed-days/look/<slug:until>/", closing.look, name="close"),
    path("closed-days/<int:pk>/", closing.closing, name="closing"),
    path("closed-days/<int:pk>/sign/", closing.sign, name="sign-closing"),
    path("closed-days/<int:pk>/void/", closing.void, name="void-closing"),
    path("exchange-rates/", rates.rates, name="rates"),
    path("journal/", journal.index, name="journal"),
    path("journal/read/", journal.mark_read, name="mark-read"),
    path("audit/", audits.index, name="audit"),
    path("journal/write/", journal.write, name="write"),
    path("journal/move/", journal.move, name="move"),
    path("journal/<int:pk>/", journal.entry, name="entry"),
    path("journal/<int:pk>/reverse/", journal.reverse_page, name="reverse"),
    path("journal/<int:pk>/receipt.json", journal.receipt, name="receipt"),
    path("payments/", payments.waiting, name="waiting"),
    path("payments/owed/", payments.owed, name="owed"),
    path("payments/all/", payments.index, name="payments"),
    path("payments/together/", payments.together, name="together"),
    path("payments/ask/", payments.ask, name="ask"),
    path("payments/ask/<str:code>/", payments.ask_member, name="ask-member"),
    path("payments/<int:pk>/", payments.payment, name="payment"),
    path("payments/<int:pk>/sign/", payments.sign, name="sign"),
    path("payments/<int:pk>/pay/", handing.pay, name="pay"),
    path("payments/<int:pk>/void/", payments.void, name="void"),
]
