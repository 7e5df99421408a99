"""The one list of tables that belong to no tenant; every other model must be a TenantModel.

Nothing filters these: row security does not apply, so whoever reads them for a tenant filters by hand.
"""

from __future__ import annotations

# Model label -> why its rows cannot belong to one tenant, or are looked up before a tenant is known.
GLOBAL_MODELS: dict[str, str] = {
    "cdp.Tenant": "the tenants themselves",
    "cdp.User": "one person may work in several tenants",
    "cdp.User_groups": "part of cdp.User",
    "cdp.User_user_permissions": "part of cdp.User",
    "cdp.Membership": "read at log-in to learn which tenants there are",
    "cdp.ApiKey": "read to learn which tenant a call is for",
    "auth.Group": "Django's own permissions, which roles replace",
    "auth.Group_permissions": "part of auth.Group",
    "auth.Permission": "Django's own permissions, which roles replace",
    "contenttypes.ContentType": "the list of models",
    "sessions.Session": "read before anybody is known",
    "admin.LogEntry": "Django's own admin log; the audit trail replaces it and it stays empty",
    "axes.AccessAttempt": "failed log-ins, before anybody is known",
    "axes.AccessAttemptExpiration": "part of axes.AccessAttempt",
    "axes.AccessFailureLog": "failed log-ins, before anybody is known",
    "axes.AccessLog": "log-ins; one person may work in several tenants",
    "django_celery_beat.ClockedSchedule": "schedules of the platform's jobs",
    "django_celery_beat.CrontabSchedule": "schedules of the platform's jobs",
    "django_celery_beat.IntervalSchedule": "schedules of the platform's jobs",
    "django_celery_beat.PeriodicTask": "schedules of the platform's jobs, which fan out per tenant",
    "django_celery_beat.PeriodicTasks": "when the schedules last changed",
    "django_celery_beat.SolarSchedule": "schedules of the platform's jobs",
}

# Tables without a model, likewise.
GLOBAL_TABLES: dict[str, str] = {
    "django_migrations": "Django's record of the migrations that have run",
}
