# Two commands do everything: `make demo` and `make test`. Both make .venv by themselves.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install demo demo-browser test check fix bench bench-quotes bench-summaries lock clean

help: ## what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-15s %s\n", $$1, $$2}'

install: $(STAMP) ## create or refresh .venv from the lock file
$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Nutgraf needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@echo "Setting up .venv (a minute or two, once)"
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP) ## read the bundled sample wire over HTTP and print its briefing
	@$(BIN)/nutgraf demo

demo-browser: $(STAMP) ## the same in a local browser, as Discord would show it
	@test -e .venv/preview || { $(PIP) --require-hashes --no-deps -r requirements-preview.lock && touch .venv/preview; }
	@$(BIN)/nutgraf demo --browser

test: $(STAMP) ## the whole suite
	@$(BIN)/python -m pytest $(ARGS)

check: $(STAMP) ## format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(STAMP) ## format, and mend what the linter can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(STAMP) ## speed and memory, printed
	@$(BIN)/python -m pytest $(or $(ARGS),tests/benchmarks) --benchmark-enable --benchmark-only -s

# Optional, 600 MB: the peers and their model live in an environment of their own.
bench-quotes: $(STAMP) ## our quotes beside textacy and sayswho: scores and speed in one run
	@test -e .venv/peers/installed || { $(PYTHON) -m venv --clear .venv/peers && \
	  .venv/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
	  -r requirements-peers.lock && touch .venv/peers/installed; } || \
	  echo "The peers cannot be installed here (see above); ours is measured alone."
	@$(BIN)/python -m tests.benchmarks.side_by_side .venv/peers/bin/python

bench-summaries: $(STAMP) ## our summaries beside the lead and LexRank, with the peers of bench-quotes
	@$(BIN)/python -m tests.benchmarks.summaries .venv/peers/bin/python

lock: $(STAMP) ## resolve pyproject.toml anew into the lock files
	@sh .ci/lock $(BIN)/uv

clean: ## remove what was made
	@rm -rf .venv data .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks build dist
