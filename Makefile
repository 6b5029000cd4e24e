# `make test` does all set-up and passes all tests. It needs a Rust toolchain (1.95) and a C
# compiler.

SHELL := bash
.DELETE_ON_ERROR:

# Conformance data and the test servers, where they are there; without them their tests say so.
export KORDON_SHARED ?= $(abspath $(wildcard ../shared))

.PHONY: test lint docs

test: lint
	KORDON_TESTSERVERS="$$(bash xtask/testservers)" cargo test --workspace
	$(MAKE) docs

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- --deny warnings

docs:
	RUSTDOCFLAGS="--deny warnings" cargo doc --workspace --no-deps --quiet
