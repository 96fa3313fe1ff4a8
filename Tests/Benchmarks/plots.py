"""Pictures of the results, drawn by gnuplot: time against size, and work against the precision reached."""

from pathlib import Path
import shutil
import subprocess

PROGRAMS = ("neuristor", "ngspice", "NEURON", "Arbor")
COLOURS = {"neuristor": "#0060ad", "ngspice": "#c03020", "NEURON": "#2a8a3a", "Arbor": "#b07000"}
POINTS = {"neuristor": 7, "ngspice": 5, "NEURON": 9, "Arbor": 13}


def is_possible():
    return shutil.which("gnuplot") is not None


def draw(path, title, across, up, curves):
    """One picture with logarithmic axes; a curve is (program, label, points)."""
    blocks, parts = [], []
    for index, (program, label, points) in enumerate(curves):
        blocks.append(f"$curve{index} << EOD\n" + "\n".join(f"{x:.9g} {y:.9g}" for x, y in points) + "\nEOD")
        parts.append(f"$curve{index} with linespoints lw 2 ps 0.8 pt {POINTS[program]} lc rgb '{COLOURS[program]}' title '{label}'")
    commands = "\n".join(blocks + [
        f"set terminal svg size 640,440 font 'sans,13' background 'white'\nset output '{path}'",
        "set logscale xy\nset format xy '10^{%T}'\nset grid xtics ytics lt 1 lw 0.5 lc rgb '#cccccc'\nset key below",
        f"set title '{title}'\nset xlabel '{across}'\nset ylabel '{up}'",
        "plot " + ", ".join(parts)])
    subprocess.run(["gnuplot"], input=commands, text=True, check=True)


def write(folder, workloads, outcomes):
    """Draws every picture that the outcomes allow; returns (workload's name, file, caption)."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    for workload in workloads:
        mine = [each for each in outcomes if each.workload == workload.name and each.has_arrived]
        curves = growth(mine)
        if curves:
            file = f"bench-{workload.name}-size.svg"
            draw(folder / file, f"{workload.name}: time against size", workload.size_name, "user CPU, s", curves)
            pictures.append((workload.name, file, f"{workload.title}: user CPU against {workload.size_name}"))
        for size in workload.precise:
            curves = precision([each for each in mine if each.size == size])
            if curves:
                file = f"bench-{workload.name}-{size}-precision.svg"
                title = f"{workload.name}, N = {size}: work against precision"
                draw(folder / file, title, f"error, {workload.unit}", "user CPU, s", curves)
                pictures.append((workload.name, file, f"{workload.title}, N = {size}: user CPU against the error reached"))
    return pictures


REPRESENTATIVES = {"neuristor": ("1e-4",), "ngspice": ("1e-3", "1e-5"), "NEURON": ("cvode 1e-4",), "Arbor": ("dt 0.001",)}
"""The setting that stands for a program where size matters: our default, and the peers' of about that error. The first at
which the program arrives."""


def growth(outcomes):
    """A curve of time against size for each program that ran two sizes or more."""
    curves = []
    for program in PROGRAMS:
        for setting in REPRESENTATIVES[program]:
            points = sorted(
                (each.size, each.user) for each in outcomes
                if each.program == program and each.setting.startswith(setting) and not each.is_extra)
            if len(points) > 1:
                curves.append((program, f"{program} {setting}", points))
                break
    return curves


def precision(outcomes):
    """A curve of time against error for each program; NEURON's is that of CVODE."""
    curves = []
    for program in PROGRAMS:
        points = sorted(
            (each.error, each.user) for each in outcomes
            if each.program == program and each.error > 0
            and not (program == "NEURON" and each.setting.startswith("dt")))
        if len(points) > 1:
            curves.append((program, program if program != "NEURON" else "NEURON CVODE", points))
    return curves if len(curves) > 1 else []
