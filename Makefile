# Everything runs inside .venv; nothing else on the machine is touched. `make` alone prints this help.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
EXTRAS := sources,postgres,excel,parquet,scale
DEMO_DATABASE := sqlite:///tracker.sqlite3
INPUTS := pyproject.toml constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test check fast test-fast bench train setup lock clean

help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

demo: $(VENV)/.installed ## install, read the sample articles, show their claims, write tracker.sqlite3 and claims.csv
	$(BIN)/tracker --database $(DEMO_DATABASE) ingest seeds/articles
	$(BIN)/tracker --database $(DEMO_DATABASE) claims
	$(BIN)/tracker --database $(DEMO_DATABASE) export claims.csv
	@echo
	@echo "Next: $(BIN)/tracker report   $(BIN)/tracker show CLAIM   $(BIN)/tracker sql \"SELECT * FROM shares\""

test: setup check ## install the development tools, run the linters, then every test
	TRACKER_PURE_PYTHON=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(VENV)/.installed-dev ## lint, types and import contracts, without the tests
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fast: $(VENV)/.installed-dev ## extraction compiled, up to twice as fast; without a C compiler it stays as it is
	@$(BIN)/python -m tests.bench.compile

test-fast: fast ## the tests of extraction compiled, and whether it says the same as its sources
	$(BIN)/python -m pytest tests/extract
	$(BIN)/python -m tests.bench builds

bench: $(VENV)/.installed-bench fast ## speed, alone and against other extractors, on generated articles
	$(BIN)/python -m tests.bench

train: $(VENV)/.installed-dev ## the models anew from the labelled texts, with how well they do
	$(BIN)/python -m tests.training

setup: $(VENV)/.installed-dev ## the virtual environment with the development tools and all optional readers and formats

lock: setup ## write constraints.txt anew from what is installed
	{ head -1 constraints.txt; $(PIP) freeze --exclude-editable | grep -v -e '^#' -e '^defense-claims-tracker'; } > constraints.new
	mv constraints.new constraints.txt

clean: ## remove what the other targets made
	rm -rf $(VENV) dist build etl/.compiled tracker.sqlite3* claims.csv datapackage.json
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "error: $(PYTHON) is missing or older than 3.11; name another one: make PYTHON=python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "error: $(PYTHON) has no venv module; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
	$(PIP) install --quiet --upgrade 'pip>=25.1'

$(VENV)/.installed: $(INPUTS) | $(BIN)/python
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(INPUTS) | $(BIN)/python
	$(PIP) install --quiet --constraint constraints.txt --editable '.[$(EXTRAS)]' --group dev
	@touch $(VENV)/.installed $@

$(VENV)/.installed-bench: $(VENV)/.installed-dev
	$(PIP) install --quiet --constraint constraints.txt --editable '.[$(EXTRAS),bench]' || \
	  echo "some of the peers did not install; the benchmark names them as skipped" >&2
	@touch $@
