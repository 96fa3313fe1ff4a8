"""Waveform files: Spice3 binary, CSV and HDF5."""

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd


@dataclass
class Plot:
    """What one analysis of one run found."""

    title: str
    name: str
    frame: pd.DataFrame
    """A column for each signal; the index is time or what was swept."""
    kinds: dict = field(default_factory=dict)
    """What each column is, as the file says: a unit in HDF5, a kind ("voltage", "current") in a raw file."""
    parameters: dict = field(default_factory=dict)
    """The values of the run, where .step or .mc made several."""

    def __getitem__(self, signal):
        """A signal as a numpy array, by its name in any letter case."""
        wanted = signal.lower().replace(" ", "")
        for column in self.frame.columns:
            if column.lower() == wanted:
                return self.frame[column].to_numpy()
        if str(self.frame.index.name).lower() == wanted:
            return self.axis
        raise KeyError(f"there is no signal {signal!r}; there are {', '.join(map(str, self.frame.columns))}")

    @property
    def axis(self):
        """Time, or what was swept."""
        return self.frame.index.to_numpy()


def read(path):
    """The plots of a file, by the end of its name: .raw, .csv, or HDF5."""
    name = str(path).lower()
    if name.endswith(".raw"):
        return read_raw(path)
    if name.endswith(".csv"):
        return [read_csv(path)]
    if name.endswith((".h5", ".hdf5")):
        return read_hdf5(path)
    raise ValueError(f"{path}: neither .raw nor .csv nor .h5")


def _run_values(title):
    """The title without the values of the run at its end, and these: 'RC low pass [r=1000.0 c=1e-07]'."""
    match = re.fullmatch(r"(.*) \[([^\[\]]*=[^\[\]]*)\]", title)
    if not match:
        return title, {}
    try:
        values = {name: float(value) for name, value in (word.split("=") for word in match[2].split())}
    except ValueError:
        return title, {}
    return match[1], values


def read_raw(path):
    """Every plot of a Spice3 raw file, binary or ASCII, ngspice's included; complex values where the file has them."""
    with open(path, "rb") as file:
        data = file.read()
    plots = []
    place = 0
    while True:
        ends = [(data.find(mark, place), mark) for mark in (b"Binary:\n", b"Values:\n")]
        ends = [(at, mark) for at, mark in ends if at >= 0]
        if not ends:
            return plots
        at, mark = min(ends)
        head = data[place:at].decode("utf-8", "replace")
        plot, place = _raw_plot(path, head, data, at + len(mark), is_binary=mark.startswith(b"B"))
        plots.append(plot)


def _raw_plot(path, head, data, start, is_binary):
    fields = {}
    variables = []
    for line in head.splitlines():
        if line.startswith("\t"):
            words = line.split("\t")
            if len(words) >= 4:
                name = words[2]
                # The axis of a sweep is wrapped as voltages and currents are: v(v-sweep).
                if not variables and name.endswith("-sweep)"):
                    name = name[2:-1]
                variables.append((name, words[3].split()[0]))
        elif ":" in line:
            name, value = line.split(":", 1)
            fields[name.strip().lower()] = value.strip()
    try:
        columns, points = int(fields["no. variables"]), int(fields["no. points"])
    except (KeyError, ValueError):
        raise ValueError(f"{path}: a raw file's head does not say how many variables and points there are") from None
    is_complex = "complex" in fields.get("flags", "").lower()
    kind = np.dtype("<c16" if is_complex else "<f8")
    if is_binary:
        # Of a run that was broken off the last point may be cut.
        whole = min(points, (len(data) - start) // (columns * kind.itemsize))
        end = start + whole * columns * kind.itemsize
        values = np.frombuffer(data[start:end], dtype=kind).reshape(whole, columns)
    else:
        next_head = data.find(b"Title:", start)
        end = len(data) if next_head < 0 else next_head
        words = data[start:end].decode().split()
        rows = [words[row * (columns + 1) + 1:(row + 1) * (columns + 1)] for row in range(len(words) // (columns + 1))]
        if is_complex:
            rows = [[complex(*map(float, word.split(","))) for word in row] for row in rows]
        values = np.array(rows, dtype=kind).reshape(len(rows), columns)
    names = [name for name, _ in variables]
    index = pd.Index(values[:, 0].real if is_complex else values[:, 0], name=names[0])
    title, parameters = _run_values(fields.get("title", ""))
    frame = pd.DataFrame(values[:, 1:], index=index, columns=names[1:])
    return Plot(title, fields.get("plotname", ""), frame, dict(variables), parameters), end


def read_csv(path):
    """A CSV file as one plot; of several runs the columns of .step's values stay columns."""
    frame = pd.read_csv(path, comment="#")
    return Plot("", "", frame.set_index(frame.columns[0]))


def read_hdf5(path):
    """Every result of an HDF5 file; needs h5py. A result of which a run was broken off while it was written is cut to the
    points that are whole."""
    try:
        import h5py
    except ImportError:
        raise ImportError("HDF5 files are read by h5py: pip install h5py") from None
    plots = []
    with h5py.File(path, "r") as file:
        for group in file.values():
            axis_name = _text(group.attrs["axis"])
            axis = group[axis_name]
            points = axis.shape[0]
            names, units, values = [], [], np.empty((points, 0))
            if "values" in group:
                names, units = ([_text(word) for word in group["values"].attrs[name]] for name in ("names", "units"))
                points = min(points, group["values"].shape[0])
                values = group["values"][:points]
            frame = pd.DataFrame(values, columns=names, index=pd.Index(axis[:points].reshape(-1), name=axis_name))
            parameters = {}
            if "parameters" in group.attrs:
                words = [_text(word) for word in group.attrs["parameters"]]
                parameters = dict(zip(words, map(float, group.attrs["values"])))
            units = dict(zip(names, units))
            plots.append(Plot(_text(group.attrs["title"]), _text(group.attrs["plotname"]), frame, units, parameters))
    return plots


def _text(value):
    return value.decode() if isinstance(value, bytes) else str(value)
