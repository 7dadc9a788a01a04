# Everything from a bare machine with Python 3.11 or newer: `make demo`, `make test`.
PORT ?= 8000
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN = .venv/bin
MANAGE = $(BIN)/python manage.py
STATIC = $(shell find static -type f) nouveaux_accords/staticfiles.py
# Bytecode kept, whatever the environment says: without it each worker rewrites 400 modules' assertions, for 5 s.
PYTEST = PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n 2 --dist loadgroup

.PHONY: demo test test-fast check proof bench browser screenshots lock
.DELETE_ON_ERROR:

demo: .venv/installed var/static/staticfiles.json  ## everything from nothing, then serves
	@$(MANAGE) migrate --verbosity 0
	@DEMO=1 $(MANAGE) demo --port $(PORT)
	@DEMO=1 $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 2 --blocking-threads 4 \
		--respawn-failed-workers --log-level warning nouveaux_accords.wsgi:application

test: .venv/installed-dev browser  ## the tests, browser included
	$(PYTEST) -m "not proof and not bench"

test-fast: .venv/installed-dev  ## the tests without a browser
	$(PYTEST) -m "not browser and not proof and not bench"

check: .venv/installed-dev  ## lint, types, migrations, deployment
	$(BIN)/ruff check
	$(BIN)/ruff format --check --quiet
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/mypy
	$(BIN)/bandit -q -c pyproject.toml -r observations nouveaux_accords --severity-level medium
	$(MANAGE) makemigrations --check --dry-run
	ALLOWED_HOSTS=accords.example.org SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(MANAGE) check --deploy --fail-level WARNING

proof: .venv/installed-dev browser  ## the long proofs: the served application, its races and its restarts
	$(BIN)/python -m pytest -q -m proof tests/proof $(PROOFS)

bench: .venv/installed-dev var/static/staticfiles.json  ## measures as it is served, then writes docs/performance.md
	$(BIN)/python -m pytest -q -s -m bench tests/bench
	$(BIN)/python -m tests.bench.run $(BENCH)

screenshots: .venv/installed-dev browser  ## the README's pictures, from a running demonstration
	$(BIN)/python docs/screenshots.py http://localhost:$(PORT)

lock:  ## writes the requirements again from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header \
		-c requirements.txt -q -o requirements-dev.txt

var/static/staticfiles.json: $(STATIC) .venv/installed
	@$(MANAGE) collectstatic --noinput --verbosity 0

.venv/installed: requirements.txt .venv/python
	@echo "Installation des bibliothèques…"
	@$(call install,requirements.txt)
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@$(call install,requirements-dev.txt)
	@touch $@

# Some systems ship Python without ensurepip: uv makes the environment where it is there.
.venv/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 ou plus récent est nécessaire."; exit 1; }
	@if $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then $(PYTHON) -m venv .venv; \
	elif command -v uv >/dev/null; then uv venv --quiet --python $(PYTHON) .venv; \
	else echo "Il manque le module venv de Python : installez-le (Debian, Ubuntu : apt install python3-venv), puis relancez."; exit 1; fi
	@touch $@

define install
if test -x $(BIN)/pip; then $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1); \
else uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); fi
endef

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
	{ sudo -n apt-get update -qq 2>/dev/null && sudo -n apt-get install -y -qq chromium >/dev/null 2>&1; } || \
	{ echo "Il manque Chromium pour les tests du navigateur : apt install chromium (ou le paquet de votre système)."; exit 1; }
