"""That something changed which the shop window shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WindowChange(models.Model):
    """One committed change. Only the database's triggers write here (`cms.triggers`)."""

    table = models.CharField(_("table"), max_length=40)

    class Meta:
        app_label = "cms"
        verbose_name = _("change of the shop window")
        verbose_name_plural = _("changes of the shop window")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.table} {self.pk}"
