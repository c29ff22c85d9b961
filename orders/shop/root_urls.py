"""Addresses of the shop that machines ask, in no language."""

from django.urls import path

from orders.shop.views.webhook import stripe_webhook

urlpatterns = [path("stripe/webhook/", stripe_webhook, name="stripe-webhook")]
