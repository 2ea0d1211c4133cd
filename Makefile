# Tierwise: everything that can be asked of this tree; `make help` lists it.
#
# It sets up what is missing, and no more: each tool is a file target under .tools/ (never a global install), made in a
# temporary place and moved when it is whole, so an interrupted run is mended by running it again.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help
.PHONY: help serve dev build test bench setup setup-build for-build for-test crates clean FORCE \
        screenshots test-format test-clippy test-native test-facts test-wasm test-browser

PORT ?= 8080
TRUNK_VERSION := 0.21.14
# The command-line wasm-bindgen must be the very version that the app is linked with.
WASM_BINDGEN_VERSION := $(shell scripts/locked-version.sh wasm-bindgen)

WASM := wasm32-unknown-unknown
NODE_MODULES := tests/browser/node_modules
STEP := scripts/step.sh

# Ours come first, whatever PATH holds; cargo's own folder comes last, for a shell that has not been told of it.
export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/$(NODE_MODULES)/.bin:$(PATH):$(HOME)/.cargo/bin
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
# Trunk reads NO_COLOR as true or false and refuses the usual 1; and it shows a backtrace for each error of a build.
unexport NO_COLOR
export RUST_LIB_BACKTRACE := 0

# Where the pinned Rust stands under another name ("stable"), use it there and download nothing.
# ($(shell) does not see what this file exports, so what it needs is said there.)
ifndef RUSTUP_TOOLCHAIN
SAME_RUST := $(shell PATH='$(PATH)' scripts/same-rust.sh)
ifneq ($(SAME_RUST),)
export RUSTUP_TOOLCHAIN := $(SAME_RUST)
endif
endif

# The standard library for wasm32 belongs to the toolchain, not to this tree; its folder appears whole or not at all.
SYSROOT := $(shell PATH='$(PATH)' $(if $(RUSTUP_TOOLCHAIN),RUSTUP_TOOLCHAIN='$(RUSTUP_TOOLCHAIN)') rustc --print sysroot 2>/dev/null)
WASM_STD := $(or $(SYSROOT),rust-is-missing)/lib/rustlib/$(WASM)/lib

# Another, built for size, that the release site is linked with; it stands in a folder of its own, which is also how rustc is told of it. What
# is said here is not yet stable in rustc, hence RUSTC_BOOTSTRAP. What is small about pulldown-cmark there, scripts/small-rustc.sh says.
SMALL_STD := .tools/std-$(shell PATH='$(PATH)' $(if $(RUSTUP_TOOLCHAIN),RUSTUP_TOOLCHAIN='$(RUSTUP_TOOLCHAIN)') rustc -V 2>/dev/null | cut -d' ' -f2)-small
SMALL := RUSTC_BOOTSTRAP=1 RUSTC_WRAPPER='$(CURDIR)/scripts/small-rustc.sh' CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS='--sysroot $(CURDIR)/$(SMALL_STD) -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none --cfg small_1'

# What waits for a network is set up beside what compiles, unless make was given a -j of its own.
PARALLEL = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j3)

##@ Use

help: ## list the targets
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

serve: build ## build the release site and serve it on http://127.0.0.1:8080 (PORT=… for another port)
	@exec node tests/browser/server.mjs dist --port $(PORT)

dev: setup-build ## rebuild and reload at each change, unoptimised, on the same port
	@# A folder of its own, so that `make build` never takes this for the release site.
	@mkdir -p target/dev-site
	@exec trunk serve --release=false --dist target/dev-site --address 127.0.0.1 --port $(PORT)

build: setup-build ## build the whole site into dist/
	@scripts/alone.sh build $(MAKE) dist/index.html

test: ## set up what is missing and run every test, the cheap ones first
	@$(MAKE) setup
	@$(MAKE) test-format
	@$(MAKE) test-clippy
	@$(MAKE) test-native
	@$(MAKE) test-facts
	@$(MAKE) test-wasm
	@$(MAKE) test-browser

bench: build setup target/bare/index.html ## measure: the engine (criterion), then the site in the browser
	@$(STEP) "Engine benches" "some minutes" "Read the output above." -- cargo bench -p tierwise-engine
	@$(STEP) "Browser bench" "a minute or two" "Read the output above." -- \
	  env CHROMIUM='$(CURDIR)/.tools/bin/chromium' node tests/browser/bench.mjs

screenshots: build .tools/bin/chromium ## pictures of every page and state, into target/screenshots, to be looked at
	@$(STEP) "Pictures of the site" "10 min" "Read the output above." -- \
	  env CHROMIUM='$(CURDIR)/.tools/bin/chromium' node tests/browser/screenshots.mjs

