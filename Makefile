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

.PHONY: demo release test packages bench-small bench-smoke bench-bitmap

demo: release
	@.ci/demo $(MARTLET)

release: packages
	$(RELEASE)

packages:
	@.ci/packages

test: packages
	swift format lint --strict --recursive Package.swift Sources Tests
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --explicit-target-dependency-import-check error

bench-small: release
	.ci/bench-small $(MARTLET)

# A tenth of a percent of the benchmark: does every question still get DuckDB's answer?
bench-smoke: release
	@if python3 -m venv --help >/dev/null 2>&1; then \
	  .ci/bench-small $(MARTLET) --smoke; \
	else \
	  echo "bench smoke skipped: python3 with venv is missing"; \
	fi

bench-bitmap:
	swift run -c release --package-path Benchmarks BitmapBenchmarks
