"""The benchmark suite: `python3 Tests/Benchmarks PROGRAM [WORKLOAD ...]`; `make bench` and `make bench-quick` call it.

Standard library only. ngspice is found on the PATH; NEURON and Arbor in the virtual environment that `make bench-deps`
makes. What is not installed is left out.
"""

import argparse
from pathlib import Path
import sys
import tempfile

import comparison
import document
import measuring
import plots
import programs
import table
from workloads import WORKLOADS

ROOT = Path(__file__).resolve().parents[2]


def arguments():
    parser = argparse.ArgumentParser(prog="bench", description="Speed and error of neuristor and its peers, side by side.")
    parser.add_argument("program", help="the neuristor to measure")
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=", ".join(each.name for each in WORKLOADS))
    parser.add_argument("--quick", action="store_true", help="W1 and the shorter axons: about a minute")
    parser.add_argument("--runs", type=int, default=7, help="of each command, fewer where one takes seconds (7)")
    parser.add_argument("--limit", type=int, default=400, help="CPU seconds of a run before it is cut off (400)")
    parser.add_argument("--results", type=Path, default=ROOT / ".build/bench/results.json", help="where runs are kept")
    parser.add_argument("--document", action="store_true", help="write Docs/benchmarks.md and its pictures from what is kept")
    parser.add_argument("--no-run", action="store_true", help="run nothing: show what is kept")
    parser.add_argument("--references", action="store_true", help="print the results at reltol 1e-10 and 1e-12, nothing else")
    chosen = parser.parse_intermixed_args()
    unknown = set(chosen.workloads) - {each.name for each in WORKLOADS}
    if unknown:
        parser.error(f"no such workload: {', '.join(sorted(unknown))}; there are {', '.join(each.name for each in WORKLOADS)}")
    return chosen


def plan(options):
    """(workload, size, peers) of what is to run."""
    for workload in WORKLOADS:
        if options.workloads and workload.name not in options.workloads:
            continue
        if options.quick:
            for size, peers in (workload.quick or {}).items():
                yield workload, size, peers
        else:
            for size in workload.sizes:
                yield workload, size, ("ngspice", "NEURON", "Arbor")


def run(options, ours, peers, origin):
    """Runs what is planned, a table of each size as it comes; yields the outcomes of a size."""
    for workload, size, wanted in plan(options):
        is_precise = not options.quick and size in workload.precise
        candidates = ours.candidates(workload, size, is_precise)
        for peer in peers:
            if peer.name in wanted and workload.is_given(peer.name, size):
                candidates = candidates + peer.candidates(workload, size, is_precise)
        found = comparison.measure(workload, size, candidates, options.runs, options.limit, origin)
        print(table.text(WORKLOADS, found), flush=True)
        yield found


def print_references(options, ours):
    """Each result at two tolerances: what they have in common is the reference."""
    for workload, size, _ in plan(options):
        for tolerance in (1e-10, 1e-12):
            sample = measuring.run(ours.command(workload, size, tolerance), {}, 24 * 3600, takes_memory=False)
            values = " ".join(f"{name}={sample.results.get(name)}" for name in workload.references[size])
            print(f"{workload.name} {size} {programs.power(tolerance)}: {values}", flush=True)


def merge(kept, fresh):
    """Fresh outcomes take the place of kept ones of the same workload and size."""
    taken = {(each.workload, each.size) for each in fresh}
    order = {each.name: index for index, each in enumerate(WORKLOADS)}
    every = [each for each in kept if (each.workload, each.size) not in taken] + fresh
    return sorted(every, key=lambda each: (order[each.workload], each.size))


def main():
    options = arguments()
    ours = programs.Neuristor(options.program)
    if options.references:
        return print_references(options, ours)
    facts, kept = comparison.load(options.results) if options.results.exists() else ([], [])
    if options.no_run:
        print(table.text(WORKLOADS, kept))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            everyone = [programs.Ngspice(scratch), programs.neuron(ROOT / ".build/bench"), programs.arbor(ROOT / ".build/bench")]
            peers = [each for each in everyone if each.is_installed()]
            print("; ".join([ours.version, *(each.version for each in peers)]))
            for each in everyone:
                if each not in peers:
                    print(f"{each.name} is not installed and left out: see make bench-deps", file=sys.stderr)
            facts = document.facts([ours, *peers])
            for fresh in run(options, ours, peers, document.origin(ROOT)):
                if not options.quick:
                    # A run takes hours: what is done is kept, whatever happens to the rest.
                    kept = merge(kept, fresh)
                    comparison.save(options.results, facts, kept)
    if options.document and kept and not options.quick:
        pictures = plots.write(ROOT / "Docs/pictures", WORKLOADS, kept) if plots.is_possible() else []
        document.write(ROOT / "Docs/benchmarks.md", facts, WORKLOADS, kept, pictures, "pictures")
        print(f"\nwritten: {ROOT / 'Docs/benchmarks.md'}")


if __name__ == "__main__":
    main()
