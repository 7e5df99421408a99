from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cdm", "0011_views_as_pages_say_it")]

    operations = [
        migrations.AddField(
            model_name="behaviourevent",
            name="category_ref",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=120,
                verbose_name="category id in the shop",
            ),
        ),
    ]
