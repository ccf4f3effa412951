# `make run` serves the product, `make test` passes its tests; both do all the set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --no-deps --no-compile --require-hashes

# The set-up compiles nothing, so what is imported must be kept compiled, or each boot is slow.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint lock browser screenshots whisper phonemes

run: $(VENV)/.run
	@exec $(BIN)/python manage.py up

test: $(VENV)/.dev browser
	$(BIN)/python -m pytest -n auto --dist loadgroup -q

# Pictures of every page in every state, into var/screenshots.
screenshots: $(VENV)/.dev browser
	$(BIN)/python -m pytest -n auto -q tests/e2e/screenshots.py

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(git ls-files 'templates/*.html')
	$(BIN)/mypy
	$(BIN)/lint-imports

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		(echo "Python 3.11 or newer is needed; name it by PYTHON=python3.11 make ..." && exit 1)
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock | $(BIN)/python
	$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(BIN)/python
	$(PIP) -r requirements-dev.lock
	@touch $@ $(VENV)/.run

# The optional second family of base models, into the environment of `make run`.
whisper: $(VENV)/.run requirements-whisper.lock
	$(PIP) -r requirements-whisper.lock

# The optional third one, without weights to fetch.
phonemes: $(VENV)/.run requirements-phonemes.lock
	$(PIP) -r requirements-phonemes.lock

# The browser tests drive Debian's Chromium.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| command -v google-chrome >/dev/null \
		|| { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
			&& apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
		|| { echo "The browser tests need Chromium; on Debian: sudo apt-get install chromium"; exit 1; }

lock:
	$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/pip install -q uv
	$(VENV)-lock/bin/uv pip compile -q --universal --generate-hashes --no-annotate --no-header \
		--python-version 3.11 pyproject.toml -o requirements.lock
	$(VENV)-lock/bin/uv pip compile -q --universal --generate-hashes --no-annotate --no-header \
		--python-version 3.11 pyproject.toml --extra whisper --extra phonemes --group dev -o requirements-dev.lock
	cp requirements.lock requirements-whisper.lock    # what both hold has one version
	$(VENV)-lock/bin/uv pip compile -q --universal --generate-hashes --no-annotate --no-header \
		--python-version 3.11 pyproject.toml --extra whisper -o requirements-whisper.lock
	cp requirements.lock requirements-phonemes.lock
	$(VENV)-lock/bin/uv pip compile -q --universal --generate-hashes --no-annotate --no-header \
		--python-version 3.11 pyproject.toml --extra phonemes -o requirements-phonemes.lock
	rm -rf $(VENV)-lock
