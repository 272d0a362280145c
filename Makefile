# Two commands do everything: `make run` and `make test`. Both set up what they need.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: run test lint bench deep docs format clean

run: $(READY)
	$(BIN)/reserve check scenarios
	@echo 'The audit of the example register ends with exit code 1: violations are seeded in it and must be found.'
	$(BIN)/reserve audit registers/example.csv || test $$? -eq 1

test: lint
	$(BIN)/python -m pytest -n 2 -q

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m bench

deep: $(READY)
	$(BIN)/python -m pytest -n 2 -q --deep -rP tests/differential tests/unit/check/test_lifecycle.py tests/unit/prove/mutate
	@echo 'Exit code 3 of the next: a change is not settled for every reading. One that nobody notices would be 1.'
	$(BIN)/reserve prove --mutate --theorems some || test $$? -eq 3

docs: $(READY)
	$(BIN)/python -m docs.build

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# Made anew only when the dependencies change.
$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,dev]'
	$(BIN)/python -m compileall -q compliance
	@touch $@
