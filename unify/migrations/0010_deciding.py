import cdp.ids
import cdp.tenancy.context
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cdp', '0002_stored_answers'),
        ('unify', '0003_keeping_records'),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkDecision',
            fields=[
                ('id', models.UUIDField(default=cdp.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('created_by', models.CharField(blank=True, default='', editable=False, max_length=80)),
                ('updated_by', models.CharField(blank=True, default='', editable=False, max_length=80)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=9, verbose_name='state')),
                ('least_score', models.FloatField(verbose_name='from this score')),
                ('reason', models.CharField(blank=True, default='', max_length=500, verbose_name='reason')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='cases')),
                ('accepted', models.PositiveIntegerField(default=0, verbose_name='merged')),
                ('left_out', models.PositiveIntegerField(default=0, verbose_name='left for people')),
                ('reasons', models.JSONField(blank=True, default=dict, editable=False, verbose_name='why')),
                ('last_case_id', models.UUIDField(editable=False, null=True)),
                ('ordered_by', models.JSONField(default=dict, editable=False)),
                ('started_at', models.DateTimeField(editable=False, null=True, verbose_name='started')),
                ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                ('heartbeat_at', models.DateTimeField(editable=False, null=True)),
                ('error', models.CharField(blank=True, default='', max_length=500, verbose_name='error')),
                ('tenant', models.ForeignKey(db_index=False, default=cdp.tenancy.context.require_tenant_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cdp.tenant')),
            ],
            options={
                'verbose_name': 'decision about many cases',
                'verbose_name_plural': 'decisions about many cases',
                'db_table': 'bulk_decisions',
                'ordering': ['-created_at', '-id'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', '-created_at', '-id'], name='bulk_decisions_by_creation')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('tenant',), name='bulk_decisions_one_at_work'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed', 'cancelled'])), name='bulk_decisions_state_is_known')],
            },
        ),
        migrations.AddField(
            model_name='reviewcase',
            name='earlier_decisions',
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name='reviewcase',
            name='seen',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddIndex(
            model_name='reviewcase',
            index=models.Index(condition=models.Q(('claimed_until__isnull', False)), fields=['tenant', 'claimed_until'], name='review_cases_claimed'),
        ),
    ]
