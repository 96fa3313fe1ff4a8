"""The same circuits for ngspice: behavioural sources, one subcircuit per compartment or device.

A state is a node: a gate is one of 1 mF that a current of so many per ms charges, so that 1 V is an open fraction of 1.
A deck ends before its `.tran` options; `programs.Ngspice` adds method and tolerance.
"""

import math

from cables import sample_names

MEMBRANE = """\
.func x(v) {1000*v + 65}
.subckt membrane v params: area=1
Cm v 0 {10m*area} IC=-65m
Rl v l {1/(%(gl).12g*area)}
Vl l 0 %(el).12g
"""

CHANNELS = """\
Cn n 0 1m IC=%(n).12g
Cq m 0 1m IC=%(m).12g
Ch h 0 1m IC=%(h).12g
Bk v 0 I={area}*%(gk).12g*v(n)*v(n)*v(n)*v(n)*(v(v) + 77m)
Bs v 0 I={area}*%(gna).12g*v(m)*v(m)*v(m)*v(h)*(v(v) - 50m)
Bn 0 n I=0.01*(10 - x(v(v)))/(exp((10 - x(v(v)))/10) - 1)*(1 - v(n)) - 0.125*exp(-x(v(v))/80)*v(n)
Bm 0 m I=0.1*(25 - x(v(v)))/(exp((25 - x(v(v)))/10) - 1)*(1 - v(m)) - 4*exp(-x(v(v))/18)*v(m)
Bh 0 h I=0.07*exp(-x(v(v))/20)*(1 - v(h)) - 1/(exp((30 - x(v(v)))/10) + 1)*v(h)
"""


def cable(shape):
    """A deck of a `Cable`; the membrane of a compartment is a subcircuit. Steps of 0.1 ms at most where it is active."""
    pieces = shape.pieces()
    n, m, h = shape.gates or shape.steady_gates()
    values = dict(gl=shape.gl, el=shape.el, gk=shape.gk, gna=shape.gna, n=n, m=m, h=h)
    lines = [MEMBRANE % values + (CHANNELS % values if shape.is_active else "") + ".ends"]
    for k, (parent, diameter, length) in enumerate(pieces, 1):
        lines.append(f"X{k} v{k} membrane area={math.pi * diameter * length:.12g}")
        if parent:
            lines.append(f"R{k} v{parent} v{k} {shape.axial_resistance(diameter, length):.12g}")
    lines.append(f"Iin 0 v1 {shape.current:.12g}")
    step = 1e-4 if shape.is_active else shape.duration / 50
    lines.append(f".tran {step:g} {shape.duration:g} 0 {step:g} uic")
    nodes = {"first": "v1", "last": f"v{len(pieces)}"}
    if shape.samples:
        lines.append(f".save v({nodes['first']}) v({nodes['last']})")
        lines += [f".measure tran {name} find v({nodes[end]}) at={time:g}" for name, end, time in sample_names(shape.samples)]
    else:
        lines += [f".save v({nodes['last']})", last_crossing(nodes["last"], 0)]
    return "\n".join(lines)


def cell(current, duration, gates):
    """One Hodgkin-Huxley cell of 1 cm2."""
    n, m, h = gates
    values = dict(gl=3.0, el=-54.387e-3, gk=360.0, gna=1200.0, n=n, m=m, h=h)
    return "\n".join([
        MEMBRANE % values + CHANNELS % values + ".ends",
        "X1 v1 membrane area=100u",
        f"Iin 0 v1 {current:g}",
        f".tran 0.1m {duration:g} 0 0.1m uic",
        ".save v(v1)",
        last_crossing("v1", 0),
    ])


def last_crossing(node, level):
    return f".measure tran last when v({node})={level:g} rise=last"


MOTT = """\
* Pickett and Williams 2012 in y = 1/ln(1/u), set 2013b; node y is that state, on 1 nF.
.param pi = 3.14159265358979
.param gins = {pi*30n*30n/(10m*10n)} ratio = {10m/0.1m - 1}
.param p0 = {2*pi*10n*1.5*783} volume = {pi*10n*30n*30n}
.subckt mott p n
Bi p n I=gins*(1 + ratio*exp(-2/v(w)))*v(p,n)
By 0 y I=1n*(gins*(1 + ratio*exp(-2/v(w)))*v(p,n)*v(p,n) - p0*v(y))
+ /(volume*(2.6meg*783*(1 - (1 + 2/v(w))*exp(-2/v(w)))/2 + 2*160meg*exp(-2/v(w))/v(w)/v(w)))
Cy y 0 1n %s
Bw w 0 V=max(v(y), 1m)
.ends
Vneg neg 0 -0.86
Vpos pos 0 0.86
Vin in 0 PULSE(0 0.8 1u 1n 1n 1u 1)
"""


