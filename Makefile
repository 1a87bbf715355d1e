# The one way in. Everything below prepares what it needs by itself.
PYTHON ?= python3
PREPARED = $(PYTHON) config/bootstrap.py
PORT ?= 8000
export PORT

.PHONY: run test demo admin dev check lint types messages bench test-postgres lock browser-tests

run: have-python            ## set up everything and serve on http://127.0.0.1:$(PORT)
	@$(PREPARED) run

test: have-python           ## every test, the browser's too (BROWSER=0 leaves those out)
	@BROWSER=$(or $(BROWSER),1) $(PREPARED) test $(WORDS)

demo: have-python           ## add example editors, and a seller with a half-done case
	@$(PREPARED) manage demo

admin: have-python          ## make an account for the editors' desk
	@$(PREPARED) manage make_admin

dev: have-python            ## serve with templates and code reloaded as they change
	@DEBUG=1 $(PREPARED) tools manage.py runserver $(PORT)

check: lint types messages test   ## all that a commit has to pass

lint: have-python
	@$(PREPARED) tools -m ruff check .
	@$(PREPARED) tools -m ruff format --check .
	@$(PREPARED) tools -m djlint --lint --quiet templates
	@$(PREPARED) tools manage.py makemigrations --check --dry-run

types: have-python
	@$(PREPARED) tools -m mypy

messages: have-python       ## collect new strings into the catalogue, compile it, show what lacks
	@$(PREPARED) tools config/messages.py

bench: have-python
	@$(PREPARED) tools benchmarks/run.py

test-postgres: have-python  ## the same tests against a PostgreSQL server that pip brings
	@BROWSER=$(or $(BROWSER),1) $(PREPARED) test-postgres $(WORDS)

lock: have-python           ## compile both requirement files from pyproject.toml
	@$(PREPARED) lock

.PHONY: have-python
have-python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "Keyright needs Python 3.11 or newer, and there is no $(PYTHON) here. Install one, or name it: make run PYTHON=python3.12"; exit 1; }
