"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdp.settings")
application = get_wsgi_application()

from cdp.tenancy.startup import require_walls  # noqa: E402 (needs the models, which the line above loads)

require_walls()
