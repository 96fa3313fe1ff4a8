"""A cable or tree in NEURON: python cable_neuron.py CABLE(JSON) cvode|fixed TOLERANCE|STEP(ms).

Runs in the virtual environment of `make bench-deps`. CVODE's error is absolute, `cvode.atol`, with rtol = 0, as NEURON's
users have it; rates are computed, not looked up in tables. The time of integration is that of the solver alone.
"""

import json
import resource
import sys

from neuron import h

cable = json.loads(sys.argv[1])
integrator, precision = sys.argv[2], float(sys.argv[3])


def user_seconds():
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def section(diameter, length, compartments):
    """Lengths in um, conductances in S/cm2, axial resistivity in ohm cm."""
    result = h.Section()
    result.nseg = compartments
    result.L, result.diam = 1e6 * length, 1e6 * diameter
    result.Ra, result.cm = 1e2 * cable["axial"], 1e2 * cable["capacitance"]
    if cable["gna"]:
        result.insert("hh")
        result.ena, result.ek = 50, -77
        for segment in result:
            segment.hh.gnabar, segment.hh.gkbar = 1e-4 * cable["gna"], 1e-4 * cable["gk"]
            segment.hh.gl, segment.hh.el = 1e-4 * cable["gl"], 1e3 * cable["el"]
    else:
        result.insert("pas")
        for segment in result:
            segment.pas.g, segment.pas.e = 1e-4 * cable["gl"], 1e3 * cable["el"]
    return result


h.celsius = 6.3
if cable["levels"] == 1:
    sections = [section(cable["diameter"], cable["length"], cable["compartments"])]
    half = 0.5 / cable["compartments"]
    first, last = sections[0](half), sections[0](1 - half)
else:
    sections = []
    for k in range(1, 2 ** cable["levels"]):
        level = k.bit_length() - 1
        sections.append(section(cable["diameter"] * 2 ** (-2 * level / 3), cable["length"] * 2 ** (-level / 3), 1))
        if k > 1:
            # From the middle of the parent half of this section's resistance counts, and it shall count whole.
            sections[-1].Ra *= 2
            sections[-1].connect(sections[k // 2 - 1](0.5))
    first, last = sections[0](0.5), sections[-1](0.5)
if cable["gna"]:
    h.usetable_hh = 0

clamp = h.IClamp(first)
clamp.delay, clamp.dur, clamp.amp = 0, 1e9, 1e9 * cable["current"]
counter, crossings = h.APCount(last), h.Vector()
counter.thresh = 0
counter.record(crossings)

solver = h.CVode()
if integrator == "cvode":
    solver.active(1)
    solver.atol(precision)
    solver.rtol(0)
else:
    solver.active(0)
    h.dt = precision
    context = h.ParallelContext()
    context.set_maxstep(10)

h.finitialize(-65)
if cable["gates"]:
    for each in sections:
        for segment in each:
            segment.hh.n, segment.hh.m, segment.hh.h = cable["gates"]
    if integrator == "cvode":
        solver.re_init()
    else:
        h.fcurrent()

before = user_seconds()
voltages = []
for time in cable["samples"] or [cable["duration"]]:
    if integrator == "cvode":
        solver.solve(1e3 * time)
    else:
        context.psolve(1e3 * time)
    voltages.append((time, 1e-3 * first.v, 1e-3 * last.v))
print("integration =", user_seconds() - before)

if cable["samples"]:
    for time, at_first, at_last in voltages:
        print(f"first_{1e3 * time:g} = {at_first:.12g}\nlast_{1e3 * time:g} = {at_last:.12g}")
elif len(crossings):
    print(f"last = {1e-3 * crossings[len(crossings) - 1]:.12g}")
if integrator == "cvode":
    solver.statistics()     # "... N advance_tn ..." is the number of steps
else:
    print(f"steps = {1e3 * cable['duration'] / precision:.0f}")
