"""The catalogue of workloads and their exact results.

"own" is what `--references` prints: our program at reltol 1e-10, and again at 1e-12. Mott circuits take the latter, whose
last spike of 20 stages agrees within 2e-7 us with an explicit integrator's; elsewhere the two differ by less than a
thousandth of the errors in the tables, and round-off may stop the latter.
"""

from cables import Cable, SQUID
import decks
from workload import TOLERANCES, Workload

ROUNDED_GATES = (0.3177, 0.0529, 0.5961)
QUARTER = dict(gl=0.25, el=-65e-3)
RALLPACK_TIMES = (1e-3, 10e-3, 50e-3, 250e-3)


def axon(count):
    return Cable(1e-6, 1e-3, 0.1e-9, 0.1, compartments=count, gates=ROUNDED_GATES, **SQUID)


def passive_cable(count):
    return Cable(1e-6, 1e-3, 0.1e-9, 0.25, compartments=count, samples=RALLPACK_TIMES, **QUARTER)


def passive_tree(_):
    return Cable(16e-6, 32e-6, 0.1e-9, 0.25, levels=10, samples=RALLPACK_TIMES, **QUARTER)


def active_cable(count):
    return Cable(1e-6, 1e-3, 0.1e-9, 0.25, compartments=count, **dict(SQUID, **QUARTER))


def active_tree(_):
    return Cable(16e-6, 100e-6, 10e-9, 0.1, levels=10, **SQUID)


