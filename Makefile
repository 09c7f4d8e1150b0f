# make demo          build the tool, import real data, count a few segments
# make test          everything that has to hold: build, formatting, tests
# make bench-small   martlet against DuckDB, on generated files of 10 M events
# make bench-bitmap  RoaringBitmap against CRoaring

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := demo

# With the runtime in the binary a process starts several milliseconds sooner.
RELEASE := swift build -c release --static-swift-stdlib --product martlet
MARTLET = "$$($(RELEASE) --show-bin-path)/martlet"

# Optimised, since the tests ask much of the engine; testable, and with undeclared imports refused.
TEST_FLAGS := -Xswiftc -O --explicit-target-dependency-import-check error

.PHONY: demo release test packages bench-small bench-smoke durability-smoke oracles bench-bitmap

demo: release
	@.ci/demo $(MARTLET)

release: packages
	$(RELEASE)

packages:
	@.ci/packages

test: packages
	swift format lint --strict --recursive Package.swift Sources Tests
	swift build --build-tests $(TEST_FLAGS)
	swift test --skip-build $(TEST_FLAGS)

bench-small: release
	.ci/bench-small $(MARTLET)

# A hundredth of the benchmark: does every question still get DuckDB's answer?
bench-smoke: release
	@code=0; .ci/bench-small $(MARTLET) --smoke || code=$$?; \
	if [[ $$code == 75 ]]; then echo "bench smoke skipped"; \
	elif [[ $$code == 0 ]]; then echo "bench smoke passed"; \
	else echo "bench smoke FAILED"; exit $$code; fi

# A few killed imports: does the store answer like an undisturbed one?
durability-smoke: release
	python3 Benchmarks/durability/kill9.py $(MARTLET) --cycles 5

# Every known answer about the data that MARTLET_TEST_DATA names, asked of the built tool.
oracles: release
	.ci/oracles $(MARTLET) "$$MARTLET_TEST_DATA"

bench-bitmap:
	swift run -c release --package-path Benchmarks BitmapBenchmarks
