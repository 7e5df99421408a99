"""An index for the list of customers in the order of their orders."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Let the list be sorted by how much people order at any size."""

    dependencies = [("cdm", "0008_customer_360_view")]

    operations = [
        migrations.AddIndex(
            model_name="customersummary",
            index=models.Index(fields=["tenant", "-orders", "-id"], name="summaries_by_orders"),
        ),
    ]
