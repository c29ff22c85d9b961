"""What a visitor gathered, before it is an order."""

from django.db import models
from django.db.models import Q

from coop.kit.tokens import secret_token


class Cart(models.Model):
    """What a visitor gathered; found again by the token in her session."""

    token = models.CharField(max_length=64, unique=True, default=secret_token)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"cart {self.pk}"


class CartLine(models.Model):
    """So many of a variant."""

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines")
    variant = models.ForeignKey("catalog.Variant", models.CASCADE, related_name="+")
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="cart_variant_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=99), name="cart_quantity_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant}"
