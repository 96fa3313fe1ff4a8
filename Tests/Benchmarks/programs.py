"""The programs that are compared: how each is asked to run a workload, and with which tolerances."""

from dataclasses import dataclass, field
from pathlib import Path
import re
import shutil
import subprocess

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Candidate:
    """One command. Among candidates with the same program and setting only the fastest that arrives counts."""

    program: str
    setting: str             # what the table says of tolerances
    command: list
    variant: str = ""        # method, where there is a choice
    is_extra: bool = False   # only for the picture of work against precision
    environment: dict = field(default_factory=dict)


def power(value):
    """A tolerance as people write it: 1e-5."""
    mantissa, exponent = f"{value:.0e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def output_of(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout


class Neuristor:
    name = "neuristor"

    def __init__(self, path):
        self.path = str(Path(path).resolve())
        self.version = output_of(self.path, "--version").strip()

    def command(self, workload, size, tolerance):
        settings = dict(workload.settings(size), reltol=power(tolerance), acct=1)
        words = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
        return [self.path, "run", str(HERE / "netlists" / workload.netlist), *words]

    def candidates(self, workload, size, is_precise=False):
        tolerances = workload.tolerances(size)
        result = [Candidate(self.name, power(t), self.command(workload, size, t)) for t in tolerances]
        if is_precise:
            result += [Candidate(self.name, power(t), self.command(workload, size, t), is_extra=True) for t in (1e-7, 1e-8)]
        return result


class Ngspice:
    """trap and gear at every tolerance."""

    name = "ngspice"

    def __init__(self, scratch):
        self.scratch = Path(scratch)
        self.version = (re.findall(r"ngspice-[\d.]+", output_of("ngspice", "--version")) or ["ngspice"])[0]

    @staticmethod
    def is_installed():
        return shutil.which("ngspice") is not None

    def candidates(self, workload, size, is_precise=False):
        deck = workload.deck(size)
        plain = workload.ngspice_tolerances(size)
        tolerances = [(t, False) for t in plain]
        if is_precise:
            tolerances += [(t, True) for t in (1e-4, 1e-5, 1e-6) if t not in plain]
        result = []
        for tolerance, is_extra in tolerances:
            for method in ("trap", "gear"):
                path = self.scratch / f"{workload.name}-{size}-{method}-{power(tolerance)}.cir"
                path.write_text(f"{workload.title}\n{deck}\n.options acct method={method} reltol={power(tolerance)}\n.end\n")
                result.append(Candidate(
                    self.name, power(tolerance), ["ngspice", "-b", str(path)], method, is_extra,
                    {"NGSPICE_MEAS_PRECISION": "11"}))
        return result


class CableSimulator:
    """NEURON or Arbor, in the virtual environment of `make bench-deps`."""

    def __init__(self, environment, name, module, script, settings, extras):
        self.name, self.script, self.settings, self.extras = name, script, settings, extras
        self.python = Path(environment) / "bin" / "python"
        self.module = module
        self.version = ""
        if self.python.exists():
            query = f"from importlib.metadata import version; print(version('{module}'))"
            answer = output_of(str(self.python), "-c", query).strip()
            self.version = f"{name} {answer}" if re.fullmatch(r"[\d.]+\w*", answer) else ""

    def is_installed(self):
        return bool(self.version)

    def candidates(self, workload, size, is_precise=False):
        cable = workload.cable(size).json()
        settings = [(each, False) for each in self.settings] + [(each, True) for each in self.extras if is_precise]
        return [
            Candidate(
                self.name, f"cvode {power(precision)}" if integrator == "cvode" else f"dt {precision:g}",
                [str(self.python), str(HERE / self.script), cable, integrator, repr(precision)],
                is_extra=is_extra)
            for (integrator, precision), is_extra in settings
        ]


def neuron(environment):
    """Tolerances of CVODE in its own units; dt in ms."""
    settings = [("cvode", 1e-3), ("cvode", 1e-4), ("cvode", 1e-5), ("fixed", 5e-3)]
    extras = [("cvode", 1e-2), ("cvode", 1e-6), ("cvode", 1e-7)]
    return CableSimulator(environment, "NEURON", "neuron", "cable_neuron.py", settings, extras)


def arbor(environment):
    settings, extras = [("fixed", 5e-3), ("fixed", 1e-3)], [("fixed", 2.5e-2), ("fixed", 2e-4)]
    return CableSimulator(environment, "Arbor", "arbor", "cable_arbor.py", settings, extras)
