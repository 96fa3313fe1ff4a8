"""Runs neuristor and reads what it writes: raw files, CSV, HDF5, and the SQLite files of sweeps.

    import neuristor

    plot = neuristor.run("hh_neuron.cir")[0]
    plot.frame.plot(y="v(v)")

    batch = neuristor.sweep("axon.cir", {"d": "log:0.5u:8u:9"})
    batch.runs.plot(x="d", y="s.velocity", loglog=True)

Tables are pandas frames, in SI units; waveforms have the axis (time, or what was swept) as their index.
"""

from .batch import Batch
from .program import NeuristorError, find_program, run, sweep
from .waveforms import Plot, read, read_csv, read_hdf5, read_raw

__all__ = [
    "Batch", "NeuristorError", "Plot", "find_program", "read", "read_csv", "read_hdf5", "read_raw", "run", "sweep",
]
