import cdp.ids
import cdp.tenancy.context
import cdp.tenancy.models
import django.db.models.deletion
import profiles.imports.models.run
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cdp', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=cdp.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('created_by', models.CharField(blank=True, default='', editable=False, max_length=80)),
                ('updated_by', models.CharField(blank=True, default='', editable=False, max_length=80)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('previewed', 'Previewed'), ('queued', 'Waiting'), ('running', 'Running'), ('paused', 'Paused'), ('cancelled', 'Cancelled'), ('done', 'Done'), ('failed', 'Failed'), ('undoing', 'Being undone'), ('undone', 'Undone')], default='draft', max_length=10, verbose_name='state')),
                ('file', models.FileField(blank=True, editable=False, storage=profiles.imports.models.run.private_storage, upload_to=profiles.imports.models.run.upload_path)),
                ('file_name', models.CharField(blank=True, default='', max_length=255, verbose_name='file')),
                ('file_size', models.PositiveBigIntegerField(default=0, verbose_name='size in bytes')),
                ('source', models.CharField(max_length=40, verbose_name='source')),
                ('source_type', models.CharField(blank=True, default='', max_length=40, verbose_name='kind of record')),
                ('dialect', models.JSONField(default=dict, editable=False)),
                ('mapping', models.JSONField(default=list, editable=False, verbose_name='columns')),
                ('options', models.JSONField(default=dict, editable=False, verbose_name='options')),
                ('rows_total', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('rows_done', models.PositiveIntegerField(default=0, verbose_name='rows done')),
                ('created', models.PositiveIntegerField(default=0, verbose_name='created')),
                ('updated', models.PositiveIntegerField(default=0, verbose_name='updated')),
                ('unchanged', models.PositiveIntegerField(default=0, verbose_name='unchanged')),
                ('skipped', models.PositiveIntegerField(default=0, verbose_name='skipped')),
                ('failed', models.PositiveIntegerField(default=0, verbose_name='not imported')),
                ('rows_undone', models.PositiveIntegerField(default=0, verbose_name='rows taken back')),
                ('undo_report', models.JSONField(default=dict, editable=False, verbose_name='undo report')),
                ('started_at', models.DateTimeField(editable=False, null=True, verbose_name='started')),
                ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                ('heartbeat_at', models.DateTimeField(editable=False, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('error', models.CharField(blank=True, default='', max_length=500, verbose_name='error')),
                ('ordered_by', models.JSONField(default=dict, editable=False)),
                ('undone_by', models.JSONField(default=dict, editable=False)),
                ('tenant', models.ForeignKey(db_index=False, default=cdp.tenancy.context.require_tenant_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cdp.tenant')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'db_table': 'import_runs',
                'ordering': ['-created_at', '-id'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', '-created_at', '-id'], name='import_runs_by_creation'), models.Index(fields=['tenant', 'state'], name='import_runs_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'previewed', 'queued', 'running', 'paused', 'cancelled', 'done', 'failed', 'undoing', 'undone'])), name='import_runs_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('pk', models.CompositePrimaryKey('run_id', 'row_no', blank=True, editable=False, primary_key=True, serialize=False)),
                ('row_no', models.IntegerField(verbose_name='row')),
                ('action', models.CharField(choices=[('create', 'Created'), ('update', 'Updated'), ('unchanged', 'Unchanged'), ('skip', 'Skipped'), ('error', 'Not imported')], max_length=9, verbose_name='outcome')),
                ('profile_id', models.UUIDField(null=True, verbose_name='customer')),
                ('changes', models.JSONField(null=True, verbose_name='changes')),
                ('errors', models.JSONField(null=True, verbose_name='errors')),
                ('note', models.TextField(blank=True, default='', verbose_name='note')),
                ('record_key', models.BigIntegerField(editable=False, null=True)),
                ('record_hash', models.BigIntegerField(editable=False, null=True)),
                ('undone', models.CharField(blank=True, choices=[('restored', 'Taken back'), ('partly', 'Partly taken back'), ('kept', 'Kept')], default='', max_length=8, verbose_name='undo')),
                ('tenant', models.ForeignKey(db_index=False, default=cdp.tenancy.context.require_tenant_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cdp.tenant')),
                ('run', cdp.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.importrun')),
            ],
            options={
                'verbose_name': 'row of an import',
                'verbose_name_plural': 'rows of imports',
                'db_table': 'import_rows',
                'ordering': ['run_id', 'row_no'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(condition=models.Q(('action__in', ['create', 'update'])), fields=['tenant', 'profile_id'], name='import_rows_by_profile'), models.Index(condition=models.Q(('record_key__isnull', False)), fields=['tenant', 'record_key', 'run'], name='import_rows_by_record'), models.Index(condition=models.Q(('action__in', ['skip', 'error'])), fields=['tenant', 'run', 'action', 'row_no'], name='import_rows_not_applied')],
            },
        ),
    ]
