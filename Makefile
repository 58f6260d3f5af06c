# Everything the project can be asked to do. `make` alone needs nothing but Python 3.11 or newer.

VENV := .venv
BIN := $(VENV)/bin
LOCKED := $(VENV)/.locked
READY := $(VENV)/.ready
BROWSER := $(VENV)/.browser
PACKAGING := $(VENV)/.packaging
DOCS := $(VENV)/.docs
PORT ?= 8080
# How many tests run beside each other.
JOBS ?= 2
# How long a fuzz run is.
SECONDS ?= 300
# How long readers and writers are at a front cache.
FRONT_SECONDS ?= 120

.DEFAULT_GOAL := setup
.PHONY: setup run test lint types imports kills test-pg test-mariadb properties fuzz fuzz-minute hostile-minute test-mariadb test-browser browser-minute test-clients test-front test-growth test-hostile test-admin test-package docs test-pages translations check check-browser check-all bench golden eval \
	editor editor-check clean help

setup: $(READY) ## make .venv and install what the lock names
	@echo "Ready: make run shows a newsroom, $(BIN)/wirepress -h says what else there is"

# The first Python that is new enough and can make a virtual environment; PYTHON=... overrules the choice.
$(VENV)/pyvenv.cfg:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14; do \
		if $$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$python --version)"; \
			exec $$python -m venv $(VENV); \
		fi; \
	done; \
	echo "Wirepress needs Python 3.11 or newer with venv (on Debian: apt install python3 python3-venv)." >&2; \
	echo "If it lies somewhere else: make PYTHON=/path/to/python3" >&2; \
	exit 1

# The lock is complete, so nothing is resolved; every file must have the hash written there.
$(LOCKED): requirements.lock $(VENV)/pyvenv.cfg
	@echo "Installing the locked packages (some 100 MB the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--no-deps --require-hashes --requirement requirements.lock
	@touch $@

