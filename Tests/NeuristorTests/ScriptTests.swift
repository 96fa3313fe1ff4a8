import Foundation
import Neuristor
import Testing

/// `.control` blocks on real circuits.
@Suite struct ScriptTests {
  private func run(_ lines: String, circuit: String = "V1 in 0 DC 1 PULSE(0 1 0 1n 1n 1)\nR1 in out {r}\nC1 out 0 1u")
    -> SimulationResult
  {
    Simulator().run(Source("title\n.param r=1k\n\(circuit)\n.control\n\(lines)\n.endc\n.end"))
  }

  /// The number behind `name =`.
  private func value(_ name: String, in result: SimulationResult) -> Double? {
    for line in result.transcript.split(separator: "\n") {
      let parts = line.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
      if parts.count == 2, parts[0] == name { return Double(parts[1]) }
    }
    return nil
  }

  @Test func measuresAreThoseOfTheRun() throws {
    let result = run("tran 10u 5m\nmeas tran tau when v(out)=0.632120558829\nmeas tran top max v(out)")
    #expect(result.status == .completed)
    #expect(abs(try #require(value("tau", in: result)) - 1e-3) < 1e-6)
    #expect(abs(try #require(value("top", in: result)) - (1 - exp(-5))) < 1e-4)
  }

  @Test func vectorsOfLetAreMeasured() throws {
    let result = run("tran 1u 5m\nlet drop = v(in) - v(out)\nset level = 0.5\nmeas tran half when drop=$level fall=1")
    #expect(abs(try #require(value("half", in: result)) - 1e-3 * log(2)) < 1e-6)
  }

  @Test func alteredCircuitsRunAnew() throws {
    let result = run(
      """
      alter r1 = 2k
      tran 10u 10m
      meas tran slow when v(out)=0.632120558829
      reset
      alterparam r = 3k
      tran 10u 10m
      meas tran slower when v(out)=0.632120558829
      alter v2 dc = 4
      op
      print v(y)
      """, circuit: "V1 in 0 PULSE(0 1 0 1n 1n 1)\nR1 in out {r}\nC1 out 0 1u\nV2 x 0 2\nR2 x y 1k\nR3 y 0 1k")
    #expect(result.status == .completed)
    #expect(abs(try #require(value("slow", in: result)) - 2e-3) < 2e-6)
    #expect(abs(try #require(value("slower", in: result)) - 3e-3) < 3e-6)
    #expect(try #require(value("v(y)", in: result)) == 2)
  }

