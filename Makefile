.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV ?= .venv

# In the conda environment of environment.yml everything is there but the project itself.
ifeq ($(CONDA_DEFAULT_ENV),crm-report-suite)
PY := $(CONDA_PREFIX)/bin/python
READY := $(CONDA_PREFIX)/crm-report-suite-installed
else
PY := $(VENV)/bin/python
READY := $(VENV)/complete
endif

# Kernels start three times as fast with compiled byte code.
unexport PYTHONDONTWRITEBYTECODE
export FILE NAME TABLE SOURCE AS_OF QUARTER REPORTS JOBS SET

RUN := $(PY) -m crm_helpers.runner.run --source "$$SOURCE" --as-of "$$AS_OF" \
	--quarter "$$QUARTER" --jobs "$$JOBS" --set "$$SET" $(if $(filter 1,$(CODE)),--code)

TESTS := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PY) -m pytest -q -n 2

.PHONY: help quarterly-report report source check-source lab mail test test-unit lint check bench env lock docs clean

help:  ## Show this list
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | awk 'BEGIN {FS = ":.*## "} {printf "  %-17s %s\n", $$1, $$2}'

quarterly-report: $(READY)  ## All reports [SOURCE= AS_OF= QUARTER= REPORTS= JOBS= SET= CODE=1]
	@$(RUN) --reports "$$REPORTS"

report: $(READY)  ## One report and the overview: make report NAME=churn
	@test -n "$$NAME" || { echo "NAME is missing. Write for example: make report NAME=churn" >&2; exit 2; }
	@$(RUN) --reports "$$NAME"

source: $(READY)  ## Propose a source file: make source FILE=orders.csv [NAME= TABLE=]
	@$(PY) -m crm_helpers.runner.propose --file "$$FILE" --name "$$NAME" --table "$$TABLE"

check-source: $(READY)  ## Read and check a source, make no report [SOURCE= AS_OF=]
	@$(PY) -m crm_helpers.runner.check --source "$$SOURCE" --as-of "$$AS_OF" --set "$$SET"

lab: $(READY)  ## Open the notebooks in JupyterLab
	@$(PY) -m jupyterlab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/notebooks \
		--LabApp.app_settings_dir="$(CURDIR)/.jupyterlab" $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB)

mail: $(READY)  ## Write the mails of the last reports; SEND=1 sends them [SOURCE= AS_OF=]
	@$(PY) -m crm_helpers.mail.send --source "$${SOURCE:-demo}" --as-of "$$AS_OF" $(if $(filter 1,$(SEND)),--send)

test: test-unit  ## Run all tests: those of test-unit first, then whole runs of notebooks
	@$(TESTS) tests -m "whole and not slow and not bench"

test-unit: $(READY)  ## Run the tests that need no notebook, under 2 minutes; ends at the first failure
	@$(TESTS) -x -m "not whole and not slow and not bench"

lint: $(READY)  ## Check style of code and notebooks
	@$(PY) -m ruff check .

check: lint test  ## What CI runs: lint and test

bench: $(READY)  ## Time and memory at large sizes (takes many minutes)
	@$(PY) -m bench

env: $(READY)  ## Build the Python environment in .venv

lock: $(READY)  ## Resolve requirements.in anew into requirements.lock
	@UV=$$(command -v uv || echo $(VENV)/uv/bin/uv) && "$$UV" pip compile -q --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
		--upgrade -o requirements.lock requirements.in

docs: $(READY)  ## Write the reference pages of docs/ anew from contracts and notebooks
	@$(PY) -m crm_helpers.runner.handbook

clean:  ## Delete all reports; ledgers of predictions and feedback of investigators stay
	@find reports -mindepth 2 -maxdepth 2 ! -name ledger ! -name feedback -exec rm -rf {} +

$(VENV)/complete: requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not there. Install Python 3.11 or newer." >&2; exit 2; }
	@$(PYTHON) make_environment.py $(VENV)

$(CONDA_PREFIX)/crm-report-suite-installed: requirements.lock
	@$(PY) -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@
