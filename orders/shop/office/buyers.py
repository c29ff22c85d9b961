"""The form of a buyer on account: her role comes and goes with the account."""

from typing import Any

from django.db import transaction
from wagtail.admin.forms.models import WagtailAdminModelForm

from orders.shop.models import Buyer
from orders.shop.services import hand_to_buyer


class BuyerForm(WagtailAdminModelForm):
    """A hotel or museum shop, and who sees its prices."""

    class Meta:
        model = Buyer
        fields = ("name", "user", "terms_days", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user_before = self.instance.user if self.instance.pk else None

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """The account, in the hands of whoever was chosen."""
        buyer = super().save(commit=commit)
        if commit:
            hand_to_buyer(buyer=buyer, before=self.user_before)
        return buyer
