"""A cable or tree in Arbor: python cable_arbor.py CABLE(JSON) fixed STEP(ms).

Runs in the virtual environment of `make bench-deps`, on one thread. The channels are those of Arbor's own catalogue, whose
gates begin at their steady state; where a workload rounds them (0.3177 for 0.31768) that moves the last spike by less
than 0.001 ms.
"""

import json
import resource
import sys

import arbor
from arbor import units as U

cable = json.loads(sys.argv[1])
step = float(sys.argv[3])


def user_seconds():
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


# Lengths in um.
tree = arbor.segment_tree()
if cable["levels"] == 1:
    radius, count = 0.5e6 * cable["diameter"], cable["compartments"]
    tree.append(arbor.mnpos, arbor.mpoint(0, 0, 0, radius), arbor.mpoint(1e6 * cable["length"], 0, 0, radius), tag=1)
    labels = {"first": f"(location 0 {0.5 / count})", "last": f"(location 0 {1 - 0.5 / count})"}
    policy = arbor.cv_policy_fixed_per_branch(count)
else:
    ends = [0.0]
    for k in range(1, 2 ** cable["levels"]):
        level = k.bit_length() - 1
        radius = 0.5e6 * cable["diameter"] * 2 ** (-2 * level / 3)
        parent, begin = (arbor.mnpos, 0.0) if k == 1 else (k // 2 - 1, ends[k // 2])
        ends.append(begin + 1e6 * cable["length"] * 2 ** (-level / 3))
        tree.append(parent, arbor.mpoint(begin, 0, 0, radius), arbor.mpoint(ends[k], 0, 0, radius), tag=1)
    labels = {"first": "(location 0 0.5)", "last": f"(location {2 ** cable['levels'] - 2} 0.5)"}
    policy = arbor.cv_policy_fixed_per_branch(1)

decor = arbor.decor()
decor.set_property(
    Vm=-65 * U.mV,
    cm=cable["capacitance"] * U.F / U.m2,
    rL=1e2 * cable["axial"] * U.Ohm * U.cm,
    tempK=(273.15 + 6.3) * U.Kelvin,
)
# Conductances in S/cm2, potentials in mV.
leak, potential = 1e-4 * cable["gl"], 1e3 * cable["el"]
if cable["gna"]:
    decor.set_ion("na", rev_pot=50 * U.mV)
    decor.set_ion("k", rev_pot=-77 * U.mV)
    channels = {"gnabar": 1e-4 * cable["gna"], "gkbar": 1e-4 * cable["gk"], "gl": leak, "el": potential}
    decor.paint("(all)", arbor.density("hh", channels))
else:
    decor.paint("(all)", arbor.density(f"pas/e={potential}", {"g": leak}))
decor.place('"first"', arbor.i_clamp(0 * U.ms, 1e9 * U.ms, 1e9 * cable["current"] * U.nA))
decor.place('"last"', arbor.threshold_detector(0 * U.mV), "detector")

model = arbor.single_cell_model(arbor.cable_cell(tree, decor, arbor.label_dict(labels), policy))
if cable["samples"]:
    for end in ("first", "last"):
        model.probe("voltage", f'"{end}"', end, frequency=1 * U.kHz)

before = user_seconds()
model.run((1e3 * cable["duration"] + step) * U.ms, step * U.ms)
print("integration =", user_seconds() - before)

for trace, end in zip(model.traces, ("first", "last")):
    for time in cable["samples"]:
        nearest = min(range(len(trace.time)), key=lambda k: abs(trace.time[k] - 1e3 * time))
        print(f"{end}_{1e3 * time:g} = {1e-3 * trace.value[nearest]:.12g}")
if not cable["samples"] and model.spikes:
    print(f"last = {1e-3 * max(model.spikes):.12g}")
print(f"steps = {1e3 * cable['duration'] / step:.0f}")
