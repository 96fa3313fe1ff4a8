"""Runs the program."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .batch import Batch
from .waveforms import read_raw


class NeuristorError(RuntimeError):
    """The program ended with a complaint; its text is the message, `status` its exit status."""

    def __init__(self, message, status):
        super().__init__(message.strip() or f"neuristor ended with status {status}")
        self.status = status


def find_program():
    """The program: $NEURISTOR, else the build of the checkout that this module lies in, else `neuristor` on the path."""
    named = os.environ.get("NEURISTOR")
    if named:
        return named
    for folder in Path(__file__).resolve().parents:
        built = folder / ".build" / "release" / "neuristor"
        if built.exists() and (folder / "Package.swift").exists():
            return str(built)
    found = shutil.which("neuristor")
    if not found:
        raise FileNotFoundError("neuristor is not on the path; name it in the environment: NEURISTOR=/path/to/neuristor")
    return found


def _call(arguments, accepted):
    result = subprocess.run([find_program(), *arguments], capture_output=True, text=True)
    if result.returncode not in accepted:
        raise NeuristorError(result.stderr, result.returncode)
    return result


def _settings(values):
    return [word for name, value in (values or {}).items() for word in ("--set", f"{name}={value}")]


def run(netlist, settings=None, *, check=True):
    """Runs a netlist, a path or a text of more than one line, and returns its plots, one for each analysis of each run.

    A failed .expect is an error unless `check` is False.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = str(netlist)
        if "\n" in path:
            path = str(Path(folder) / "netlist.cir")
            Path(path).write_text(str(netlist))
        raw = Path(folder) / "out.raw"
        _call(["run", path, "--quiet", "--raw", str(raw), *_settings(settings)], (0,) if check else (0, 1))
        return read_raw(raw)


def sweep(netlist, parameters, out=None, *, zip=False, samples=None, seed=None, settings=None, keep=(), time_limit=None,
          jobs=None, new=False):
    """Runs a netlist with many values and returns the batch; one that was broken off goes on.

    `parameters` are values by name: a list of numbers, or text as --param takes it (`"1k:3k:500"`, `"log:1k:1meg:7"`).
    Runs that fail are rows that say so, no errors.
    """
    out = str(out) if out is not None else f"{Path(netlist).stem}.db"
    arguments = ["sweep", str(netlist), "--quiet", "--out", out, *_settings(settings)]
    for name, values in parameters.items():
        text = values if isinstance(values, str) else ",".join(repr(float(value)) for value in values)
        arguments += ["--param", f"{name}={text}"]
    for flag, value in (("--samples", samples), ("--seed", seed), ("--time-limit", time_limit), ("--jobs", jobs)):
        if value is not None:
            arguments += [flag, str(value)]
    arguments += ["--zip"] * zip + ["--new"] * new
    if keep:
        arguments += ["--keep", *keep]
    _call(arguments, (0, 1, 3))
    return Batch(out)
