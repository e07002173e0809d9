# Pointe's commands; `make help` lists them.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python3.14; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev setup-stock test check bench evaluate evaluate-articles evaluate-emergencies screenshots bench-teaching soak bench-nlu bench-retrieval bench-widget lock notices clean python

python:
	@test -n "$(PYTHON)" || { echo "Pointe needs Python 3.11 or newer with venv. Install it (Debian, Ubuntu: apt install python3 python3-venv), then run make again."; exit 1; }

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: setup  ## set everything up that is not yet, and start the whole assistant
	@exec bin/clinic run

setup: python  ## set everything up, start nothing
	@$(PYTHON) -m bootstrap

setup-stock: python  ## the rest of stock Rasa for the engine: TensorFlow for DIET and TED, other channels and stores
	@$(PYTHON) -m bootstrap --stock

setup-dev: python
	@$(PYTHON) -m bootstrap --dev

test: setup-dev  ## every test, in both environments and a real browser
	@.venv/bin/python -m tests

check: setup-dev  ## ruff, mypy, import-linter, tsc, and what the assistant was taught
	@.venv/bin/python -m tests.check

evaluate:  ## measure the running assistant on the held-out questions, with a report to look at
	@bin/clinic evaluate

evaluate-emergencies: setup-dev  ## 20,000 emergencies beside ordinary clauses, and denied signs: kept and lost by flag
	@engine/.venv/bin/python -m bench.metamorphic

evaluate-articles:  ## measure how any pages are answered from: make evaluate-articles DATA=folder
	@bin/clinic evaluate-articles $(or $(DATA),tests/evaluation/reading)

bench: setup-dev  ## speed and memory beside stock Rasa, in one run
	@engine/.venv/bin/python -m bench.engine

bench-teaching: setup-dev  ## what a correction costs: learned, compared, and live while visitors talk
	@PYTHONPATH=. .venv/bin/python -m bench.teaching
	@PYTHONPATH=. .venv/bin/python -u -m bench.changing

soak: setup-dev  ## 50 visitors for ten minutes while every part is killed and hung: one machine, then two groups
	@PYTHONPATH=. .venv/bin/python -m bench.soak

bench-nlu: setup-dev  ## intents beside stock Rasa: make bench-nlu DATA=folder
	@engine/.venv/bin/python -m bench.stock
	@bench/.stock/bin/python -m bench.nlu $(DATA)

bench-retrieval: setup-dev  ## retrieval beside Haystack and LangChain: make bench-retrieval DATA=folder
	@.venv/bin/python -m bench.retrieval $(DATA)

bench-console: setup-dev  ## the staff console over a long log: make bench-console CONVERSATIONS=120000
	@PYTHONPATH=. .venv/bin/python -m bench.console $(CONVERSATIONS)

bench-widget: setup-dev  ## the widget beside its peers, in a real browser
	@.venv/bin/python -m bench.widget

screenshots: setup-dev  ## pictures of the widget in every state, into screenshots/
	@PYTHONPATH=. .venv/bin/python tests/browser/screenshots.py

notices: setup  ## write THIRD_PARTY.md anew, from what the installed libraries say of their licences
	@.venv/bin/python -m bootstrap.notices

lock:  ## write the locks anew from both pyproject.toml
	@$(PYTHON) -m bootstrap.locks

clean:  ## take away what was built; databases and models stay
	@rm -rf .tools .venv engine/.venv build widget/node_modules widget/dist models/encoder
