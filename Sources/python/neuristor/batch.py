"""The SQLite file of a sweep."""

import sqlite3
import zlib
from pathlib import Path

import numpy as np
import pandas as pd


class Batch:
    """The runs that `neuristor sweep` has put into a file, read as they are wanted.

    A batch may be read while no sweep has it open; one that was broken off is read as far as it came.
    """

    def __init__(self, path):
        self.path = Path(path)
        if not self.path.exists():
            raise FileNotFoundError(f"{path}: there is no such batch")
        with self._open() as database:
            try:
                self.traits = dict(database.execute("SELECT name, value FROM batch"))
                self._measures = dict(database.execute('SELECT "column", name FROM measures'))
            except sqlite3.DatabaseError as error:
                raise ValueError(f"{path}: no batch of neuristor's ({error})") from None
        self.parameters = self.traits.get("parameters", "").split()
        """The names of what was varied."""

    def _open(self):
        # A log left by a sweep that was killed is taken in by whoever opens the file next.
        return _Closing(sqlite3.connect(self.path))

    @property
    def measures(self):
        """The names of what was measured."""
        return list(self._measures.values())

    @property
    def netlist(self):
        """The text of the netlist."""
        with self._open() as database:
            return database.execute("SELECT text FROM files ORDER BY number LIMIT 1").fetchone()[0]

    @property
    def runs(self):
        """A row for each run: status, wall and cpu time in seconds, message, parameters, measures (NaN where one failed)."""
        with self._open() as database:
            frame = pd.read_sql_query("SELECT * FROM runs ORDER BY run", database, index_col="run")
        frame = frame.rename(columns=self._measures)
        numbers = [name for name in frame.columns if name not in ("status", "message")]
        frame[numbers] = frame[numbers].astype(float)
        return frame

    def spikes(self, run, name=None, signal=None):
        """The times of spikes in seconds: of the only, or the named, .spikes line and its last, or the named, signal."""
        question = "SELECT times FROM spikes WHERE run = ?"
        arguments = [int(run)]
        for column, value in (("name", name), ("signal", signal)):
            if value is not None:
                question += f" AND {column} = ?"
                arguments.append(value)
        with self._open() as database:
            rows = database.execute(question, arguments).fetchall()
        if not rows:
            raise KeyError(f"run {run} has no such spikes")
        return np.frombuffer(rows[-1][0], dtype="<f8")

    def waveforms(self, run, analysis=None):
        """The signals that --keep named, over their axis, of the only or the named analysis."""
        question = "SELECT analysis, signal, points, encoding, data FROM waveforms WHERE run = ?"
        arguments = [int(run)]
        if analysis is not None:
            question += " AND analysis = ?"
            arguments.append(analysis)
        with self._open() as database:
            rows = database.execute(question + " ORDER BY rowid", arguments).fetchall()
        if not rows:
            raise KeyError(f"run {run} has no waveforms: sweep --keep SIGNAL keeps them")
        rows = [row for row in rows if row[0] == rows[-1][0]]
        columns = {signal: _decoded(data, encoding, points) for _, signal, points, encoding, data in rows}
        axis, *signals = columns
        return pd.DataFrame({name: columns[name] for name in signals}, index=pd.Index(columns[axis], name=axis))

    def pivot(self, measure, rows, columns):
        """A measure over two parameters, as for a heat map."""
        return self.runs.pivot_table(index=rows, columns=columns, values=measure)


def _decoded(data, encoding, points):
    if encoding == "f8":
        return np.frombuffer(data, dtype="<f8")
    if encoding == "f8-shuffle-zlib":
        planes = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(8, points)
        return np.ascontiguousarray(planes.T).view("<f8").reshape(points)
    raise ValueError(f"waveforms in an encoding that this version does not know: {encoding}")


class _Closing:
    def __init__(self, database):
        self.database = database

    def __enter__(self):
        return self.database

    def __exit__(self, *_):
        self.database.close()
