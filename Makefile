# Two commands do everything on a fresh Debian 12 machine with Swift 6: `make run` and `make test`.
#
# - A target that people call has a line of help behind `##`; `make help` lists them.
# - The program carries Swift's libraries, which start three times faster than shared ones and need no toolchain; tests
#   cannot. So each has a build folder of its own, .build and .build/tests.

.DEFAULT_GOAL := help
SHELL := /bin/bash

# The processor to build for, as clang's -march names it: native, x86-64-v3, ... Empty: any processor of the family.
ARCH ?= $(if $(filter x86_64,$(shell uname -m)),native)
PREFIX ?= /usr/local

# Multiply and add in one instruction only where the processor has it: without it they are calls into libm.
processor = $(if $(ARCH),-Xcc -march=$(ARCH))
fused = $(shell clang $(if $(ARCH),-march=$(ARCH)) -dM -E -x c /dev/null 2>/dev/null | grep -q __FMA__ && echo -Xswiftc -DNEURISTOR_FMA)
# Checks of exclusive access at run time are for debug builds: a small circuit spends a tenth of its time on them.
flags = -c release $(processor) $(fused) -Xswiftc -use-ld=lld -Xswiftc -enforce-exclusivity=unchecked
# The program holds every library but the C library itself: looking symbols up in ten shared ones took longer than 100 ms
# of one neuron take to simulate. The last would save another half a millisecond, and valgrind could count no allocation
# any more. Types are looked up by their symbols, not by names that the runtime reads and checks: a fifth of the start of
# a run. A place in memory that is fixed when it is linked spares 2600 pointers their correction and 130 pages their copy
# at every start; 8000 symbols that nobody asks for take the runtime a tenth of a millisecond.
static = --static-swift-stdlib --disable-local-rpath -Xswiftc -Xclang-linker -Xswiftc -no-pie \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
  -Xlinker --strip-all -Xlinker --no-export-dynamic -Xlinker -L$(archives) \
  $(foreach name,amd btf colamd suitesparseconfig,-Xlinker -l$(name)) \
  --experimental-lto-mode thin
# All modules are optimised as one when they are linked: a step of one neuron costs some 7 % less. Each of their files then
# names the libraries that it wants, and the linker maps a library for every file that names it: with Foundation's 40 MB
# more often than a process may. There the libraries are named once, for all.
once = -Xlinker --no-dependent-libraries -Xlinker -lsqlite3 \
  $(patsubst lib%.a,-Xlinker -l%,$(notdir $(wildcard $(runtime)_static/linux/lib*.a)))
