"""Where orders are picked up is told in both languages; what is written stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0007_cards_guards")]

    operations = [
        migrations.RenameField(
            model_name="shopsettings", old_name="pick_up_address", new_name="pick_up_address_es"
        ),
        migrations.AlterField(
            model_name="shopsettings",
            name="pick_up_address_es",
            field=models.TextField(
                blank=True, verbose_name="where and when orders are picked up (Spanish)"
            ),
        ),
        migrations.AddField(
            model_name="shopsettings",
            name="pick_up_address_en",
            field=models.TextField(
                blank=True, verbose_name="where and when orders are picked up (English)"
            ),
        ),
    ]
