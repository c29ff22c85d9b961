"""Addresses below /office/wool/."""

from django.urls import path

from coop.wool.office import hands, store, trips

app_name = "wool_office"
urlpatterns = [
    path("", store.stock, name="stock"),
    path("lots/", store.lots, name="lots"),
    path("movements/", store.movements, name="movements"),
    path("lot/<int:pk>/", store.lot, name="lot"),
    path("lot/<int:pk>/lose/", store.lose, name="lose"),
    path("members/", hands.index, name="hands"),
    path("members/<str:code>/", hands.member, name="member"),
    path("members/<str:code>/back/", hands.take_back, name="take-back"),
    path("members/<str:code>/write-off/", hands.write_off, name="write-off"),
    path("hand-out/", hands.issue, name="issue"),
    path("came/", trips.bought, name="bought"),
    path("trips/", trips.index, name="trips"),
    path("trips/send/", trips.send, name="send"),
    path("trips/<int:pk>/", trips.trip, name="trip"),
    path("trips/<int:pk>/receipt/", trips.receipt, name="receipt"),
    path("trips/<int:pk>/rest/", trips.rest, name="rest"),
    path("trips/<int:pk>/cancel/", trips.cancel, name="cancel-trip"),
]