# The build backend is one of the locked packages: this step asks no network.
$(READY): pyproject.toml $(LOCKED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--no-deps --no-index --no-build-isolation --editable .
	@touch $@

run: $(READY) ## a demo newsroom on http://127.0.0.1:8080 (PORT=... for another port)
	@$(BIN)/wirepress demo --port $(PORT)

test: $(READY) ## the tests that need nothing but Python
	$(BIN)/python -m pytest -n $(JOBS) --durations=15 --durations-min=4

lint: $(READY) ## ruff
	$(BIN)/ruff check src tests examples packaging

types: $(READY) ## mypy, strict
	$(BIN)/mypy

imports: $(READY) ## the rooms import downwards only
	$(BIN)/lint-imports

test-pg: $(READY) ## the store, the verbs, imports and a whole site on a real, throw-away PostgreSQL
	$(BIN)/python -m tests.servers.postgres -- $(BIN)/python -m pytest -n $(JOBS) tests/store tests/content \
		tests/transfer/test_postgres.py tests/app/test_postgres.py tests/syndicate/adoption/test_postgres.py \
		tests/syndicate/test_kills.py -k "not halves_an_article"

test-mariadb: $(READY) ## the transfer's tests on a real, throw-away MariaDB
	$(BIN)/python -m tests.servers.mariadb -- $(BIN)/python -m pytest tests/transfer

properties: $(READY) ## the property tests with examples that nobody has tried
	WIREPRESS_RANDOM=1 $(BIN)/python -m pytest -n $(JOBS) -m hypothesis

fuzz: $(READY) ## hostile texts against rendering, guided by coverage, for SECONDS=300
	$(BIN)/python -m tests.fuzz $(SECONDS)

fuzz-minute: $(READY)
	$(BIN)/python -m tests.fuzz 60

test-browser: $(READY) ## what filtered markup does in a real browser (needs Chromium)
	$(BIN)/python -m tests.render.browser

browser-minute: $(READY)
	$(BIN)/python -m tests.render.browser --quick

test-clients: $(READY) ## WordPress's npm clients and the documents' own read a running server (needs Node 20 and npm)
	$(BIN)/python -m tests.clients.run

test-front: $(READY) ## writes beside readers through real nginx and Varnish, for FRONT_SECONDS=120 (needs both, with their modules)
	WIREPRESS_FRONT_CACHES=1 $(BIN)/python -m pytest tests/front
	$(BIN)/python -m tests.front.campaign $(FRONT_SECONDS)
	$(BIN)/python -m tests.servers.postgres -- $(BIN)/python -m tests.front.campaign $(FRONT_SECONDS)

test-growth: $(READY) ## ten times the text takes about ten times as long
	$(BIN)/python -m tests.render.growth

test-hostile: $(READY) ## hostile requests, texts, files, feeds and pages: what they take, and how long an editor waits beside them
	$(BIN)/python -m tests.hostile inside
	$(BIN)/python -m tests.hostile requests $(SECONDS)
	$(BIN)/python -m tests.hostile contents $(SECONDS)
	$(BIN)/python -m tests.hostile uploads $(SECONDS)
	$(BIN)/python -m tests.hostile wire $(SECONDS)
	$(BIN)/python -m tests.site.spam
	$(BIN)/python -m tests.hostile beside
	$(BIN)/python -m tests.servers.postgres -- $(BIN)/python -m tests.hostile beside
	WIREPRESS_HOSTILE=1 $(BIN)/python -m pytest tests/syndicate/test_hostile_parsing.py

hostile-minute: $(READY)
	$(BIN)/python -m tests.hostile inside "unclosed groups, 51 kB" "unclosed paragraphs" "galleries" "queries in queries" \
		"latest posts" "patterns" "unclosed elements" "words of many kinds"
	$(BIN)/python -m tests.hostile requests 20 --seed 1
	$(BIN)/python -m tests.hostile contents 20 --seed 1
	$(BIN)/python -m tests.hostile uploads 10 --seed 1
	$(BIN)/python -m tests.hostile wire 10 --seed 1

# hadolint, on top of the others.
$(PACKAGING): tests/packaging/requirements.lock $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--no-deps --require-hashes --requirement tests/packaging/requirements.lock
	@touch $@

test-package: $(PACKAGING) ## build the wheel and run it outside of the checkout; the container file and the unit of systemd
	PATH="$(CURDIR)/$(BIN):$$PATH" WIREPRESS_PACKAGE=1 $(BIN)/python -m pytest tests/packaging

# What builds the site of the documents, on top of the others.
$(DOCS): docs/requirements.lock $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--no-deps --require-hashes --requirement docs/requirements.lock
	@touch $@

docs: $(DOCS) ## the documents as a site, in var/docs; a dead link or a page without a place ends it
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

test-pages: $(READY) ## run what README.md and the documents tell people to type
	WIREPRESS_PAGES=1 $(BIN)/python -m pytest -n $(JOBS) tests/house/test_pages_run.py

check: lint types imports test test-pg test-mariadb test-package test-pages docs fuzz-minute hostile-minute ## what CI runs first

check-all: check check-browser kills golden properties fuzz test-browser test-growth test-hostile bench ## check, and everything that takes longer

# The browser tests' own packages, on top of the others.
$(BROWSER): tests/browser/requirements.lock $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--no-deps --require-hashes --requirement tests/browser/requirements.lock
	@touch $@

test-admin: $(BROWSER) ## the administration in a real browser (needs Chromium)
	WIREPRESS_BROWSER=1 $(BIN)/python -m pytest tests/browser --ignore tests/browser/site

test-site: $(BROWSER) ## the pages of readers in a real browser and before the HTML checker (needs Chromium, npm, Java)
	WIREPRESS_BROWSER=1 $(BIN)/python -m pytest tests/browser/site

check-browser: test-clients test-front browser-minute test-admin test-site editor-check ## what needs Chromium, Node or front caches; CI runs it after check

kills: $(READY) ## kill a pull ten times, workers over 500 feeds thirty times, a server under load fifty times, by chance
	WIREPRESS_KILLS=10 WIREPRESS_WRITE_KILLS=50 $(BIN)/python -m pytest tests/syndicate/test_kills.py tests/app/test_write_kills.py
	$(BIN)/python -m tests.syndicate.campaign
	$(BIN)/python -m tests.servers.postgres -- $(BIN)/python -m tests.syndicate.campaign --workers 2

golden: $(READY) ## score renderings and answers against the recorded ones of a real WordPress
	$(BIN)/python -m tests.golden.rendering
	$(BIN)/python -m tests.golden.replay

translations: $(READY) ## bring the catalogs of the administration's languages up to date; prints what lacks a translation
	$(BIN)/python -m tests.house.translations

bench: $(READY) ## measure
	$(BIN)/python -m tests.bench

eval: $(READY) ## how well the wire is read: one table, on the corpora of WIREPRESS_CORPORA
	$(BIN)/python -m tests.eval

editor: ## build the block editor into the package (needs Node 20 and npm)
	cd editor && npm ci --ignore-scripts --no-audit --no-fund --silent && node build.mjs

editor-check: ## build the block editor and compare it with what is committed
	cd editor && npm ci --ignore-scripts --no-audit --no-fund --silent && node check.mjs

clean: ## remove the environment and what tools have kept
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14
