"""Addresses below /office/shop/."""

from django.urls import path

from orders.shop.office import lists, mails, orders, wholesale

app_name = "shop_office"
urlpatterns = [
    path("orders/", lists.index, name="orders"),
    path("orders/<int:number>/", orders.detail, name="order"),
    path("orders/<int:number>/payment/", orders.record_payment, name="record-payment"),
    path("orders/<int:number>/ship/", orders.ship, name="ship"),
    path("orders/<int:number>/cancel/", orders.cancel, name="cancel"),
    path("orders/<int:number>/mails/<int:pk>/again/", mails.send_again, name="mail-again"),
    path("wholesale/", wholesale.upload, name="upload"),
    path("wholesale/confirm/", wholesale.confirm, name="upload-confirm"),
]
