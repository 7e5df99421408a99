import cdp.ids
import cdp.models.tenant
import cdp.tenancy.context
import django.contrib.postgres.fields
import django.contrib.postgres.operations
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        django.contrib.postgres.operations.BtreeGinExtension(
        ),
        migrations.CreateModel(
            name='Tenant',
            fields=[
                ('id', models.UUIDField(default=cdp.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='short name')),
                ('region', models.CharField(default='TH', help_text='Country of phone numbers written without a country code.', max_length=2, validators=[cdp.models.tenant.validate_region], verbose_name='phone region')),
                ('time_zone', models.CharField(default='Asia/Bangkok', max_length=64, validators=[cdp.models.tenant.validate_time_zone], verbose_name='time zone')),
                ('currency', models.CharField(default='THB', max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}$', 'Use a three-letter ISO 4217 code such as THB.')], verbose_name='currency')),
                ('blocked_values', models.JSONField(blank=True, default=dict, help_text='E-mails, phones and ids that never identify anybody: {"email": [], "phone": [], "id": []}.', verbose_name='blocked values')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'tenant',
                'verbose_name_plural': 'tenants',
                'db_table': 'tenants',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('id', models.UUIDField(default=cdp.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_staff', models.BooleanField(default=True, help_text='What they see there follows from their role.', verbose_name='may open the admin')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'db_table': 'users',
                'ordering': ['email'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='users_email_unique_any_case')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=cdp.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('owner', 'Owner'), ('admin', 'Admin'), ('manager', 'Manager'), ('agent', 'Agent'), ('analyst', 'Analyst'), ('integration', 'Integration')], default='agent', max_length=20, verbose_name='role')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='cdp.tenant')),
            ],
            options={
                'verbose_name': 'member',
                'verbose_name_plural': 'members',
                'db_table': 'memberships',
                'ordering': ['tenant__name', 'user__email'],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'user'), name='memberships_one_per_tenant_and_user'), models.CheckConstraint(condition=models.Q(('role__in', ['owner', 'admin', 'manager', 'agent', 'analyst', 'integration'])), name='memberships_role_is_known')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.UUIDField(default=cdp.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('actor_kind', models.CharField(choices=[('user', 'Person'), ('api_key', 'API key'), ('system', 'System')], max_length=10, verbose_name='kind of actor')),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_label', models.CharField(max_length=200, verbose_name='who')),
                ('verb', models.CharField(max_length=60, verbose_name='what')),
                ('object_type', models.CharField(max_length=60, verbose_name='kind of object')),
                ('object_id', models.UUIDField(null=True, verbose_name='object')),
                ('subject_id', models.UUIDField(editable=False, null=True)),
                ('changes', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='changes')),
                ('request_id', models.CharField(blank=True, default='', max_length=64)),
                ('tenant', models.ForeignKey(db_index=False, default=cdp.tenancy.context.require_tenant_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cdp.tenant')),
            ],
            options={
                'verbose_name': 'audit entry',
                'verbose_name_plural': 'audit entries',
                'db_table': 'audit_entries',
                'ordering': ['-at', '-id'],
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['tenant', 'object_id', '-at'], name='audit_entries_by_object'), models.Index(fields=['tenant', '-at', '-id'], name='audit_entries_by_time'), models.Index(condition=models.Q(('subject_id__isnull', False)), fields=['tenant', 'subject_id', '-at', '-id'], name='audit_entries_by_subject')],
            },
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.UUIDField(default=cdp.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('prefix', models.CharField(editable=False, max_length=12, verbose_name='starts with')),
                ('key_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None, verbose_name='scopes')),
                ('last_used_at', models.DateTimeField(editable=False, null=True, verbose_name='last used')),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='expires')),
                ('revoked_at', models.DateTimeField(editable=False, null=True, verbose_name='revoked')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('created_by', models.CharField(blank=True, default='', editable=False, max_length=80)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_keys', to='cdp.tenant')),
            ],
            options={
                'verbose_name': 'API key',
                'verbose_name_plural': 'API keys',
                'db_table': 'api_keys',
                'ordering': ['-created_at'],
                'indexes': [models.Index(fields=['tenant', '-created_at'], name='api_keys_by_tenant')],
            },
        ),
    ]
