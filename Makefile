# The front door. `make` alone lists what there is; every recipe says what it does.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

.PHONY: help demo test check fix fuzz kills bench stages crosscheck attack docs clean

help: ## List these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|' 2>/dev/null \
	  || grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1   /'

demo: ## Invent a municipality, take in its returns, follow its newcomers and write the report (in demo/)
	@Scripts/prepare.sh
	@Scripts/build.sh "the program, optimised" -c release --product meedoen
	@Scripts/demo.sh

attack: ## Try to compute the withheld numbers of the demonstration from all that it publishes (after make demo; needs GLPK or CBC)
	@Scripts/prepare.sh
	@Scripts/build.sh "the program, optimised" -c release --product meedoen
	@Scripts/attack.sh

test: export MEEDOEN_OPTIMISED_NUMBERS = 1
test: ## Build everything and run every test (MEEDOEN_SHARED names a folder of reference material, if there is one)
	@Scripts/prepare.sh
	@Scripts/build.sh "the library, the program and the tests" --build-tests
	@Scripts/test.sh

check: ## Say what is against the house rules: form, imports, documents. Changes no source file
	@Scripts/prepare.sh
	@Scripts/check.sh

fix: ## Bring all Swift files into the house's form
	@echo "Formatting Package.swift, Models, Sources and Tests."
	@swift format format --in-place --parallel --recursive Package.swift Models Sources Tests

fuzz: ## Feed the readers with made-up files for an hour and the review with 100,000 random edits (SECONDS_EACH, EDITS, SEED)
	@Scripts/prepare.sh
	@Scripts/fuzz.sh

kills: ## End the program at 200 random moments, let the disk fail, fill it; see that nothing is lost (KILLS, FAULTS, FULL, SEED)
	@Scripts/prepare.sh
	@Scripts/build.sh "the program, optimised" -c release --product meedoen
	@Scripts/kills.sh

bench: ## Time estimators and returns beside R and Python on the same data (hours; PART=estimators or submissions, SIZE=small, TASKS="cox km" for less)
	@Scripts/prepare.sh
	@if [[ "$${PART:-estimators}" == estimators ]]; then Scripts/bench.sh; fi
	@if [[ "$${PART:-submissions}" == submissions ]]; then Scripts/bench-submissions.sh; fi

stages: ## Time the whole way from returns to report with 10,000 people (PERSONS=… for another number)
	@Scripts/prepare.sh
	@Scripts/build.sh "the program, optimised" -c release --product meedoen
	@Scripts/bench-stages.sh

crosscheck: ## Let other programs read what is exported, and compare (frictionless, openpyxl, LibreOffice, PSPP, pyxform, …)
	@Scripts/prepare.sh
	@Scripts/build.sh "the program, optimised" -c release --product meedoen
	@Scripts/crosscheck.sh

docs: ## Write the reference of the libraries as web pages (TARGETS="…" for others)
	@Scripts/prepare.sh
	@Scripts/docs.sh

clean: ## Remove what was built and the demonstration
	@echo "Removing .build and demo."
	@rm -rf .build demo