WORKLOADS = [
    Workload(
        name="w1",
        title="One Hodgkin-Huxley cell, 10 uA/cm2 for 1 s; last spike",
        netlist="w1.cir", unit="ms", size_name="cells",
        references={1: {"last": 0.997462983}},
        source="two integrators at 1e-9 and below",
        deck=lambda _: decks.cell(10e-6, 1.0, ROUNDED_GATES),
        # 10 uA/cm2 into a cylinder of 100 um x 100 um, one compartment.
        cable=lambda _: Cable(100e-6, 100e-6, 3.14159265358979e-9, 1.0, gates=ROUNDED_GATES, **SQUID),
        quick={1: ("ngspice", "NEURON", "Arbor")},
        precise=(1,),
    ),
    Workload(
        name="w2",
        title="Hodgkin-Huxley axon of 1 mm x 1 um, 0.1 nA for 100 ms; last spike at its end",
        netlist="w2.cir", unit="ms", size_name="compartments",
        references={
            10: {"last": 89.078967e-3}, 100: {"last": 87.362631e-3}, 1000: {"last": 87.355518e-3},
            10_000: {"last": 87.3554e-3}, 100_000: {"last": 87.3554e-3},
        },
        source="two integrators at 1e-9 and below; from 10^4 on at 1e-7",
        settings=lambda count: {"count": count},
        deck=lambda count: decks.cable(axon(count)),
        cable=axon,
        largest={"ngspice": 1000, "NEURON": 10_000, "Arbor": 10_000},
        tolerances=lambda count: TOLERANCES if count <= 10_000 else (1e-4,),
        quick={100: ("ngspice", "NEURON", "Arbor"), 1000: ("NEURON", "Arbor")},
        precise=(100,),
    ),
    Workload(
        name="rallpack1",
        title="Rallpack 1: passive cable, 0.1 nA for 250 ms; both ends at 1, 10, 50, 250 ms",
        netlist="rallpack1.cir", unit="mV", size_name="compartments",
        references={1000: {
            "first_1": -0.0425353201, "first_10": 0.0014096599, "first_50": 0.0656382545, "first_250": 0.1018714146,
            "last_1": -0.0649999115, "last_10": -0.0542706695, "last_50": 0.0068633862, "last_250": 0.0430964874,
        }},
        source="own at 1e-10; at 250 ms as the exact solution",
        deck=lambda count: decks.cable(passive_cable(count)),
        cable=passive_cable,
    ),
    Workload(
        name="rallpack2",
        title="Rallpack 2: passive binary tree, 0.1 nA for 250 ms; root and a tip at 1, 10, 50, 250 ms",
        netlist="rallpack2.cir", unit="mV", size_name="compartments",
        references={1023: {
            "first_1": -0.0643406711, "first_10": -0.0594538899, "first_50": -0.0472114931, "first_250": -0.0401347098,
            "last_1": -0.0644122488, "last_10": -0.0595254677, "last_50": -0.0472830709, "last_250": -0.0402062875,
        }},
        source="own at 1e-10; at 250 ms as the exact solution",
        deck=lambda count: decks.cable(passive_tree(count)),
        cable=passive_tree,
    ),
    Workload(
        name="rallpack3",
        title="Rallpack 3: active cable, 0.1 nA for 250 ms; last spike at its end",
        netlist="rallpack3.cir", unit="ms", size_name="compartments",
        references={1000: {"last": 236.677567e-3}},
        source="another integrator at 1e-9",
        deck=lambda count: decks.cable(active_cable(count)),
        cable=active_cable,
    ),
    Workload(
        name="tree",
        title="Branched Hodgkin-Huxley dendrite, 10 nA into its root for 100 ms; last spike in a tip",
        netlist="hh_tree.cir", unit="ms", size_name="compartments",
        references={1023: {"last": 89.569436e-3}},
        source="own at 1e-10",
        deck=lambda count: decks.cable(active_tree(count)),
        cable=active_tree,
    ),
    Workload(
        name="mott-line",
        title="Line of Mott neuristors (L2), until stage 20 has fired",
        netlist="mott_line.cir", unit="us", size_name="stages",
        references={20: {"last": 12.0493969e-6}, 100: {"last": 12.0436723e-6}, 1000: {"last": 12.0436723e-6}},
        source="own at 1e-12",
        settings=lambda count: {"count": count, "watched": 20},
        deck=lambda count: decks.mott_line(count, 20),
        # Looser ones do not arrive.
        ngspice_tolerances=lambda count: (1e-3, 1e-4, 1e-5) if count <= 100 else (1e-5,),
        precise=(20,),
    ),
    Workload(
        name="mott-long",
        title="Long lines of Mott neuristors (L2), until stage 5 has fired",
        netlist="mott_line.cir", unit="us", size_name="stages",
        references={count: {"last": 3.7135438e-6} for count in (1000, 10_000, 100_000)},
        source="own at 1e-12, on 1000 stages",
        settings=lambda count: {"count": count, "watched": 5},
        deck=lambda count: decks.mott_line(count, 5),
        largest={"ngspice": 0},
        tolerances=lambda _: (1e-4,),
    ),
    Workload(
        name="mott-wave",
        title="Line of 1000 Mott neuristors (L2), until the last has fired; stages 400, 600 and 1000",
        netlist="mott_wave.cir", unit="us", size_name="stages",
        references={1000: {"stage_400": 223.07125e-6, "stage_600": 334.13841e-6, "last": 556.27844e-6}},
        source="own at 1e-8",
        deck=lambda count: decks.mott_line(count, count),
        largest={"ngspice": 0},
        tolerances=lambda _: (1e-4, 1e-6),
    ),
    Workload(
        name="mott-array",
        title="Square array of Mott neuristors with resistors to their neighbours; neuristor 3 of the diagonal",
        netlist="mott_array.cir", unit="us", size_name="neuristors",
        # A corner does not see how far away the other one is.
        references={64: {"last": 3.4331588e-6}, 256: {"last": 3.4331588e-6}, 4096: {"last": 3.4331588e-6}},
        source="own at 1e-12",
        settings=lambda count: {"side": round(count**0.5), "watched": 3},
        deck=lambda count: decks.mott_array(round(count**0.5), 3),
        largest={"ngspice": 64},
        tolerances=lambda count: TOLERANCES if count <= 256 else (1e-4, 1e-5),
        ngspice_tolerances=lambda _: (1e-5,),
    ),
    Workload(
        name="rc-ladder",
        title="RC ladder of 1 Mohm and 1 nF under a pulse of 1 V; middle and end at four times",
        netlist="rc_ladder.cir", unit="mV", size_name="stages",
        references={1000: {
            "middle_1": 0.2367356857, "middle_2": 0.7298492447, "middle_3": 0.7041814133, "middle_4": 0.0724093237,
            "last_1": 0.0358544973, "last_2": 0.6181156369, "last_3": 0.8781364231, "last_4": 0.1023620867,
        }},
        source="own at 1e-10",
        deck=decks.rc_ladder,
    ),
    Workload(
        name="diode-chain",
        title="Line of diodes under pulses of 10 mA; both ends at four times",
        netlist="diode_chain.cir", unit="mV", size_name="diodes",
        references={1000: {
            "first_1": 0.6010900467, "first_2": 0.4605394122, "first_3": 0.6119267698, "first_4": 0.4130127679,
            "last_1": 0.2272450900, "last_2": 0.4602590895, "last_3": 0.4797566665, "last_4": 0.4130127679,
        }},
        source="own at 1e-10",
        deck=decks.diode_chain,
    ),
]
