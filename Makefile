# `make graph` and `make test` set themselves up; PYTHON names the interpreter (3.11 or newer) to do it with.
PYTHON ?= python3
VENV ?= .venv
PATHS ?= seeds

# Tests start kg some fifty times; each would compile it anew where byte code may not be kept.
unexport PYTHONDONTWRITEBYTECODE

BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: graph test check bench golden clean fuzz kills lock locked audit

graph: $(READY)
	$(BIN)/kg build $(PATHS)

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What is promised of speed, measured: SIZE=100 for the full table.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt '.[bench]'
	$(BIN)/python -m benchmarks.run

# What tests compare with and what the documentation shows: schemas and reference of the rule language, the statements
# of the seeds, the output of commands, the pictures of the page. Look at the difference before committing it.
golden: $(READY)
	$(BIN)/python -m kg.authoring.schemas rules/schema
	$(BIN)/python -m kg.authoring.reference docs/rules-reference.md
	$(BIN)/kg extract seeds > tests/golden/seeds.jsonl
	$(BIN)/python tests/console.py
	CI=1 KG_ARTIFACTS=docs/images $(BIN)/python -m pytest -q tests/page/test_page_seeds.py
	mv docs/images/page-seeds.png docs/images/page.png
	mv docs/images/page-seeds-evidence.png docs/images/evidence.png

# Minutes of fuzzing; half an hour is about a million inputs.
MINUTES ?= 1
fuzz: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt '.[fuzz]'
	$(BIN)/python tests/fuzz/fuzz.py $(MINUTES)

# Builds and exports killed at random moments.
KILLS ?= 200
kills: $(READY)
	$(BIN)/python tests/robustness/kills.py $(KILLS)

# An environment of exactly the files that requirements.lock names, nothing else.
locked:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --no-deps --no-build-isolation --editable .
	touch $(READY)

lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet pyproject.toml --extra dev --constraint constraints.txt --generate-hashes \
		--python $(BIN)/python --no-emit-index-url --no-annotate --output-file requirements.lock \
		--custom-compile-command 'make lock'

# What is known to be wrong with the pinned versions; needs a network.
audit: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/pip-audit --require-hashes --disable-pip --requirement requirements.lock

clean:
	rm -rf $(VENV)

# The version pins are in constraints.txt; a change of either file installs again.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'kg needs Python 3.11 or newer: make PYTHON=python3.11')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@
