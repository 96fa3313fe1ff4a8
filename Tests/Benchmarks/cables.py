"""Neurons as every neuron simulator can have them: a cable or a binary tree of compartments, and what is done to it.

All quantities in SI units. `cable_neuron.py` and `cable_arbor.py` read the same fields as JSON; `decks.py` makes a deck of
them for ngspice.
"""

from dataclasses import asdict, dataclass
import json
import math

SQUID = dict(gna=1200.0, gk=360.0, gl=3.0, el=-54.387e-3)
"""Hodgkin and Huxley 1952: conductances in S/m2 with every gate open, reversal potential of the leak in V."""


@dataclass(frozen=True)
class Cable:
    """An unbranched cable of equal compartments (levels == 1) or a tree in which every branch divides into two.

    A branch of the tree is one compartment; it has 2^(-2/3) the diameter and 2^(-1/3) the length of its parent, as in
    Rallpack 2. Between two compartments lies the full axial resistance of the one farther from the root. In a tree that
    is stimulated at its root siblings are alike, and half the resistance of the parent, which both their currents cross,
    and half of the own one come to the same.
    """

    diameter: float              # m, of the root
    length: float                # m, of the root; of the whole cable if levels == 1
    current: float               # A, into the first compartment from t = 0 on
    duration: float              # s
    compartments: int = 1        # of a cable
    levels: int = 1
    gna: float = 0.0             # S/m2
    gk: float = 0.0              # S/m2
    gl: float = 0.25             # S/m2
    el: float = -65e-3           # V
    axial: float = 1.0           # ohm m
    capacitance: float = 0.01    # F/m2
    gates: tuple = ()            # n, m, h at t = 0; empty: at their steady state
    samples: tuple = ()          # s, when the voltages of both ends are read; empty: the last crossing of 0 is sought

    @property
    def is_active(self):
        return self.gna > 0

    def pieces(self):
        """(parent, diameter, length) of each compartment, from 1 on; the root has parent 0."""
        if self.levels == 1:
            length = self.length / self.compartments
            return [(k, self.diameter, length) for k in range(self.compartments)]
        result = []
        for level in range(self.levels):
            diameter, length = self.diameter * 2 ** (-2 * level / 3), self.length * 2 ** (-level / 3)
            result += [(k // 2, diameter, length) for k in range(2**level, 2 ** (level + 1))]
        return result

    def axial_resistance(self, diameter, length):
        """Ohm, of a whole compartment."""
        return 4 * self.axial * length / (math.pi * diameter**2)

    def steady_gates(self):
        """n, m, h at -65 mV."""
        rates = [
            (0.01 * 10 / (math.exp(1) - 1), 0.125),
            (0.1 * 25 / (math.exp(2.5) - 1), 4.0),
            (0.07, 1 / (math.exp(3) + 1)),
        ]
        return tuple(opening / (opening + closing) for opening, closing in rates)

    def json(self):
        return json.dumps(asdict(self))


def sample_names(samples):
    """Names of the voltages that are read, as (name, end, time): first_10 is the first compartment at 10 ms."""
    return [(f"{end}_{1e3 * time:g}", end, time) for end in ("first", "last") for time in samples]
