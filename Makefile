# make run     bring the product up on this machine        make test   the whole suite
# make check   everything CI runs                          make bench  the benchmarks
# make fmt     format the code                             make lock   pin the dependencies anew
# make messages  collect the texts to translate, and compile the catalogues

SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
PORT ?= 8000
TESTS ?= tests
PYTEST_OPTIONS ?= -n 2 --dist worksteal
export PORT

# The first Python that is new enough; a hint to set PYTHON=… when there is none.
PYTHON ?= $(shell for p in python3 python3.15 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv/bin
BOOTSTRAP = @test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found (or set PYTHON=...)." >&2; exit 1; }; \
	$(PYTHON) -P cdp/local/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run services test screenshots bench check fmt lock install install-dev messages collect-messages \
	format-check lint types layers templates messages-check migrations-check deploy-check openapi openapi-check coverage

help:
	@sed -n 's/^# \{0,1\}\(make .*\)/\1/p' Makefile

install:
	$(BOOTSTRAP) runtime

install-dev:
	$(BOOTSTRAP) dev

run: install
	@exec $(VENV)/python -m cdp.local.supervisor

# The database and the queue alone, until Ctrl-C: saves their start on every manage.py call.
services: install
	@exec $(VENV)/python -m cdp.local.hold

test: install-dev
	$(VENV)/pytest $(PYTEST_OPTIONS) $(TESTS)

# The pictures of the README, made by the journey it describes.
screenshots: install-dev
	SCREENSHOTS=docs/screenshots $(VENV)/pytest -q tests/browser/test_import_journey.py tests/browser/test_review_journey.py \
		tests/browser/test_day_journey.py

bench: install-dev
	$(VENV)/python -m benchmarks

# Exactly what CI runs, quickest first, each step also a target of its own. One failure fails the whole,
# but the other steps run too: whoever mends it wants the full list. The types are checked beside the quick steps.
QUICK := format-check lint layers templates messages-check migrations-check deploy-check openapi-check

check: install-dev
	@failed=; said="$$(mktemp)"; trap 'rm -f "$$said"' EXIT; \
	$(MAKE) types >"$$said" 2>&1 & types=$$!; \
	for step in $(QUICK); do echo "== make $$step"; $(MAKE) $$step || failed="$$failed $$step"; done; \
	echo "== make types"; wait $$types || failed="$$failed types"; cat "$$said"; \
	echo "== make coverage"; $(MAKE) coverage || failed="$$failed coverage"; \
	test -z "$$failed" || { echo "Failed:$$failed" >&2; exit 1; }

fmt: install-dev
	$(VENV)/ruff format .
	$(VENV)/ruff check --fix .
	git ls-files -z -- 'templates/*.html' | xargs -0 -r $(VENV)/djade --target-version 5.2

format-check: install-dev
	$(VENV)/ruff format --check .

lint: install-dev
	$(VENV)/ruff check .

types: install-dev
	$(VENV)/mypy

layers: install-dev
	$(VENV)/lint-imports

templates: install-dev
	git ls-files -z -- 'templates/*.html' | xargs -0 -r $(VENV)/djade --check --target-version 5.2

# Every text of code and templates into the catalogues, then their compiled form. Needs GNU gettext.
messages: collect-messages
	$(VENV)/python manage.py compilemessages --locale th --locale bn

collect-messages: install-dev
	$(VENV)/python manage.py makemessages $(MESSAGES)

MESSAGES := --locale th --locale bn --no-location --no-obsolete --no-wrap \
	--ignore .venv --ignore tests --ignore benchmarks

# Fails on a text that no catalogue has, one that is not translated, and a catalogue compiled from an older one.
messages-check: install-dev
	$(VENV)/python -m cdp.local.catalogues

migrations-check: install-dev
	$(VENV)/python manage.py makemigrations --check --dry-run

deploy-check: install-dev
	env LOCAL=no DEBUG=no ALLOWED_HOSTS=crm.example.org \
		SECRET_KEY="$$($(VENV)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		DATABASE_URL=postgresql://crm_app@localhost/crm \
		DATABASE_OWNER_URL=postgresql://crm_owner@localhost/crm \
		REDIS_URL=redis://localhost:6379/0 \
		$(VENV)/python -W error manage.py check --deploy --fail-level WARNING

# Writes the document that is committed; openapi-check fails when the code no longer matches it.
openapi: install-dev
	$(VENV)/python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

openapi-check: install-dev
	@drift="$$(mktemp)"; trap 'rm -f "$$drift"' EXIT; \
	$(VENV)/python manage.py spectacular --validate --fail-on-warn --file "$$drift" && \
	diff -u docs/openapi.yaml "$$drift" || \
	{ echo "docs/openapi.yaml does not match the code: run make openapi and commit the result." >&2; exit 1; }

coverage: install-dev
	$(VENV)/pytest $(PYTEST_OPTIONS) --cov --cov-report=term:skip-covered $(TESTS)

# make lock keeps what is pinned and adds what is missing; make lock UPGRADE=--upgrade takes the newest.
lock: install-dev
	$(VENV)/uv pip compile $(LOCK_OPTIONS) $(UPGRADE) --output-file requirements.lock pyproject.toml
	$(VENV)/uv pip compile $(LOCK_OPTIONS) $(UPGRADE) --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml

# Hashes instead of addresses: whoever installs chooses where from, and gets the same bytes or an error.
LOCK_OPTIONS := --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-config
