"""The page `Docs/benchmarks.md`: machine, versions, how to read the tables, the tables and their pictures."""

import os
import platform
import subprocess
import time

from programs import power
import table
from workload import TOLERANCES

HEAD = """\
# Benchmarks

Written by `make bench`, which runs `neuristor`, ngspice, NEURON and Arbor side by side on the same circuits. The suite is
`Tests/Benchmarks`; `make bench-quick` takes about a minute, `make bench WORKLOADS="w2 mott-line"` runs some of it.

{facts}

## How to read the tables

- **Fast at the same error.** Every run ends with a number that is known much better than any of the programs finds it: the
  time of the last spike, or voltages at given times. *error* is the largest distance from it. A peer's row stands beside
  ours at the loosest relative tolerance of {tolerances} whose error is not larger (*ours at*); *times* is the
  peer's *s* over ours. Below the peers stand all of ours.
- *s* is user CPU of the whole process, start and input included: the median of interleaved runs, one run where it takes
  20 s and more; after each that takes seconds, those that take a tenth of it run once more, so that all meet the same load.
  Below 50 ms each of them is the mean of eight of its turn, for the kernel splits a run between user and system in ticks
  of milliseconds. *integration s* is what NEURON and Arbor spend in their solvers alone, without starting Python;
  *integration times* sets that against all of ours.
- The last spike of a long train gathers the errors of all spikes before it, and the signs of errors are luck: an error is
  good to a factor of 2 or 3, a ratio at equal error to some 20 %.
- *not reached*: the program stopped before its end. *>*: it was cut off at its limit, and stands beside the most exact of
  ours. *none*: ours reaches no such error at the tolerances given.
- *MB* is the peak of resident memory; *steps* are accepted ones.

## What is compared

- **ngspice**: membranes and Mott switches of behavioural sources, a subcircuit each, states as nodes; diodes are its own.
  The faster of `trap` and `gear` at `reltol=1e-3`; HH circuits with steps of at most 0.1 ms, for else it misses the foot
  of a spike. The Mott switch has the state y = 1/ln(1/u) in both programs.
- **NEURON**: `hh` with its tables off, at 6.3 degrees, with the reversal potentials and the initial gates of the others.
  CVODE with the absolute tolerance in the table and rtol 0, or its fixed step in ms.
- **Arbor**: `hh` of its catalogue, one thread, fixed step in ms. Its gates begin at their steady state at -65 mV where the
  others begin at 0.3177, 0.0529 and 0.5961, which is that state rounded.
- A tree has one compartment a branch. NEURON and ours join a branch to the middle of its parent by its own full axial
  resistance, Arbor by half of both; while siblings are alike, which they are, this is the same.
"""


def facts(programs):
    """Machine and versions, as lines of a list."""
    return [
        f"{processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release().split('-')[0]}",
        "; ".join(program.version for program in programs),
    ]


def origin(root):
    """Day, revision and machine of what is measured now: a page may gather the parts of several runs."""
    return f"{time.strftime('%Y-%m-%d')}, {revision(root)}, {processor()}"


def revision(root):
    command = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=7"]
    try:
        return "revision " + subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "no revision"


def processor():
    try:
        with open("/proc/cpuinfo") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def write(path, facts, workloads, outcomes, pictures, folder):
    loads = [each.load for each in outcomes]
    lines = [*facts, f"load average between {min(loads):.1f} and {max(loads):.1f}"]
    *looser, last = map(power, TOLERANCES)
    parts = [HEAD.format(
        facts="\n".join(f"- {each}" for each in lines), tolerances=f"{', '.join(looser)} and {last}")]
    for workload in workloads:
        mine = [each for each in outcomes if each.workload == workload.name]
        if not mine:
            continue
        parts.append(f"## {workload.name}\n\n{workload.title}. Errors in {workload.unit}; N counts {workload.size_name}. "
                     f"Reference: {workload.source}.\n")
        parts += [f"{each}\n" for each in [measured(mine), *notes(workload, mine)]]
        parts.append(table.markdown(mine) + "\n")
        parts += [f"![{caption}]({folder}/{file})\n" for name, file, caption in pictures if name == workload.name]
    path.write_text("\n".join(parts))


def measured(outcomes):
    """When and on what the rows of a table were measured; with the sizes, where not all were at once."""
    sizes = {}
    for each in outcomes:
        sizes.setdefault(each.origin or "at an unknown revision", set()).add(each.size)
    if len(sizes) == 1:
        return f"Measured: {next(iter(sizes))}."
    parts = [f"N = {', '.join(map(str, sorted(each)))}: {origin}" for origin, each in sizes.items()]
    return f"Measured: {'; '.join(parts)}."


def notes(workload, outcomes):
    """What a table has no column for."""
    result = []
    ours = [each for each in outcomes if each.program == "neuristor" and not each.is_extra]
    sizes = sorted({each.size for each in ours})
    if len(sizes) > 1:
        costs = []
        for size in sizes:
            each = next((each for each in ours if each.size == size and each.setting == "1e-4" and each.steps), None)
            if each:
                costs.append(f"{1e9 * each.user / each.steps / size:.3g} at N = {size}")
        result.append(f"User CPU of `neuristor` at 1e-4, ns per step and one of the {workload.size_name}: {', '.join(costs)}.")
    for each in ours:
        if "stage_600" in each.results:
            delay = (each.results["stage_600"] - each.results["stage_400"]) / 200
            exact = (workload.references[each.size]["stage_600"] - workload.references[each.size]["stage_400"]) / 200
            away = abs(delay / exact - 1)
            result.append(f"Delay of a stage between 400 and 600 at {each.setting}: {1e6 * delay:.6f} us, "
                          f"{away:.1e} of it away from the reference.")
    return result
