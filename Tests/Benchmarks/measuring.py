"""Runs programs and takes their user CPU, memory and results."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
import os
import re
import resource
import statistics
import subprocess
import tempfile

LINE = re.compile(r"^\s*([A-Za-z][\w ]*?)\s*=\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*$", re.MULTILINE)
ADVANCES = re.compile(r"(\d+) advance_tn")
LONG = 1  # s: a run after which others have a turn
STEPS = ("accepted steps", "accepted timepoints", "steps")


@dataclass(frozen=True)
class Sample:
    """One run of a program. A run that was cut off at its limit has no results."""

    user: float          # s, user CPU of the process and its children
    resident: int        # kB, peak; 0 where it was not taken
    results: dict        # numbers that the program printed, by lower-case name
    is_cut_off: bool = False

    @property
    def steps(self):
        return next((int(self.results[name]) for name in STEPS if name in self.results), 0)


def run(command, environment, limit, takes_memory):
    """Runs a command for at most `limit` seconds of CPU.

    The peak of a process counts what its parent had before exec, and Python is larger than a small simulation:
    `/usr/bin/time` stands between where memory is asked for. It costs about a millisecond, so those runs are not timed
    where that matters.
    """

    with tempfile.TemporaryFile() as output, tempfile.NamedTemporaryFile() as memory:
        if takes_memory:
            command = ["/usr/bin/time", "-f", "%M", "-o", memory.name, *command]
        with cpu_limit(limit):
            process = subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                env=dict(os.environ, **environment))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
        words = memory.read().split()
    resident = int(words[-1]) if words and words[-1].isdigit() else 0
    # The system counts what it limits in ticks, and what was used more finely.
    if usage.ru_utime + usage.ru_stime > min(0.98 * limit, limit - 1):
        return Sample(usage.ru_utime, resident, {}, is_cut_off=True)
    results = {name.lower(): float(value) for name, value in LINE.findall(text)}
    if match := ADVANCES.search(text):
        results["steps"] = float(match.group(1))
    return Sample(usage.ru_utime, resident, results)


@contextmanager
def cpu_limit(seconds):
    """Processes started here may use so much CPU. They inherit it from us: a function that runs between fork and exec
    would cost each of them 2 ms."""
    previous = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, previous[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, previous)


def interleave(candidates, rounds, limit):
    """Runs every candidate some times, one after the other in turn, so that a change of load meets all of them. Those that
    take seconds run less often, and after each of their runs those that take a tenth of it have a turn: a machine that others
    use is slow for seconds and minutes, and a few short runs on end would meet it as it happens to be. Returns lists of
    samples, memory in the first."""
    samples = []

    def take_turn(indices):
        parts = {index: [] for index in indices}
        repeats = {index: repeats_for(samples[index][0].user) for index in indices}
        for repeat in range(max(repeats.values(), default=0)):
            for index in indices:
                if repeat < repeats[index]:
                    candidate = candidates[index]
                    parts[index].append(run(candidate.command, candidate.environment, limit, takes_memory=False))
        for index, part in parts.items():
            samples[index].append(replace(part[0], user=statistics.mean(sample.user for sample in part)))

    def take_turn_of_shorter(seconds):
        take_turn([index for index, each in enumerate(samples) if each[0].user < seconds / 10])

    for candidate in candidates:
        first = run(candidate.command, candidate.environment, limit, takes_memory=True)
        samples.append([first])
        if first.user >= LONG:
            take_turn_of_shorter(first.user)
    counts = [rounds_for(each[0].user, rounds) for each in samples]
    for turn in range(max(counts, default=0)):
        wanted = [index for index, count in enumerate(counts) if turn < count]
        for index in wanted:
            if samples[index][0].user >= LONG:
                take_turn([index])
                take_turn_of_shorter(samples[index][0].user)
        take_turn([index for index in wanted if samples[index][0].user < LONG])
    return samples


def repeats_for(seconds):
    """How many runs of a turn make a sample: the kernel tells user time from its own in ticks of some milliseconds, and gives
    all of a run of a few ticks to one of them as often as not."""
    return 8 if seconds < 0.05 else 1


def rounds_for(seconds, rounds):
    """How often a run of that length is repeated; one of 20 s and more stands for itself."""
    if seconds >= 20:
        return 0
    return min(rounds, 2) if seconds >= 2 else rounds


def median_user(samples):
    """The median of user CPU; the first run, which also took memory, counts only where it is long."""
    timed = samples[1:] if len(samples) > 1 and samples[0].user < 1 else samples
    return statistics.median(sample.user for sample in timed)


def median_integration(samples):
    """The median of what a program itself says of its integration; None if it says nothing."""
    said = [sample.results["integration"] for sample in samples if "integration" in sample.results]
    return statistics.median(said) if said else None
