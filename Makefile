# Two commands: `make demo` does all set-up and runs the main job on real input, `make test` does
# all set-up and passes all tests. Both need a Rust toolchain (1.95) and a C compiler.

SHELL := bash
.DELETE_ON_ERROR:

# Conformance data and the test servers, where they are there; without them their tests say so.
export KORDON_SHARED ?= $(abspath $(wildcard ../shared))
CONFORMANCE = $(KORDON_SHARED)/conformance

.PHONY: demo test lint conformance docs bench

demo:
	cargo build --release --package kordon-cli
	target/release/kordon scan examples/shop --fail-on never
	target/release/kordon scan examples/shop --fail-on never --quiet --format json --output kordon-report.json
	@echo "The whole report, with evidence and fixes: $(CURDIR)/kordon-report.json"

test: lint
	KORDON_TESTSERVERS="$$(bash xtask/testservers)" cargo test --workspace
	$(MAKE) conformance docs demo

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- --deny warnings
	cargo xtask codegen --check

docs:
	RUSTDOCFLAGS="--deny warnings" cargo doc --workspace --no-deps --quiet

# The shared cases that must pass. The hidden halves of the suites are of the same kinds.
conformance:
ifeq ($(KORDON_SHARED),)
	@echo "skipped: no conformance data (KORDON_SHARED is empty)"
else
	cargo xtask conformance cel $(CONFORMANCE)/cel
	cargo xtask conformance k8s-libs $(CONFORMANCE)/k8s-libs
	cargo xtask conformance psa $(CONFORMANCE)/psa
	cargo xtask conformance verdicts $(CONFORMANCE)/verdicts --only vap
	cargo xtask conformance evasion $(CONFORMANCE)/evasion --only list,json,anchor,escape,scalar,pod,limit
	cargo xtask conformance checks $(CONFORMANCE)/checks --only POD,IMG,RES,SA-002,SA-004,SA-007,SA-008,SEC-001,SEC-002,SEC-003,SEC-004,SEC-005,SEC-010
endif
