# Two commands are enough: `make demo` and `make test`. Everything they need is set up on the way.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types imports unit schemas docs bench accuracy root-causes fuzz fuzz-serve quality real-reports lock clean help province province-table killed

help:
	@echo "make demo   check a real report     make test   everything CI runs"
	@echo "make bench  timings, side by side   make schemas / docs / accuracy / root-causes   regenerate committed files"

# One environment from the lock; made again when the lock or the project file changes.
$(VENV)/ready: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: $(VENV)/ready
	@$(BIN)/disclosure-rules check examples/zhangzi-zhujianju-2019.txt

test: lint types imports unit

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready
	$(BIN)/mypy

imports: $(VENV)/ready
	$(BIN)/lint-imports

unit: $(VENV)/ready
	$(BIN)/pytest -n auto

schemas: $(VENV)/ready
	$(BIN)/python tools/make_schemas.py

docs: $(VENV)/ready
	rm -rf docs/reference/rules
	$(BIN)/disclosure-rules rules docs docs/reference/rules

accuracy: $(VENV)/ready
	$(BIN)/python tools/accuracy.py

root-causes: $(VENV)/ready
	$(BIN)/python tools/root_causes.py

# Thousands of damaged documents; the suite reads a part of them.
fuzz: $(VENV)/ready
	$(BIN)/python tools/fuzz.py

# Every planted defect, as plain values and through the reader: some minutes.
quality: $(VENV)/ready
	$(BIN)/python tools/quality.py

real-reports: $(VENV)/ready
	$(BIN)/python tools/real_reports.py

bench: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	$(BIN)/python benchmarks/run.py

# A made province of 3,000 bodies: what it has planted, and what a run over it finds.
province: $(VENV)/ready
	$(BIN)/python tests/batch/province.py build/province 3000
	-$(BIN)/disclosure-rules batch build/province/2024 --roster build/province/roster.csv \
		--previous build/province/2023 --out build/province/result

# docs/province.md: what is planted in the made province, what is found, and what is found wrongly; some minutes.
province-table: $(VENV)/ready
	$(BIN)/python tools/province_table.py 3000

killed: $(VENV)/ready
	$(BIN)/python tests/batch/kill_batch.py 20 150

# What a document holds is not in the schema, so a valid request may be refused (422): that one check is left out.
fuzz-serve: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check schemathesis
	$(BIN)/disclosure-rules serve --port 8399 2>/dev/null & service=$$!; \
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do \
		$(BIN)/python -c "import httpx; httpx.get('http://127.0.0.1:8399/ready', trust_env=False)" 2>/dev/null && break; sleep 1; done; \
	$(BIN)/schemathesis run http://127.0.0.1:8399/openapi.json --max-examples 50 --exclude-checks positive_data_acceptance; \
	code=$$?; kill $$service; exit $$code

# The lock names versions and hashes, never an index.
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group dev --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
