"""The pages of reports in the office."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coop.kit.office import Crumb


def reports_trail(*more: Crumb) -> list[Crumb]:
    """From the reports to here."""
    return [(_("Money reports"), reverse("reports_office:index")), *more]
