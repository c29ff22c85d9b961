"""The ways to pay. Each registers itself when Django is ready (`all`); services ask by method."""

from orders.shop.providers.base import (
    Offer,
    Provider,
    offers,
    provider,
    provider_of,
    register,
)

__all__ = ["Offer", "Provider", "offers", "provider", "provider_of", "register"]
