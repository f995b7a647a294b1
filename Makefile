# Two commands on a fresh machine: `make demo`, `make test`. Needs Python 3.11 or newer; everything else is fetched.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
INPUTS  = pyproject.toml constraints.txt build_assets.py package.json package-lock.json
INSTALL = $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python \
          --constraints constraints.txt --build-constraints constraints.txt

# Tests start the program many times: what is compiled once is kept, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test test-slow lint bench bars clean
.DELETE_ON_ERROR:

demo: $(VENV)/.base            ## build the demo project, analyse it, draw it
	rm -rf demo
	$(BIN)/mocgioi demo demo

test: $(VENV)/.dev             ## all quick tests and doctests
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow"

test-slow: $(VENV)/.dev        ## notebooks, long tests, seeded samples of the long bars
	$(BIN)/python -m pytest -n auto --dist worksteal -m slow

lint: $(VENV)/.dev             ## style, types, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

$(VENV)/bin/uv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv

$(VENV)/.base: $(INPUTS) | $(VENV)/bin/uv
	$(INSTALL) --editable .
	touch $@

$(VENV)/.dev: $(INPUTS) | $(VENV)/bin/uv
	$(INSTALL) --editable ".[dev]"
	touch $@

bench: $(VENV)/.bench          ## ours beside the peers, at a size for a coffee break
	for name in $$($(BIN)/python -m benchmarks); do $(BIN)/python -m benchmarks $$name --parcels 100000 --moves 1000 || exit 1; done

bars: $(VENV)/.bench           ## every bar in full: 100 kills, 200 mutants of each format, a million parcels
	MOCGIOI_BARS=full $(BIN)/python -m pytest -m slow
	for name in $$($(BIN)/python -m benchmarks); do $(BIN)/python -m benchmarks $$name || exit 1; done

$(VENV)/.bench: $(INPUTS) | $(VENV)/bin/uv
	$(INSTALL) --editable ".[dev,bench]"
	touch $@

clean:
	rm -rf $(VENV) demo dist maps/webmap/assets
