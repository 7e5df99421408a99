from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('unify', '0002_merges'),
    ]

    operations = [
        migrations.AddField(
            model_name='matchsettings',
            name='records_until',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='matchsettings',
            name='records_policy',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='matchkey',
            index=models.Index(fields=['tenant', 'profile'], name='match_keys_by_profile'),
        ),
    ]
