"""Addresses of the shop, below the language."""

from django.urls import path

from orders.shop.views import cart, checkout, orders, paying, wholesale

urlpatterns = [
    path("cart/", cart.show, name="cart"),
    path("cart/add/", cart.add, name="cart-add"),
    path("cart/<int:line_id>/change/", cart.change, name="cart-change"),
    path("cart/<int:line_id>/remove/", cart.remove, name="cart-remove"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("order/<str:token>/", orders.order, name="order"),
    path("order/<str:token>/pay/", paying.pay, name="order-pay"),
    path("order/<str:token>/paid/", paying.paid, name="order-paid"),
    path("order/<str:token>/let-go/", paying.let_go, name="order-let-go"),
    path("order/<str:token>/again/", paying.again, name="order-again"),
    path("order/<str:token>/claim/", paying.claim, name="order-claim"),
    path("wholesale/", wholesale.home, name="wholesale"),
    path("wholesale/prices.csv", wholesale.template, name="wholesale-template"),
    path("wholesale/upload/", wholesale.upload, name="wholesale-upload"),
    path("wholesale/confirm/", wholesale.confirm, name="wholesale-confirm"),
]
