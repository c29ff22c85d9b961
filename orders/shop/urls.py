"""Addresses of the shop, below the language."""

from django.urls import path

from orders.shop.views import cart, checkout, orders, wholesale

urlpatterns = [
    path("cart/", cart.show, name="cart"),
    path("cart/add/", cart.add, name="cart-add"),
    path("cart/<int:line_id>/change/", cart.change, name="cart-change"),
    path("cart/<int:line_id>/remove/", cart.remove, name="cart-remove"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("order/<str:token>/", orders.order, name="order"),
    path("wholesale/", wholesale.home, name="wholesale"),
    path("wholesale/prices.csv", wholesale.template, name="wholesale-template"),
    path("wholesale/upload/", wholesale.upload, name="wholesale-upload"),
    path("wholesale/confirm/", wholesale.confirm, name="wholesale-confirm"),
]
