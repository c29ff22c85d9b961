"""A panel of Wagtail's forms for rows that belong to an object."""

from typing import Any

from wagtail.admin.panels import Panel

from catalog.charts import chart_of


class RowsPanel(Panel):
    """The rows of a `catalog.forms.FormWithRows`, a table of small forms."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalog/office/rows.html"

        def is_shown(self) -> bool:
            """Only to who may change the rows."""
            return self.form is None or self.form.rows is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["rows"] = self.form.rows
            return context


class VariantPicturesPanel(Panel):
    """The pictures of a product's sizes and colours, beside what each of them is."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalog/office/variant_pictures.html"

        def is_shown(self) -> bool:
            """Only once there are variants to show."""
            return self.form is None or bool(self.form.pictures and self.form.pictures.forms)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["pictures"] = self.form.pictures
            return context


class ChartPanel(Panel):
    """A design's chart as it was last saved, with the way to its print."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalog/office/chart_panel.html"

        def is_shown(self) -> bool:
            """Only once there is a design to draw."""
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["design"] = self.instance
            context["chart"] = chart_of(self.instance)
            return context
