"""The database notes each change of what the shop window shows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cms", "0005_home_pictures")]
    operations = [
        migrations.CreateModel(
            name="WindowChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=40, verbose_name="table")),
            ],
            options={
                "verbose_name": "change of the shop window",
                "verbose_name_plural": "changes of the shop window",
                "default_permissions": (),
            },
        ),
    ]