runtime = $(shell swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
archives := .build/archives
ida := .build/ida-$(or $(ARCH),any)/libsundials_ida.a
archived := sundials_generic klu amd btf colamd suitesparseconfig stdc++
tests = --scratch-path .build/tests

packages := libsundials-dev libsuitesparse-dev libhdf5-dev libsqlite3-dev $(if $(shell command -v gnuplot),,gnuplot-nox)
bench_packages := ngspice time $(if $(shell python3 -c 'import ensurepip' 2>/dev/null && echo present),,python3-venv)
program := .build/release/neuristor
sources := Package.swift Sources Tests

.PHONY: help
help:  ## list what make can do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12
	@echo
	@echo 'ARCH=native|x86-64-v3|...  the processor to build for (now: $(or $(ARCH),any))'
	@echo 'PREFIX=/usr/local          where install puts bin/ and share/'
	@echo 'WORKLOADS="w2 tree"        what bench runs (now: $(or $(WORKLOADS),all))'

# $(call ensure,PACKAGES): installs what dpkg does not know yet, or says in one sentence what must be installed.
define ensure
missing=; \
for package in $(1); do dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
[ -z "$$missing" ] && exit 0; \
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
  echo "installing$$missing"; \
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; \
else \
  echo "neuristor needs packages that are not installed; please run: sudo apt-get install$$missing" >&2; exit 1; \
fi
endef

.PHONY: deps
deps:  ## install the Debian packages that are missing
	@$(call ensure,$(packages))
	@command -v swift >/dev/null || { echo 'neuristor needs Swift 6: see https://swift.org/install' >&2; exit 1; }

.PHONY: difftest-deps
difftest-deps: deps  ## install ngspice, which tests compare with where it is installed
	@$(call ensure,ngspice)

.PHONY: readers
readers: deps  ## install spicelib and PySpice below .build/readers, with which tests read our raw files
	@[ -x .build/readers/bin/python ] || python3 -m venv .build/readers
	@.build/readers/bin/pip install -q spicelib PySpice 'numpy<2'  # PySpice reads by a function that numpy 2 has given up

.PHONY: bench-deps
bench-deps: deps  ## install ngspice, and NEURON and Arbor in a virtual environment below .build/bench
	@$(call ensure,$(bench_packages))
	@[ -x .build/bench/bin/python ] || python3 -m venv .build/bench
	@.build/bench/bin/python -c 'import neuron, arbor' >/dev/null 2>&1 || .build/bench/bin/pip install -q neuron arbor \
	  || echo 'NEURON or Arbor could not be installed; the benchmark goes on without it' >&2

# IDA is compiled anew with optimisation, where its source package can be had. It holds the layout of our vectors. Swift's
# build does not look at archives: a program linked with the one before goes.
$(ida): Sources/CSundials/optimise-ida.sh $(wildcard Sources/CSundials/*.h) Sources/CSundials/include/StateVector.h | deps
	@$< $(@D) $(if $(ARCH),-march=$(ARCH)) || { \
	  echo "IDA's source package cannot be had: small circuits run slower with Debian's archive of it"; \
	  mkdir -p $(@D) && cp "$$(clang -print-file-name=libsundials_ida.a)" $(ida); }
	@rm -f $(program) $(program)-batches

# Archives alone in a folder, so that the linker finds them before the shared libraries; a missing one is linked shared.
.PHONY: archives
archives: deps $(ida)
	@mkdir -p $(archives)
	@for name in $(archived); do \
	  file=$$(clang -print-file-name=lib$$name.a); if [ -f "$$file" ]; then ln -sf "$$file" $(archives)/; fi; \
	done
	@ln -sf $(abspath $(ida)) $(archives)/
	@file=$$(clang -print-file-name=libgcc_eh.a); if [ -f "$$file" ]; then ln -sf "$$file" $(archives)/libgcc_s.a; fi

# The linker writes a program page by page, and the system keeps it so: every start maps a thousand pages one by one. What is
# copied is kept in larger pieces, which takes a sixth off a start. Once after linking, and not while it runs.
.PHONY: build
build: archives  ## build the program: .build/release/neuristor
	swift build $(flags) $(static) --product neuristor
	swift build $(flags) $(static) $(once) --product neuristor-batches
	@for file in $(program) $(program)-batches; do \
	  [ $$file -nt $$file.copied ] || continue; \
	  cp -p $$file $$file.copied || exit; \
	  cp -p $$file.copied $$file 2>/dev/null; : > $$file.copied; \
	done

# Apart from the rest, for it needs nothing of it but MPI; Open MPI's compiler knows where that lies.
.PHONY: mpi
mpi: build  ## build neuristor-mpi, which hands the runs of a sweep to the ranks of MPI
	@command -v mpicc >/dev/null || { echo 'neuristor-mpi needs Open MPI: apt-get install libopenmpi-dev openmpi-bin' >&2; exit 1; }
	NEURISTOR_MPI=1 swift build -c release -Xswiftc -use-ld=lld --scratch-path .build/mpi --static-swift-stdlib \
	  $(addprefix -Xcc ,$(shell mpicc --showme:compile)) \
	  $(foreach folder,$(shell mpicc --showme:libdirs),-Xlinker -L$(folder)) --product neuristor-mpi
	cp .build/mpi/release/neuristor-mpi $(program)-mpi

.PHONY: test-mpi
test-mpi: mpi  ## run sweeps over the ranks of MPI, and kill one of them
	Tests/Clusters/mpi.sh .build/release

.PHONY: test-slurm
test-slurm: build  ## start a Slurm of this machine alone and submit what sweep --slurm prints; as root
	@$(call ensure,slurm-wlm munge)
	Tests/Clusters/slurm.sh .build/release

.PHONY: test-disks
test-disks: build  ## sweep onto a disk that fills up and onto one that is read-only; as root
	Tests/Clusters/disks.sh .build/release

.PHONY: test-python
test-python: build  ## test the Python module in a virtual environment below .build
	@[ -x .build/python/bin/python ] || python3 -m venv .build/python
	.build/python/bin/pip install -q './Sources/python[test]'
	.build/python/bin/python -m pytest -q Sources/python/tests

.PHONY: run
run: build  ## run the Hodgkin-Huxley neuron, print its spikes, draw hh_neuron.svg
	$(program) run netlists/neurons/hh_neuron.cir --plot-to hh_neuron.svg
	@echo 'its picture: hh_neuron.svg'

.PHONY: test-build
test-build: deps
	swift build $(flags) $(tests) --build-tests

.PHONY: test
test: test-build  ## run every test and every netlist below netlists/
	NEURISTOR_FUZZ_SECONDS=60 swift test $(flags) $(tests) --skip-build

.PHONY: difftest
difftest: test-build difftest-deps  ## compare with ngspice, circuit by circuit; ONLY=diodes takes one family
	NEURISTOR_DIFFTEST='$(ONLY)' swift test $(flags) $(tests) --skip-build --filter DifferentialTests

.PHONY: fuzz
fuzz: test-build  ## run mutations of every netlist for ten minutes, or SECONDS_LONG=...; SEED=... for others
	NEURISTOR_FUZZ_SECONDS=$(or $(SECONDS_LONG),600) NEURISTOR_FUZZ_SEED=$(SEED) \
	  swift test $(flags) $(tests) --skip-build --filter FuzzTests

.PHONY: test-statistics
test-statistics: test-build  ## run the long statistics of noise
	NEURISTOR_LONG_TESTS=1 swift test $(flags) $(tests) --skip-build --filter Statistics

.PHONY: quick
quick: test-build  ## run the tests that need no long simulation
	swift test $(flags) $(tests) --skip-build --skip GalleryTests --skip ReferenceTests --skip DocumentationTests

.PHONY: snapshots
snapshots: test-build  ## write the pages and tables that tests compare with anew
	NEURISTOR_WRITE_SNAPSHOTS=1 swift test $(flags) $(tests) --skip-build --filter 'SnapshotTests|ManualTableTests|GalleryNumbers'
	git diff --stat -- Tests Docs

.PHONY: lint
lint: deps  ## check the format, the imports (by a clean build), and that there are no warnings
	swift format lint --strict --parallel --recursive $(sources)
	rm -rf .build-lint
	swift build --scratch-path .build-lint --explicit-target-dependency-import-check error -Xswiftc -warnings-as-errors

.PHONY: format
format:  ## format the sources
	swift format --in-place --parallel --recursive $(sources)

.PHONY: inspect
inspect: build  ## print every stage of FILE=..., from the netlist to its kernels
	@for stage in netlist circuit system kernels; do \
	  echo "== $$stage"; $(program) inspect --stage $$stage $(or $(FILE),netlists/neurons/hh_neuron.cir) || exit; \
	done

.PHONY: bench
bench: build bench-deps  ## compare with ngspice, NEURON and Arbor, for hours; write Docs/benchmarks.md
	python3 Tests/Benchmarks $(program) --document $(WORKLOADS)

.PHONY: bench-quick
bench-quick: build bench-deps  ## the same on one cell and two axons, in about a minute
	python3 Tests/Benchmarks $(program) --quick --runs 3 $(WORKLOADS)

# Pages name their pictures: x.svg is the first that netlists/*/x.cir draws, x-2.svg the second.
.PHONY: figures
figures: build  ## draw the pictures that the pages of Docs/gallery show anew
	@drawn=$$(mktemp -d) && cd Docs/gallery && \
	for name in $$(grep -oh '(\w*\(-[0-9]\)\?\.svg)' *.md | tr -d '()' | sort -u); do \
	  netlist=$$(basename $${name%.svg} | sed 's/-[0-9]$$//'); \
	  [ -e $$drawn/$$netlist.svg ] || \
	    ../../$(program) run ../../netlists/*/$$netlist.cir --quiet --plot-to $$drawn/$$netlist.svg >/dev/null || exit; \
	  cp $$drawn/$$name . || exit; \
	done; \
	rm -r $$drawn

.PHONY: install
install: build  ## install into PREFIX: bin/neuristor and share/neuristor
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/neuristor/{models,errors}
	install $(program) $(program)-batches $(wildcard $(program)-mpi) $(DESTDIR)$(PREFIX)/bin
	install -m 644 Sources/Devices/Models/* $(DESTDIR)$(PREFIX)/share/neuristor/models
	install -m 644 Docs/errors/*.md $(DESTDIR)$(PREFIX)/share/neuristor/errors

.PHONY: clean
clean:  ## remove everything that was built
	rm -rf .build .build-lint hh_neuron.svg
