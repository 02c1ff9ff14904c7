# Each line calls one tool of the environment in .venv, which the first call makes.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: book lab test release data normalise lock

book: .venv/ready           ## build the book into _build/html
	@$(BIN)/entente book

lab: .venv/ready            ## open the chapters in JupyterLab
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/chapters

test: book                  ## run every test; FAST=1 runs those of five minutes
	$(BIN)/entente browser
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pytest -n 2 --dist loadgroup $(if $(FAST),-m "not slow")
	$(BIN)/pytest -n 2 --dist loadscope --override-ini addopts= --override-ini filterwarnings= \
		--nbval --nbval-cell-timeout 120 $(if $(FAST),chapters/01_foundations.ipynb,chapters)

release: .venv/ready        ## make the students' exercises from the instructor's
	$(BIN)/entente release

data: .venv/ready           ## rebuild the tables: make data SOURCES=folder [TABLE=name]
	$(BIN)/python data/build.py $(SOURCES) $(TABLE)

normalise: .venv/ready      ## execute the notebooks and bring them to their normal form
	$(BIN)/entente normalise

lock: .venv/ready           ## make requirements.txt anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--no-emit-index-url --custom-compile-command "make lock" --output-file requirements.txt

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "entente needs Python 3.11 or newer, not $(PYTHON) %d.%d; name one with PYTHON=" % sys.version_info[:2])'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
