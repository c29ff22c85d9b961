"""More pictures of a product: from close by, its back, folded."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0007_design_pattern"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProductPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "shows_es",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="what it shows (Spanish)"
                    ),
                ),
                (
                    "shows_en",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="what it shows (English)"
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture",
                    ),
                ),
                (
                    "product",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="more_pictures",
                        to="catalog.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "one more picture",
                "verbose_name_plural": "more pictures",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("product", "image"), name="product_picture_once"
                    )
                ],
            },
        ),
    ]
