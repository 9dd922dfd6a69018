# Two words: `make brief` makes the example brief, `make test` runs the tests. Both set up what they need in .venv.

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
EXAMPLE := examples/briefing.yaml

.PHONY: brief test test-slow check lint types docs bench clean setup

brief: $(READY)
	@rm -f output/example.sqlite*
	@BRIEFING_ARCHIVE=output/example.sqlite $(VENV)/bin/briefing run --config $(EXAMPLE) --at 2026-03-02T06:00 --output output
	@BRIEFING_ARCHIVE=output/example.sqlite $(VENV)/bin/briefing run --config $(EXAMPLE) --at 2026-03-03T06:00 --output output
	@echo "Two issues of the exercise scenario:"
	@ls -1 output/*-2026-03-0[23]/brief.* | sed 's/^/  /'

test: $(READY)
	$(PYTHON) -m pytest

test-slow: $(READY)
	$(PYTHON) -m pytest -m slow

check: test lint types

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(READY)
	$(VENV)/bin/mypy

bench: $(READY)
	$(PYTHON) benchmarks/quality.py
	$(PYTHON) benchmarks/speed.py

setup: $(READY)

$(READY): pyproject.toml constraints.txt scripts/setup
	@sh scripts/setup $(VENV)
	@touch $@

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