setup: ## set up everything that building and testing need, and build nothing else
	@scripts/alone.sh setup $(MAKE) $(PARALLEL) for-test

setup-build: ## set up what building needs (no browser)
	@scripts/alone.sh setup $(MAKE) $(PARALLEL) for-build

clean: ## remove what was built; .tools/ and node_modules/ stay
	@cargo clean
	@rm -rf dist tests/browser/test-results tests/browser/playwright-report

##@ Tests, one kind at a time

test-format: ## the format of the Rust sources
	@$(STEP) "Format" "1 s" "Run cargo fmt --all." -- cargo fmt --all --check

test-clippy: | $(WASM_STD) ## clippy, warnings denied: all natively; the engine and the app for wasm32 too
	@$(STEP) "Clippy, native" "2 s; first time 60 s" "Mend what is named above." -- \
	  cargo clippy --workspace --all-targets -- -D warnings
	@$(STEP) "Clippy, engine for wasm32" "1 s; first time 10 s" "The engine must not know a disk, a clock or a browser." -- \
	  cargo clippy -p tierwise-engine --target $(WASM) -- -D warnings
	@$(STEP) "Clippy, app for wasm32" "2 s; first time 40 s" "Mend what is named above." -- \
	  cargo clippy -p tierwise --bins --tests --target $(WASM) -- -D warnings

test-native: ## the tests of the engine, of the command and of the whole (tests/*.rs)
	@$(STEP) "Native tests" "40 s; first time 3 min" "Each failure is named above; cargo test -p PACKAGE NAME runs one." -- \
	  cargo test --workspace --no-fail-fast

test-facts: .tools/facts/requirements.txt ## what the banks say of DICOM, HL7, IHE and the law, against tables (tests/facts)
	@$(STEP) "Facts in the banks" "3 s" "Mend the bank, the table of tests/facts that it names, or, where it is meant, add a line to tests/facts/allow.txt." -- \
	  env PYTHONPATH='$(CURDIR)/.tools/facts' PYTHONDONTWRITEBYTECODE=1 tests/facts/run.sh

test-wasm: .tools/bin/wasm-bindgen .tools/bin/chromium | $(WASM_STD) ## the app's tests in a headless Chromium (tests/web*.rs)
	@$(STEP) "App tests in Chromium" "20 s; first time 2 min" "Each failure is named above; see also webdriver.json." -- \
	  cargo test -p tierwise --tests --target $(WASM) --no-fail-fast

test-browser: build .tools/bin/headless ## the built site, with Playwright (tests/browser)
	@$(STEP) "Site tests with Playwright" "6 min" "Traces of what failed are in tests/browser/test-results/." -- \
	  env -C tests/browser CHROMIUM='$(CURDIR)/.tools/bin/headless' playwright test

# --- the site ---------------------------------------------------------------------------------------------------

# Folders as well as files: a deletion changes the folder alone. No file name here may hold a space.
SITE_SOURCES := index.html Trunk.toml Cargo.toml Cargo.lock rust-toolchain.toml scripts/bundle.sh scripts/seal.mjs scripts/split.mjs scripts/later.txt scripts/small-rustc.sh scripts/small/entities.rs \
  $(shell find src style worker questions crates/*/src crates/*/Cargo.toml 2>/dev/null)

dist/index.html: $(SITE_SOURCES) .tools/bin/trunk .tools/bin/wasm-bindgen $(NODE_MODULES)/.package-lock.json | $(WASM_STD) $(SMALL_STD)
	@touch .tools/build-started
	@$(STEP) "Release site" "30 s; first time 2 min" "Mend what is named above: the app, a style or a bank." -- \
	  env $(SMALL) trunk build
	@# As old as its start: a source that was changed meanwhile is newer, and counts.
	@touch -r .tools/build-started $@

# The page that the bench measures the app's start beside, made as the site is.
target/bare/index.html: examples/bare.rs dist/index.html
	@$(STEP) "Bare page of the bench" "1 min" "Mend what is named above." -- \
	  env $(SMALL) cargo build --profile wasm-release --example bare --target $(WASM)
	@rm -rf target/bare
	@mkdir -p target/bare
	@wasm-bindgen --target web --no-typescript --out-dir target/bare target/$(WASM)/wasm-release/examples/bare.wasm
	@wasm-opt -Oz target/bare/bare_bg.wasm -o target/bare/bare_bg.wasm
	@cp -r dist/questions target/bare/
	@echo '<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title><link rel="preload" href="bare_bg.wasm" as="fetch" type="application/wasm" crossorigin><body><script type="module">import start from "./bare.js"; start({ module_or_path: "bare_bg.wasm" });</script>' >$@