def mott_line(count, watched):
    """Configuration L2, from its operating point."""
    lines = [MOTT % "\n.nodeset v(y)=0.2"]
    lines.append(".subckt stage in out neg pos\nR1 in a 7k\nC1 a 0 0.5n\nX1 a neg mott")
    lines.append("R2 a out 7k\nC2 out 0 0.5n\nX2 pos out mott\n.ends")
    for k in range(1, count + 1):
        lines.append(f"X{k} {f's{k - 1}' if k > 1 else 'in'} s{k} neg pos stage")
    lines.append(f"Rload s{count} 0 3.5k")
    lines.append(f".tran 0.25u {1.5e-6 + 0.557e-6 * watched:.9g}")
    lines += [f".save v(s{watched})", last_crossing(f"s{watched}", 0.2)]
    return "\n".join(lines)


def mott_array(side, watched):
    """side x side neuristors, from 43 mV."""
    lines = [MOTT % f"IC={resting_heat(0.86 - 0.043):.12g}"]
    lines.append(".subckt neuristor a b neg pos\nC1 a 0 0.5n IC=-43m\nX1 a neg mott")
    lines.append("R a b 7k\nC2 b 0 0.5n IC=43m\nX2 pos b mott\n.ends")
    every = range(1, side + 1)
    lines += [f"X{i}_{j} a{i}_{j} b{i}_{j} neg pos neuristor" for i in every for j in every]
    for i in range(2, side + 1):
        lines.append(f"Rtop{i} b1_{i - 1} a1_{i} 7k")
        lines.append(f"Rleft{i} b{i - 1}_1 a{i}_1 7k")
        for j in range(2, side + 1):
            lines.append(f"Rright{i}_{j} b{i}_{j - 1} a{i}_{j} 14k")
            lines.append(f"Rdown{i}_{j} b{i - 1}_{j} a{i}_{j} 14k")
    for k in every:
        lines.append(f"Rend{k} b{k}_{side} 0 7k")
        lines.append(f"Rbottom{k} b{side}_{k} 0 7k")
    lines.append("Rin in a1_1 7k")
    lines.append(f".tran 0.25u {1.8e-6 + 1.2e-6 * watched:.9g} uic")
    lines += [f".save v(b{watched}_{watched})", last_crossing(f"b{watched}_{watched}", 0.2)]
    return "\n".join(lines)


def resting_heat(voltage):
    """The state y of a Mott switch at rest under a voltage: y = P/P0 on the insulating branch."""
    insulating, ratio, full = math.pi * 30e-9**2 / (10e-3 * 10e-9), 10e-3 / 0.1e-3 - 1, 2 * math.pi * 10e-9 * 1.5 * 783
    y = 0.0
    for _ in range(200):
        conductance = insulating * (1 + (ratio * math.exp(-2 / y) if y > 1e-3 else 0))
        y = conductance * voltage**2 / full
    return y


def rc_ladder(count):
    lines = ["Vin in 0 PULSE(0 1 10u 1u 1u 1m 1)", "Rin in n0 1k"]
    for k in range(1, count + 1):
        lines += [f"R{k} n{k - 1} n{k} {1e6 / count:.12g}", f"C{k} n{k} 0 {1e-9 / count:.12g}"]
    lines += [".tran 40u 2m", f".save v(n{count // 2}) v(n{count})"]
    return "\n".join(lines + finds({"middle": f"n{count // 2}", "last": f"n{count}"}, (1e-4, 5e-4, 1.1e-3, 2e-3)))


def diode_chain(count):
    """ngspice's own diode of level 1 without series resistance."""
    lines = [".model junction d is=10f n={25.85m/(1.380649e-23*300.15/1.602176634e-19)} level=1"]
    lines.append("Iin 0 n1 PULSE(0 10m 1u 0.1u 0.1u 20u 50u)")
    for k in range(1, count + 1):
        lines += [f"D{k} n{k} 0 junction", f"C{k} n{k} 0 100p"]
        if k > 1:
            lines.append(f"R{k} n{k - 1} n{k} 0.1")
    lines += [".tran 2u 101u", f".save v(n1) v(n{count})"]
    return "\n".join(lines + finds({"first": "n1", "last": f"n{count}"}, (5e-6, 25e-6, 60e-6, 100e-6)))


def finds(nodes, times):
    return [
        f".measure tran {name}_{index} find v({node}) at={time:g}"
        for name, node in nodes.items()
        for index, time in enumerate(times, 1)
    ]
