# Everything here needs only make and Python 3.11 or later; what it installs goes into .venv.
PYTHON = python3
BIN = .venv/bin
PIP = $(BIN)/python -m pip -qq --disable-pip-version-check
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" $(LOCKFLAGS)

.POSIX:
.PHONY: help site test check bench lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

site: .venv/.site ## build the trees in trees/ into output/
	$(BIN)/pokin build -o output

test: .venv/.dev ## run every test, on all cores
	$(BIN)/pytest -n auto --dist worksteal

check: .venv/.dev ## check format, lint, types and layers, then run every test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory test

bench: .venv/.dev ## measure speed and memory on generated trees
	$(BIN)/python -m benchmarks

lock: .venv/.python ## pin the requirements files anew (newest versions: make lock LOCKFLAGS=--upgrade)
	$(PIP) install 'uv>=0.9,<1'
	$(LOCK) --group backend --output-file requirements.txt pyproject.toml
	$(LOCK) --group dev --constraints requirements.txt --output-file requirements-dev.txt pyproject.toml

clean: ## remove .venv and caches (never output/)
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is written last, so an interrupted step is done again.
.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pokin needs Python 3.11 or later")'
	$(PYTHON) -m venv --clear .venv
	touch $@

.venv/.site: .venv/.python requirements.txt pyproject.toml pokin_dsl/__init__.py
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: .venv/.site requirements-dev.txt
	$(PIP) install --require-hashes -r requirements-dev.txt
	touch $@
