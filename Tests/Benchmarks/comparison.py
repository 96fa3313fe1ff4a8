"""From runs to numbers that can be compared: medians, and the rule of equal error."""

from dataclasses import asdict, dataclass
import json
import math
import os
from typing import Optional

from measuring import interleave, median_integration, median_user


@dataclass(frozen=True)
class Outcome:
    """What a program did to a workload of one size with one setting."""

    workload: str
    size: int
    program: str
    setting: str
    error: Optional[float]           # in the workload's unit; None: it did not arrive
    user: float                      # s, user CPU of the whole process, median
    integration: Optional[float]     # s, of it the integration alone, as the program says
    resident: int                    # kB, peak
    steps: int
    runs: int
    load: float                      # average load of the machine when they had ended
    results: dict
    is_extra: bool = False
    origin: str = ""                 # day, revision and machine of its measurement
    is_cut_off: bool = False         # at its limit: `user` is the least that it takes

    @property
    def has_arrived(self):
        return self.error is not None


def measure(workload, size, candidates, rounds, limit, origin):
    """Runs the candidates and returns their outcomes; of the methods for one setting the best."""
    outcomes = {}
    every = interleave(candidates, rounds, limit)
    load = os.getloadavg()[0]
    for candidate, samples in zip(candidates, every):
        error = workload.error(size, samples[0].results)
        names = workload.references[size]
        outcome = Outcome(
            workload.name, size, candidate.program, f"{candidate.setting} {candidate.variant}".strip(),
            error if math.isfinite(error) else None, median_user(samples), median_integration(samples),
            samples[0].resident, samples[0].steps, len(samples), load,
            {name: value for name, value in samples[0].results.items() if name in names}, candidate.is_extra, origin,
            samples[0].is_cut_off)
        key = (candidate.program, candidate.setting)
        if key not in outcomes or is_better(outcome, outcomes[key]):
            outcomes[key] = outcome
    return list(outcomes.values())


def is_better(outcome, other):
    """Faster; where the times are within 10 %, more accurate."""
    if outcome.has_arrived != other.has_arrived:
        return outcome.has_arrived
    if abs(outcome.user - other.user) > 0.1 * other.user or not outcome.has_arrived:
        return outcome.user < other.user
    return outcome.error < other.error


def equal(peer, ours):
    """Ours at the loosest tolerance whose error is not larger than the peer's; None if none is. `ours` begins with the
    loosest. Where the peer was cut off, of whatever error it would have been, the most exact of ours."""
    arrived = [each for each in ours if each.has_arrived and not each.is_extra]
    if peer.is_cut_off:
        return min(arrived, key=lambda each: each.error, default=None)
    if not peer.has_arrived:
        return None
    return next((each for each in arrived if each.error <= peer.error), None)


def groups(outcomes):
    """Outcomes by workload and size, in order."""
    result = {}
    for outcome in outcomes:
        result.setdefault((outcome.workload, outcome.size), []).append(outcome)
    return result


def save(path, facts, outcomes):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"facts": facts, "outcomes": [asdict(each) for each in outcomes]}, indent=1) + "\n")


def load(path):
    text = json.loads(path.read_text())
    return text["facts"], [Outcome(**each) for each in text["outcomes"]]
