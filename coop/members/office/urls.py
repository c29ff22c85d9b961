"""Addresses below /office/members/."""

from django.urls import path

from coop.members.office import lists, pins, record

app_name = "members_office"
urlpatterns = [
    path("", lists.index, name="index"),
    path("enrol/", lists.enrol, name="enrol"),
    path("of/<str:code>/", record.member, name="member"),
    path("of/<str:code>/appoint/", record.appoint, name="appoint"),
    path("of/<str:code>/office/<int:pk>/end/", record.end_office, name="end-office"),
    path("of/<str:code>/suspend/", record.suspend, name="suspend"),
    path("of/<str:code>/reinstate/", record.reinstate, name="reinstate"),
    path("of/<str:code>/leave/", record.leave, name="leave"),
    path("of/<str:code>/consents/", record.consents, name="consents"),
    path("of/<str:code>/pin/", pins.pin_card, name="pin-card"),
    path("pins/", pins.waiting, name="pins"),
    path("pins/<int:pk>/confirm/", pins.confirm, name="confirm-pin"),
    path("pins/<int:pk>/withdraw/", pins.withdraw, name="withdraw-pin"),
]
