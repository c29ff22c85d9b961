"""Addresses of production's pages in the office."""

from django.urls import path

from orders.production.office import answers, checking, deliveries, orders, sharing, wool

app_name = "production_office"
urlpatterns = [
    path("", orders.index, name="orders"),
    path("open/", orders.open_stock, name="open"),
    path("<int:pk>/", orders.order, name="order"),
    path("<int:pk>/move/", orders.move, name="move"),
    path("<int:pk>/call-off/", orders.call_off, name="call-off"),
    path("assignment/<int:pk>/take-back/", orders.take_back, name="take-back"),
    path("share-out/", sharing.share_out, name="share-out"),
    path("answers/", answers.index, name="answers"),
    path("answers/<int:pk>/", answers.answer, name="answer"),
    path("answers/wish/<int:pk>/", answers.wish, name="wish"),
    path("wool/", wool.index, name="wool"),
    path("wool/<int:pk>/", wool.hand_out, name="hand-out"),
    path("deliveries/", deliveries.index, name="deliveries"),
    path("deliveries/<int:pk>/", deliveries.bring, name="bring"),
    path("deliveries/piece/<int:pk>/", deliveries.bring_back, name="bring-back"),
    path("check/", checking.index, name="check"),
    path("check/<int:pk>/", checking.judge, name="judge"),
]
