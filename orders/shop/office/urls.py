"""Addresses below /office/shop/."""

from django.urls import path

from orders.shop.office import cards, lists, mails, orders, refunds, wholesale

app_name = "shop_office"
urlpatterns = [
    path("orders/", lists.index, name="orders"),
    path("orders/<int:number>/", orders.detail, name="order"),
    path("orders/<int:number>/payment/", orders.record_payment, name="record-payment"),
    path("orders/<int:number>/ship/", orders.ship, name="ship"),
    path("orders/<int:number>/cancel/", orders.cancel, name="cancel"),
    path("orders/<int:number>/mails/<int:pk>/again/", mails.send_again, name="mail-again"),
    path("orders/<int:number>/refund/", refunds.refund, name="refund"),
    path("cards/", cards.index, name="cards"),
    path("cards/compare/", cards.compare, name="cards-compare"),
    path("cards/forward/", cards.forward, name="cards-forward"),
    path("cards/payouts/<int:pk>/", cards.payout, name="payout"),
    path("wholesale/", wholesale.upload, name="upload"),
    path("wholesale/confirm/", wholesale.confirm, name="upload-confirm"),
]
