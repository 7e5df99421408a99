"""Settings, read from the environment; see docs/configuration.md for every variable.

LOCAL (the default while DATABASE_URL is not set) is a copy on somebody's own machine: embedded services,
plain HTTP, mail into files. Everything else is production and refuses to start without its secrets.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import django_stubs_ext
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cdp import environment as env
from cdp.logging import logging_settings
from cdp.navigation import unfold_settings

django_stubs_ext.monkeypatch()  # generic views and managers may be subscripted at run time too
BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

# --- Mode and secrets ---------------------------------------------------------------------------
DEBUG = env.flag("DEBUG", default=False)
LOCAL = env.flag("LOCAL", default=not env.text("DATABASE_URL", ""))
if LOCAL:
    from cdp.local.services import environment as local_environment

    _services = local_environment(BASE_DIR / ".data")
    SECRET_KEY = env.text("SECRET_KEY", _services.secret_key)
    DATABASE_URL = env.text("DATABASE_URL", _services.database_url)
    DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL", _services.database_owner_url)
    REDIS_URL = env.text("REDIS_URL", _services.redis_url)
    ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
else:
    SECRET_KEY = env.secret("SECRET_KEY")
    DATABASE_URL = env.text("DATABASE_URL")
    DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL", DATABASE_URL)
    REDIS_URL = env.redis_url("REDIS_URL")
    ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
    if DEBUG:
        raise ImproperlyConfigured(
            "DEBUG shows secrets to strangers: use it on a local copy only (LOCAL=yes)."
        )

# Keys from before: they still open what was sealed and signed with them.
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")

# --- Applications -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "cdp.apps.CdpConfig",
    "profiles.apps.ProfilesConfig",
    "profiles.imports.apps.ImportsConfig",
    "profiles.exports.apps.ExportsConfig",
    "unify.apps.UnifyConfig",
    "campaigns.apps.CampaignsConfig",
    "cdm.apps.CdmConfig",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "cdp.apps.CrmAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "axes",
    "django_filters",
    "django_htmx",
    "django_celery_beat",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "cdp.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cdp.uploads.UploadLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cdp.tenancy.middleware.TenantMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "cdp.views.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "cdp.urls"
WSGI_APPLICATION = "cdp.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cdp.tenancy.context_processors.tenant",
            ]
        },
    }
]

# --- Database: the runtime role may not bypass row security; migrations log in as the owner ---------
_runtime = env.database("DATABASE_URL", DATABASE_URL)
_owner = env.database("DATABASE_OWNER_URL", DATABASE_OWNER_URL)
if _owner["NAME"] != _runtime["NAME"]:
    raise ImproperlyConfigured("DATABASE_URL and DATABASE_OWNER_URL must name the same database.")
DATABASE_RUNTIME_ROLE = str(_runtime["USER"])
DATABASE_PLATFORM_ROLE = env.text("DATABASE_PLATFORM_ROLE", "crm_platform")
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "cdp.postgresql",
        **_runtime,
        # The owner may come another way: past a proxy, with options of its own.
        "OWNER": {key: _owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")},
        "CONN_HEALTH_CHECKS": False,  # cdp/postgresql/pooled.py looks, and spares a round trip
        "TEST": {"NAME": f"test_{_runtime['NAME']}"},
    }
}
if not TESTING:
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": env.number("DATABASE_POOL_SIZE", 10, least=1, most=200),
        "timeout": 5,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "cdp.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "cdp.views.lockout.locked_out"
AXES_USERNAME_FORM_FIELD = "username"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]
AXES_CLIENT_IP_CALLABLE = "cdp.views.client_address.client_address"
AXES_IPWARE_PROXY_COUNT = env.number("PROXY_COUNT", 0, most=10)
AXES_VERBOSE = False

# --- Security -----------------------------------------------------------------------------------
HTTPS = env.flag("HTTPS", default=not LOCAL)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
if env.number("PROXY_COUNT", 0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
# Cookies ignore ports: two copies on one machine must not log each other out.
SESSION_COOKIE_NAME = env.text("SESSION_COOKIE_NAME", f"crm_session_{env.text('PORT', '8000')}")
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = env.text("CSRF_COOKIE_NAME", f"crm_csrf_{env.text('PORT', '8000')}")
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")
CSRF_FAILURE_VIEW = "cdp.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = env.number("MAX_JSON_BYTES", 10 * 1024 * 1024, least=1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "cdp.uploads.IncomingFileHandler",
]
DEMO_CUSTOMERS = env.number("DEMO_CUSTOMERS", 3000, least=300, most=1_000_000)
IMPORT_MAX_BYTES = env.number("IMPORT_MAX_BYTES", 1024**3, least=1024)

# --- Language, time, files ------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# A language is offered once its catalogue is whole: half a translation is worse than none.
LANGUAGES = [("en", _("English")), ("th", _("Thai")), ("bn", _("Bengali"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["cdp.formats"]
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / ".data" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / ".data" / "media")))
# Uploaded files hold personal data: they are never served by URL, only through views that check who asks.
MEDIA_URL = ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Looked for when asked for; a scan of all files would precede every client of the tests.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Mail ---------------------------------------------------------------------------------------
EMAIL_BACKEND = env.text(
    "EMAIL_BACKEND",
    "django.core.mail.backends.filebased.EmailBackend"
    if LOCAL
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = BASE_DIR / ".data" / "mail"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "crm@localhost")
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4

# Webhooks go to public addresses only, and to these hosts.
WEBHOOK_ALLOWED_HOSTS = env.names("WEBHOOK_ALLOWED_HOSTS")

# --- Jobs and cache -------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 60 * 60, "queue_order_strategy": "priority"}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = env.text("CELERY_QUEUE", "crm")
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = "UTC"
# Written to the database when beat starts; from then on admins change it there.
CELERY_BEAT_SCHEDULE = {
    "Fold the tallies of customers": {
        "task": "profiles.tasks.fold_tallies_everywhere",
        "schedule": crontab(minute="*/10"),
    },
    "Resume imports whose worker died": {"task": "profiles.imports.resume_stalled", "schedule": crontab()},
    "Delete old import files": {
        "task": "profiles.imports.delete_old_files",
        "schedule": crontab(hour="3", minute="30"),
    },
    "Resume exports whose worker died": {"task": "profiles.exports.resume_stalled", "schedule": crontab()},
    "Delete old export files": {
        "task": "profiles.exports.delete_old_files",
        "schedule": crontab(hour="3", minute="35"),
    },
    "Tell the database's planner of tenants that have come or grown": {
        "task": "cdp.tasks.know_tenants",
        "schedule": crontab(minute="*/10"),
    },
    "Forget answers kept for repeated requests": {
        "task": "cdp.tasks.forget_old_answers",
        "schedule": crontab(hour="3", minute="45"),
    },
    "Renew what matching sees of changed customers": {
        "task": "unify.keep_records",
        "schedule": crontab(minute="*/5"),
    },
    "Look for duplicates among what changed": {
        "task": "unify.find_changed",
        "schedule": crontab(hour="*/6", minute="15"),
    },
    # Every quarter of an hour, because 02:00 comes at another moment in every time zone.
    "Look for duplicates everywhere, at 02:00 of each tenant": {
        "task": "unify.find_nightly",
        "schedule": crontab(minute="*/15"),
    },
    "Resume accepting many duplicates whose worker died": {
        "task": "unify.resume_accepting",
        "schedule": crontab(),
    },
    # Every hour, because the morning comes at another moment in every time zone.
    "Tell admins of a growing review queue": {
        "task": "unify.tell_admins_everywhere",
        "schedule": crontab(minute="5"),
    },
    # Every hour, because a new day begins at another moment in every time zone.
    "Judge customers whom time alone has moved": {
        "task": "cdm.follow_the_clock",
        "schedule": crontab(minute="10"),
    },
    "Summarise customers who came in by imports": {
        "task": "cdm.summarise_new",
        "schedule": crontab(minute="*/5"),
    },
    "Summarise every customer anew": {
        "task": "cdm.rebuild_summaries",
        "schedule": crontab(hour="19", minute="20"),
    },
    "Resume searches for duplicates whose worker died": {
        "task": "unify.resume_stalled",
        "schedule": crontab(),
    },
    "Make recommendations, at 03:30 of each tenant": {
        "task": "cdm.recommend_nightly",
        "schedule": crontab(minute="*/15"),
    },
    "Send what rules tell programs again": {
        "task": "cdm.send_firings_everywhere",
        "schedule": crontab(minute="*/5"),
    },
    "Begin the next period of budgets": {
        "task": "campaigns.roll_over_budgets",
        "schedule": crontab(minute="*/15"),
    },
    "Send budget alerts again": {"task": "campaigns.deliver_alerts", "schedule": crontab(minute="*/5")},
    "Refresh segments of target profiles": {
        "task": "campaigns.refresh_target_segments",
        "schedule": crontab(minute="*/15"),
    },
    # Every hour, because the morning comes at another moment in every time zone.
    "Remind of birthdays and anniversaries": {
        "task": "cdm.remind_occasions",
        "schedule": crontab(minute="20"),
    },
    "Fold the figures of customers": {"task": "cdm.fold_summary_tallies", "schedule": crontab(minute="*/10")},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Matching -----------------------------------------------------------------------------------
MATCHING_ENGINE = env.choice("MATCHING_ENGINE", "DUCKDB", ["DUCKDB", "SPARK"]).lower()
# What a batch may take in the worker; beyond it DuckDB writes to a folder there, which goes with the batch.
MATCHING_MEMORY = f"{env.number('MATCHING_MEMORY_MB', 1536, least=256)}MB"
MATCHING_DIRECTORY = env.text("MATCHING_DIRECTORY", str(BASE_DIR / ".data" / "matching"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "crm",
        # A cache that does not answer costs a page these seconds once; see cdp/recall.py.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
}

# --- API ----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "cdp.api.authentication.ApiKeyAuthentication",
        "cdp.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["cdp.api.permissions.HasCode"],
    "DEFAULT_PARSER_CLASSES": ["cdp.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "cdp.api.schema.ProblemAutoSchema",
    "EXCEPTION_HANDLER": "cdp.api.problems.problem_response",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Customer platform API",
    "DESCRIPTION": "Customers from every source, resolved to one profile per person.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVE_PUBLIC": True,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "COMPONENT_SPLIT_REQUEST": True,
    "OAS_VERSION": "3.1.1",  # values that may be null are JSON Schema's own unions there
    "POSTPROCESSING_HOOKS": [],  # enumerations are named by their classes
    "PATH_CONVERTER_OVERRIDES": {"id": {"type": "string", "format": "uuid"}},
}

# --- Pages and logs -------------------------------------------------------------------------------
UNFOLD = unfold_settings()
LOGGING_CONFIG = "cdp.logging.configure"
LOGGING = logging_settings(
    json_lines=env.flag("LOG_JSON", default=not LOCAL),
    level=env.choice("LOG_LEVEL", "INFO", {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}),
)
