# Every target does the set-up it needs, and nothing twice: make compares file times, models are kept
# in a cache outside the repository.

SOURCES := $(shell find platform protos/generated models voice-gateway orchestrator agents clinical-kb evaluation cli bench tests -name '*.ts' 2>/dev/null) tsconfig.json
PROTOS := $(wildcard protos/asterism/v1/*.proto)
ASTERISM := node bin/asterism.js

.PHONY: call start test check bench bench-peers build models generate charts format clean

## A patient's call with real audio through the whole constellation.
call: build models
	$(ASTERISM) call

## The constellation, waiting for calls.
start: build models
	$(ASTERISM) serve

test: build models
	npx vitest run $(VITEST_FLAGS)

check: node_modules/.package-lock.json
	npx prettier --check .
	npx eslint .
	npx tsc --noEmit -p .
	npx depcruise --config .dependency-cruiser.cjs platform protos models voice-gateway orchestrator agents clinical-kb evaluation cli bench tests
	npx knip
	npx buf lint
	node protos/check-generated.mjs

bench: build models
	node dist/bench/voice-to-voice.js
	node dist/bench/consultation.js
	node dist/bench/specialists.js

bench-peers: build models
	bash bench/peers/run.sh

build: dist/.built

models: dist/.built
	$(ASTERISM) models fetch

dist/.built: node_modules/.package-lock.json $(SOURCES)
	npx tsc -p .
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json .npmrc
	npm ci
	@touch $@

## TypeScript from the contracts; the result is committed, make check finds drift.
generate: node_modules/.package-lock.json $(PROTOS)
	npx buf generate

## The FHIR bundles of the invented patients, from evaluation/synthetic-patients/patients.yaml.
charts: dist/.built
	node dist/evaluation/synthetic-patients/write-bundles.js

format: node_modules/.package-lock.json
	npx prettier --write .

clean:
	rm -rf dist node_modules
