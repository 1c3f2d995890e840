# Everything here needs only make and Python 3.11 or newer: the rest is installed into $(VENV).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
# The peers of the benchmarks, pinned, have an environment of their own.
PEERS ?= .venv-peers
MEASURED := $(PEERS)/.jifen-peers
POPULATION ?= 55000
SEED ?= 7
# Set where the environment has all that is needed already (a stamp for each set of extras).
BASE := $(VENV)/.jifen-base
TEST := $(VENV)/.jifen-test
DEV := $(VENV)/.jifen-dev

.DEFAULT_GOAL := help
.PHONY: help demo test check bench nightly clean

help:
	@echo "make demo    score the example applicant"
	@echo "make test    run the tests"
	@echo "make check   lint, format and type checks"
	@echo "make bench   measure the speed, of other tools too"
	@echo "make nightly compare a million invented applicants, one by one, over columns and fused"
	@echo "make clean   remove what was built"
	@echo "with PYTHON=... for another Python, VENV=... for another environment"

demo: $(BASE)
	@$(BIN)/jifen score examples/tianjin/applicant.yaml --policy tianjin/2022

# A file of tests, or of cases, is one worker's: it loads its policy once.
test: $(TEST)
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(ARGS)

check: $(DEV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# Into benchmarks/results, in some minutes; with ARGS=--quick to the screen, in less than one.
bench: $(MEASURED)
	@$(PEERS)/bin/python -m benchmarks $(ARGS)

# Nineteen policies with so many applicants each that there are a million of them: two to three minutes on two cores.
# The same ones every time; SEED=8 draws others.
nightly: $(TEST)
	@JIFEN_POPULATION=$(POPULATION) JIFEN_SEED=$(SEED) $(BIN)/python -m pytest tests/columns tests/fused tests/arrow \
		--numprocesses auto --dist worksteal $(ARGS)

clean:
	@echo "Removing $(VENV), $(PEERS), build, dist and caches"
	@rm -rf $(VENV) $(PEERS) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find engine tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python $(PEERS)/bin/python:
	@echo "Creating $(@:/bin/python=)"
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Jifen needs Python 3.11 or newer; say which with make PYTHON=...")'
	@$(PYTHON) -m venv $(@:/bin/python=)

# The checkout is installed in place, so only a change of its metadata calls for another installation.
$(BASE): pyproject.toml | $(BIN)/python
	@echo "Installing jifen into $(VENV)"
	@$(PIP) install --editable .
	@touch $@

$(TEST): pyproject.toml | $(BIN)/python
	@echo "Installing jifen and its tests' needs into $(VENV)"
	@$(PIP) install --editable '.[test]'
	@touch $@ $(BASE)

$(DEV): pyproject.toml | $(BIN)/python
	@echo "Installing jifen and its developers' tools into $(VENV)"
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(TEST) $(BASE)

$(MEASURED): pyproject.toml benchmarks/requirements.txt | $(PEERS)/bin/python
	@echo "Installing jifen and the peers of the benchmarks into $(PEERS)"
	@$(PEERS)/bin/python -m pip --quiet --quiet --disable-pip-version-check install --editable '.[arrow]' -r benchmarks/requirements.txt
	@touch $@
