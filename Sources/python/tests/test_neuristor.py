"""What the module reads is what the program wrote. NEURISTOR names the program; without it that of the checkout is run."""

import subprocess

import numpy as np
import pytest

import neuristor

LOW_PASS = """low pass
.param r=1k c=1u
V1 in 0 PULSE(0 1 0 1n 1n 1)
R1 in out {r}
C1 out 0 {c}
.options reltol=1e-6
.tran 10u 10m
.spikes s v(out) threshold=0.5
.measure tran tau when v(out)={1-exp(-1)}
.measure tran never when v(out)=2
.save v(out) i(v1)
.end
"""


@pytest.fixture
def netlist(tmp_path):
    path = tmp_path / "rc.cir"
    path.write_text(LOW_PASS)
    return path


def exact(time, tau=1e-3):
    return 1 - np.exp(-time / tau)


def test_a_run_is_read(netlist):
    (plot,) = neuristor.run(netlist)
    assert plot.title == "low pass"
    assert plot.frame.index.name == "time"
    assert np.allclose(plot["V(out)"], exact(plot.axis), atol=1e-5)
    with pytest.raises(KeyError, match="v\\(out\\)"):
        plot["v(nowhere)"]


def test_a_text_is_run():
    (plot,) = neuristor.run(LOW_PASS, {"c": 2e-6})
    assert np.allclose(plot["v(out)"], exact(plot.axis, 2e-3), atol=1e-5)


@pytest.mark.parametrize("option, name", [("--raw", "a.raw"), ("--csv", "a.csv"), ("--hdf5", "a.h5")])
def test_formats_agree(netlist, tmp_path, option, name):
    if option == "--hdf5":
        pytest.importorskip("h5py")
    (expected,) = neuristor.run(netlist)
    path = tmp_path / name
    subprocess.run([neuristor.find_program(), "run", netlist, "--quiet", option, path], check=True)
    (plot,) = neuristor.read(path)
    assert list(plot.frame.columns) == ["v(out)", "i(v1)"]
    assert np.array_equal(plot.axis, expected.axis)
    assert np.array_equal(plot["v(out)"], expected["v(out)"])


def test_steps_are_plots_with_their_values(netlist):
    text = LOW_PASS.replace(".end\n", ".step param r list 1k 2k\n.end\n")
    first, second = neuristor.run(text)
    assert first.parameters == {"r": 1000.0} and second.parameters == {"r": 2000.0}
    assert second.title == "low pass"
    assert np.allclose(second["v(out)"], exact(second.axis, 2e-3), atol=1e-5)


def test_a_complaint_is_an_error(tmp_path):
    with pytest.raises(neuristor.NeuristorError, match="unknown-model") as caught:
        neuristor.run("title\nN1 a 0 nobody\nV1 a 0 1\n.op\n.end\n")
    assert caught.value.status == 2


def test_a_batch_is_read(netlist, tmp_path):
    batch = neuristor.sweep(
        netlist, {"r": [1e3, 2e3, 3e3], "c": "1u,2u"}, tmp_path / "rc.db", keep=["v(out)"], jobs=2)
    runs = batch.runs
    assert batch.parameters == ["r", "c"]
    assert set(batch.measures) == {"tau", "never", "s.count", "s.latency", "s.rate"}
    assert len(runs) == 6 and (runs.status == "completed").all()
    assert np.allclose(runs.tau, runs.r * runs.c, rtol=1e-5)
    assert runs.never.isna().all()
    for run in runs.index:
        tau = runs.r[run] * runs.c[run]
        waves = batch.waveforms(run)
        assert np.allclose(waves["v(out)"], exact(waves.index.to_numpy(), tau), atol=1e-5)
        assert np.allclose(batch.spikes(run), tau * np.log(2), rtol=1e-4)
    assert batch.netlist == LOW_PASS
    assert batch.pivot("tau", "r", "c").shape == (3, 2)


def test_a_batch_goes_on(netlist, tmp_path):
    path = tmp_path / "rc.db"
    first = neuristor.sweep(netlist, {"r": "1k:3k:500"}, path).runs
    again = neuristor.sweep(netlist, {"r": "1k:3k:500"}, path).runs
    assert first.equals(again)
    with pytest.raises(neuristor.NeuristorError, match="changed-batch"):
        neuristor.sweep(netlist, {"r": "1k:3k:250"}, path)


def test_files_of_other_kinds_are_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        neuristor.Batch(tmp_path / "none.db")
    path = tmp_path / "text.db"
    path.write_text("no database, whatever its name says " * 20)
    with pytest.raises(ValueError):
        neuristor.Batch(path)


def test_an_ascii_raw_file_is_read(tmp_path):
    path = tmp_path / "a.raw"
    path.write_text(
        "Title: t\nDate: d\nPlotname: AC Analysis\nFlags: complex\nNo. Variables: 2\nNo. Points: 2\nVariables:\n"
        "\t0\tfrequency\tfrequency\n\t1\tv(a)\tvoltage\nValues:\n0\t1.0,0.0\n\t2.0,3.0\n\n1\t10.0,0.0\n\t4.0,-5.0\n")
    (plot,) = neuristor.read(path)
    assert list(plot.axis) == [1.0, 10.0]
    assert list(plot["v(a)"]) == [2 + 3j, 4 - 5j]
