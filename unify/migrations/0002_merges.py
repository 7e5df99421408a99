import cdp.ids
import cdp.tenancy.context
import cdp.tenancy.models
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cdp', '0002_stored_answers'),
        ('profiles', '0005_provenance'),
        ('unify', '0001_matching'),
    ]

    operations = [
        migrations.CreateModel(
            name='MergeGroup',
            fields=[
                ('id', models.UUIDField(default=cdp.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('strategy', models.CharField(choices=[('PROFILE1_WINS', "The survivor's"), ('PROFILE2_WINS', "The other's"), ('MERGE_BOTH', 'By the rules'), ('MOST_RECENT', 'The latest'), ('MOST_COMPLETE', "The most complete customer's")], max_length=14, verbose_name='strategy')),
                ('choices', models.JSONField(default=dict, verbose_name='chosen by hand')),
                ('rules', models.JSONField(default=dict, verbose_name='rules')),
                ('before', models.JSONField(default=dict, editable=False)),
                ('after', models.JSONField(default=dict, editable=False)),
                ('images', models.JSONField(default=dict, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='merged')),
                ('tenant', models.ForeignKey(db_index=False, default=cdp.tenancy.context.require_tenant_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cdp.tenant')),
                ('winner', cdp.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='merge_groups_won', to='profiles.profile')),
            ],
            options={
                'verbose_name': 'decision to merge',
                'verbose_name_plural': 'decisions to merge',
                'db_table': 'merge_groups',
                'ordering': ['-created_at', '-id'],
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('tenant', 'winner', 'position'), name='merge_groups_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=cdp.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('created_by', models.CharField(blank=True, default='', editable=False, max_length=80)),
                ('updated_by', models.CharField(blank=True, default='', editable=False, max_length=80)),
                ('status', models.CharField(choices=[('ACTIVE', 'Merged'), ('UNDONE', 'Taken back')], default='ACTIVE', max_length=6, verbose_name='status')),
                ('origin', models.CharField(choices=[('auto', 'Automatic'), ('person', 'A person'), ('api', 'A program')], default='person', max_length=6, verbose_name='decided by')),
                ('strategy', models.CharField(choices=[('PROFILE1_WINS', "The survivor's"), ('PROFILE2_WINS', "The other's"), ('MERGE_BOTH', 'By the rules'), ('MOST_RECENT', 'The latest'), ('MOST_COMPLETE', "The most complete customer's")], max_length=14, verbose_name='strategy')),
                ('resolved_conflicts', models.JSONField(blank=True, default=dict, verbose_name='chosen by hand')),
                ('score', models.FloatField(blank=True, null=True, verbose_name='score')),
                ('reason', models.CharField(blank=True, default='', max_length=500, verbose_name='reason')),
                ('candidate_ids', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None)),
                ('merged_at', models.DateTimeField(verbose_name='merged')),
                ('merged_by', models.CharField(max_length=80, verbose_name='merged by')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
                ('undone_by', models.CharField(blank=True, default='', max_length=80, verbose_name='taken back by')),
                ('loser_before', models.JSONField(default=dict, editable=False)),
                ('loser', cdp.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='merges_lost', to='profiles.profile')),
                ('tenant', models.ForeignKey(db_index=False, default=cdp.tenancy.context.require_tenant_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cdp.tenant')),
                ('winner', cdp.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='merges_won', to='profiles.profile')),
                ('group', cdp.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='unify.mergegroup')),
            ],
            options={
                'verbose_name': 'merge',
                'verbose_name_plural': 'merges',
                'db_table': 'merges',
                'ordering': ['-merged_at', '-id'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', 'winner', '-merged_at'], name='merges_by_winner'), models.Index(fields=['tenant', 'group'], name='merges_by_group'), models.Index(fields=['tenant', 'loser', '-merged_at'], name='merges_by_loser'), models.Index(fields=['tenant', '-merged_at', '-id'], name='merges_by_time')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'ACTIVE')), fields=('tenant', 'loser'), name='merges_one_survivor'), models.CheckConstraint(condition=models.Q(('winner', models.F('loser')), _negated=True), name='merges_of_two'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'ACTIVE'), ('undone_at__isnull', True)), models.Q(('status', 'UNDONE'), ('undone_at__isnull', False)), _connector='OR'), name='merges_undone_says_when')],
            },
        ),
        migrations.CreateModel(
            name='MergedRows',
            fields=[
                ('id', models.UUIDField(default=cdp.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('relation', models.CharField(max_length=120)),
                ('ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('images', models.JSONField(default=list)),
                ('merge', cdp.tenancy.models.TenantForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='moved', to='unify.merge')),
                ('tenant', models.ForeignKey(db_index=False, default=cdp.tenancy.context.require_tenant_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cdp.tenant')),
            ],
            options={
                'verbose_name': 'rows of a merge',
                'verbose_name_plural': 'rows of merges',
                'db_table': 'merged_rows',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('tenant', 'merge', 'relation'), name='merged_rows_once')],
            },
        ),
    ]