  @Test func valuesOfElementsByNgspicesNames() throws {
    let result = run("op\nprint @r1[resistance] @c1[capacitance] @r1[i]", circuit: "V1 a 0 1\nR1 a 0 2k\nC1 a 0 1n")
    #expect(
      result.transcript.split(separator: "\n").map { $0.split(separator: " ").last } == [
        "2.000000e+03", "1.000000e-09", "5.000000e-04",
      ])
  }

  /// The shape's edge is the step of the script's own transient; `alter` gives a whole shape.
  @Test func shapesTakeTheTimesOfTheScript() throws {
    let result = run(
      """
      tran 1u 20u
      meas tran edge find v(a) at=1.5u
      alter @v1[sin] = [ 1 2 50k ]
      tran 1u 20u
      meas tran top find v(a) at=5u
      """, circuit: "V1 a 0 PULSE(0 1 1u)\nR1 a 0 1k")
    #expect(result.status == .completed)
    #expect(abs(try #require(value("edge", in: result)) - 0.5) < 1e-9)
    #expect(abs(try #require(value("top", in: result)) - 3) < 1e-6)
  }

  /// Resistors as they were altered, at every temperature; a name in quotes may hold a sign.
  @Test func sweepsOverTemperature() throws {
    let result = run(
      "alter r1 = 2k\ndc temp 27 127 50\nlet hot = \"temp-sweep\" - 27\nlet r = -v(a)/i(v1)\nprint hot[2] r[2]",
      circuit: "V1 a 0 1\nR1 a 0 1k tc1=1m")
    #expect(result.status == .completed)
    #expect(value("hot[2]", in: result) == 100)
    #expect(abs(try #require(value("r[2]", in: result)) - 2200) < 1e-3)
  }

  /// `.csparam`s are names of scripts, `.param`s of the circuit.
  @Test func parametersOfScripts() throws {
    let result = run(
      "op\nlet q = 2*stop\nprint q v(a)", circuit: ".param stop=3\n.csparam stop={stop}\nV1 a 0 {stop}\nR1 a 0 1k")
    #expect(result.status == .completed)
    #expect(value("q", in: result) == 6)
    #expect(value("v(a)", in: result) == 3)
  }

  @Test func scriptsMayDoWithoutACircuit() {
    let result = Simulator().run(Source("title\n.control\nlet x = 3\nprint x\n.endc\n.end"))
    #expect(result.status == .completed)
    #expect(result.transcript == "x = 3.000000e+00\n")
    let other = Simulator().run(Source("title\n.control\nop\n.endc\n.end"))
    #expect(other.status == .invalid)
    #expect(other.report.text().contains("no-elements"))
  }

  @Test func valuesOfElementsBesidePhasors() throws {
    let result = run(
      "ac lin 1 1k 1k\nlet g = 1/@r1[resistance]\nlet d = @v1[dc] + @v1[acmag]\nprint g d",
      circuit: "V1 a 0 3 AC 2\nR1 a 0 2k")
    #expect(value("g", in: result) == 5e-4)
    #expect(value("d", in: result) == 5)
  }

  @Test func phasors() throws {
    let result = run(
      "ac lin 1 159.154943092 159.154943092\nprint db(v(out)) vdb(out)\nlet p = ph(v(out))*180/pi\nprint p vr(out)",
      circuit: "V1 in 0 AC 1\nR1 in out {r}\nC1 out 0 1u")
    #expect(result.status == .completed)
    #expect(abs(try #require(value("db(v(out))", in: result)) + 3.0103) < 1e-4)
    #expect(abs(try #require(value("vdb(out)", in: result)) + 3.0103) < 1e-4)
    #expect(abs(try #require(value("p", in: result)) + 45) < 1e-4)
    #expect(abs(try #require(value("vr(out)", in: result)) - 0.5) < 1e-6)
  }

  /// From the integrator's polynomials: ten points in a period would not do.
  @Test func harmonicsOfTheRun() throws {
    let result = run(
      "option reltol=1e-7\ntran 0.1m 5m\nfourier 1k v(out)\nlet m = fourier11[11]\nprint m",
      circuit: "V1 in 0 SIN(0 1 1k)\nR1 in out {r}\nC1 out 0 0.1u")
    #expect(result.status == .completed)
    #expect(abs(try #require(value("m", in: result)) - 1 / hypot(1, 0.2 * .pi)) < 1e-6)
  }

  /// Spectra and their sums are two plots, as in ngspice: kT/C.
  @Test func noiseMakesTwoPlots() throws {
    let result = run(
      "noise v(out) v1 dec 20 1 1g\nprint onoise_total\nsetplot noise1\nlet low = onoise_spectrum[0]\nprint low",
      circuit: "V1 in 0 AC 1\nR1 in out {r}\nC1 out 0 1n")
    #expect(result.status == .completed)
    let energy = 1.380649e-23 * 300.15
    let (total, low) = (try #require(value("onoise_total", in: result)), try #require(value("low", in: result)))
    #expect(abs(total * total * 1e-9 / energy - 1) < 4e-3)
    #expect(abs(low * low / (4e3 * energy) - 1) < 1e-5)
  }

  @Test func theNetlistRunsBehindItsScript() {
    let circuit = "V1 in 0 1\nR1 in out 1k\nR2 out 0 1k\n.op\n.expect op v(out) = 0.5 tol=1n"
    let result = run("op\nprint v(out)", circuit: circuit)
    #expect(result.expectations.map(\.holds) == [true])
    #expect(result.transcript == "v(out) = 5.000000e-01\n")
    #expect(run("op\nquit", circuit: circuit).expectations.isEmpty)
    #expect(run("print v(oot)", circuit: circuit).status == .invalid)
  }

  @Test func theNetlistRunsOnWhatTheScriptLeaves() {
    let text =
      "title\nV1 a 0 1\nR1 a b heater\nR2 b 0 1k\n.model heater r(r=1k)\n.control\naltermod r1 r = 3k\n.endc\n.op\n.end"
    #expect(Simulator().run(Source(text)).analyses.first?.operatingPoint["v(b)"] == 0.25)
    let reset = text.replacing("r = 3k\n", with: "r = 3k\nreset\n")
    #expect(Simulator().run(Source(reset)).analyses.first?.operatingPoint["v(b)"] == 0.5)
  }

  @Test func parametersOfTheScriptAlone() throws {
    let result = Simulator().run(
      Source(
        "title\n.param r=2k\nR1 a 0 {r}\nV1 a 0 1\n.csparam first = {r} last=3k\n.control\nprint last-first\n.endc\n.end"
      ))
    #expect(value("last-first", in: result) == 1000)
  }

  @Test func measuresReadVectorsWhereNumbersAreWanted() throws {
    let result = run(
      "tran 1u 5m\nlet top = 1\nmeas tran half when v(out)=top/2\nmeas tran gap trig v(out) val=top/4 rise=1 targ v(out) val=top-0.5 rise=1"
    )
    #expect(abs(try #require(value("half", in: result)) - 1e-3 * log(2)) < 2e-6)
    #expect(abs(try #require(value("gap", in: result)) - 1e-3 * log(1.5)) < 2e-6)
  }

  @Test func filesAreWritten() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path(percentEncoded: false)
    let result = run(
      "tran 1m 5m\nwrdata \(path)/a.txt v(out)\nwrite \(path)/a.raw v(out)\nset filetype=ascii\nwrite \(path)/b.raw v(out)"
    )
    #expect(result.status == .completed)
    let rows = try String(contentsOfFile: path + "/a.txt", encoding: .utf8).split(separator: "\n")
    #expect(rows.last?.split(separator: " ").first == "5.00000000e-03")
    for name in ["a.raw"] {
      let file = try WaveformFile(contentsOf: path + "/" + name)
      #expect(file.json.contains("\"v(out)\""))
    }
    let text = try String(contentsOfFile: path + "/b.raw", encoding: .utf8)
    #expect(text.contains("Flags: real\nNo. Variables: 2\n"))
    #expect(text.contains("Values:\n 0\t0.000000000000000e+00\n"))
  }
}