# --- set-up ------------------------------------------------------------------------------------------------------

for-build: crates $(WASM_STD) $(SMALL_STD) $(NODE_MODULES)/.package-lock.json .tools/bin/trunk .tools/bin/wasm-bindgen
	@:

for-test: for-build .tools/bin/headless .tools/facts/requirements.txt
	@:

# Trunk works offline, so that it never fetches tools of its own, and so do some tests; all crates are here before. Phony, since the crates are
# in cargo's own cache, which may go without this tree's knowing.
crates:
	@cargo fetch --offline --quiet 2>/dev/null || $(STEP) --log crates "Fetching the crates" "20 s" "It needs the crates registry; run make setup again." -- cargo fetch

# Those that compile come one after the other, since each of them takes every core.
#
# A version file changes only when its version does, and then the tool is older than it, and is made again.
.tools/trunk.version: FORCE
	@mkdir -p .tools && { echo $(TRUNK_VERSION) | cmp -s - $@ || echo $(TRUNK_VERSION) >$@; }

.tools/wasm-bindgen.version: FORCE
	@mkdir -p .tools && { echo $(WASM_BINDGEN_VERSION) | cmp -s - $@ || echo $(WASM_BINDGEN_VERSION) >$@; }

.tools/bin/trunk: .tools/trunk.version | .tools/bin/wasm-bindgen
	@$(STEP) --log trunk "Building Trunk $(TRUNK_VERSION)" "4 min" "It needs the crates registry; run make setup again, it goes on where it stopped." -- \
	  scripts/setup-cargo-tool.sh trunk $(TRUNK_VERSION) trunk --locked --no-default-features

# Not --locked: the lock file that is published with it names crates that a mirror may not have yet.
.tools/bin/wasm-bindgen: .tools/wasm-bindgen.version | $(WASM_STD) $(SMALL_STD)
	@$(STEP) --log wasm-bindgen "Building wasm-bindgen $(WASM_BINDGEN_VERSION)" "2 min" "It needs the crates registry; run make setup again, it goes on where it stopped." -- \
	  scripts/setup-cargo-tool.sh wasm-bindgen-cli $(WASM_BINDGEN_VERSION) "wasm-bindgen-test-runner wasm-bindgen"

$(WASM_STD):
	@$(STEP) --log wasm-std "Adding Rust's standard library for $(WASM)" "10 s; 1 min where rustup cannot download" "See the header of scripts/setup-wasm-std.sh for the ways there are." -- \
	  scripts/setup-wasm-std.sh

$(SMALL_STD): scripts/setup-small-std.sh scripts/rust-source.sh | $(WASM_STD)
	@$(STEP) --log small-std "Building a standard library for size" "30 s; 1 min where rustup cannot download" "See the header of scripts/rust-source.sh for the ways to its source." -- \
	  scripts/setup-small-std.sh $(SMALL_STD)
	@touch $@

# npm writes this file last. It holds Playwright, axe and wasm-opt.
$(NODE_MODULES)/.package-lock.json: tests/browser/package.json tests/browser/package-lock.json
	@$(STEP) --log npm "Installing the node packages" "10 s" "It needs node 20 with npm, and the npm registry." -- \
	  bash -c 'cd tests/browser && npm ci --no-audit --no-fund && touch node_modules/.package-lock.json'

# Links, made when both programs have said their version; when the programs go, the links are made again.
.tools/bin/chromium:
	@$(STEP) --log chromium "Finding Chromium and its driver, or installing them" "1 s; 30 s to install" "Install chromium and chromedriver yourself, or name them: make … CHROMIUM=/path CHROMEDRIVER=/path" -- \
	  scripts/setup-chromium.sh

.tools/bin/headless: | .tools/bin/chromium
	@$(STEP) --log headless "Finding Chromium's headless shell, or installing it" "1 s; 20 s to install" "Install chromium-headless-shell yourself, or name a Chromium: make … HEADLESS=/path" -- \
	  scripts/setup-headless.sh

# The folder is moved into place whole, with the copy of this file in it.
.tools/facts/requirements.txt: tests/facts/requirements.txt
	@$(STEP) --log facts "Installing pydicom and hl7apy" "10 s" "It needs python3 with pip, and Python's package index." -- \
	  scripts/setup-facts.sh
	@touch $@
