"""What a benchmark is: a circuit of several sizes, what is read from its run, and what that should be."""

from dataclasses import dataclass
import math
from typing import Callable, Optional

from cables import Cable

TOLERANCES = (1e-3, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5, 1e-5, 5e-6, 2e-6, 1e-6)  # ours, relative, the loosest first
SCALES = {"ms": 1e3, "us": 1e6, "mV": 1e3}


@dataclass(frozen=True)
class Workload:
    """`references` holds for each size the results of an exact run, by name, in SI units; the error of a run is the
    largest distance of a result from them. `size_name` says what sizes count."""

    name: str
    title: str
    netlist: str
    unit: str                                            # of the error: ms, us or mV
    size_name: str
    references: dict[int, dict[str, float]]
    source: str                                          # where the references come from
    settings: Callable[[int], dict] = lambda size: {}    # parameters of the netlist
    deck: Optional[Callable[[int], str]] = None          # the circuit for ngspice
    cable: Optional[Callable[[int], Cable]] = None       # the circuit for NEURON and Arbor
    largest: Optional[dict[str, int]] = None             # the largest size that a peer is given
    tolerances: Callable[[int], tuple] = lambda size: TOLERANCES     # ours, the loosest first
    ngspice_tolerances: Callable[[int], tuple] = lambda size: (1e-3,)
    quick: Optional[dict[int, tuple]] = None             # sizes of the quick run, with the peers that take part
    precise: tuple = ()                                  # sizes whose work is drawn against the precision reached

    @property
    def sizes(self):
        return tuple(self.references)

    def is_given(self, program, size):
        """Whether a peer runs this size."""
        if (self.deck if program == "ngspice" else self.cable) is None:
            return False
        return size <= (self.largest or {}).get(program, math.inf)

    def error(self, size, results):
        """The error in `unit`; infinite where a result is missing."""
        distances = [abs(results.get(name, math.inf) - exact) for name, exact in self.references[size].items()]
        return SCALES[self.unit] * max(distances)
