# `make run` and `make test` are all a fresh machine needs; each sets up .venv first.
PYTHON ?= python3
PYTHONS ?= 3.11 3.12 3.13
BIN := .venv/bin
# Two processes at most: TensorFlow has threads of its own, and a test of one folder may share what another made.
WORKERS ?= --numprocesses 2 --dist loadfile
PACKAGES := tuneloom grammar corpus pipeline model
WRONG_PYTHON := "error: Tuneloom needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.13 ..."
export TUNELOOM_CORPORA ?= $(abspath $(wildcard ../shared/corpora))

.PHONY: setup run test test-all test-pythons check bench flink pretrained docs notebooks site lock

setup: .venv/.complete

.venv/.complete: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit($(WRONG_PYTHON))'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q $(PACKAGES)
	touch $@

run: setup
	$(BIN)/beam run pipeline/ingest.py --overwrite
	$(BIN)/tuneloom train data/folk --run runs/first --minutes 3 --overwrite
	$(BIN)/tuneloom generate runs/first -n 200 --output runs/first/tunes.abc
	$(BIN)/tuneloom score runs/first/tunes.abc --against data/folk | tee runs/first/score.txt

test: setup
	$(BIN)/python -m pytest $(WORKERS)

test-all: setup check
	$(BIN)/python -m pytest -m '' $(WORKERS)

# Run the tests with each supported Python, in .venv-VERSION; uv finds Pythons on the PATH and downloads the others.
test-pythons: setup
	for version in $(PYTHONS); do \
	    $(BIN)/uv venv --quiet --allow-existing --python $$version .venv-$$version && \
	    $(BIN)/uv pip sync --quiet --require-hashes --python .venv-$$version/bin/python requirements.lock && \
	    $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python .venv-$$version/bin/python --editable . && \
	    .venv-$$version/bin/python -m pytest || exit 1; \
	done

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks

# Run the ingestion on a Flink cluster of this machine too, and compare the bytes; needs Java 17 and Maven.
flink: setup
	$(BIN)/python -m benchmarks flink

# The network that comes with the package (docs/pretrained.md).
pretrained: setup
	$(BIN)/tuneloom ingest --source aird --source oneill --source ryan --output data/books --overwrite
	$(BIN)/tuneloom train data/books --run runs/books --epochs 16 --units 256 --learning-rate 0.006 \
	    --set weight_decay=0.05 --overwrite
	$(BIN)/python -m tuneloom.model.export.ship_run runs/books model/pretrained

# The pages of docs/rules/ are made from the rules themselves.
docs: setup
	$(BIN)/python -m tuneloom.grammar.checking.pages docs/rules

# Execute the notebooks, and store what they show in them.
notebooks: setup
	$(BIN)/python -m notebooks.execution

# A site of docs/, with a reference made from the code, to open from the disk: build/site/index.html.
site: setup
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict --config-file website/mkdocs.yml

# Resolve the dependencies of pyproject.toml, without those of a GPU, to exact versions with hashes.
lock: setup
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	    --extra all --group dev --upgrade --output-file requirements.lock pyproject.toml
