"""The bank's pages in the office."""

from django.urls import reverse
from django.utils.translation import pgettext

from coop.kit.office import Crumb

ICON = "card"


def bank_trail(*more: Crumb) -> list[Crumb]:
    """From the bank's first page to here."""
    return [(pgettext("menu", "Bank"), reverse("bank_office:index")), *more]
