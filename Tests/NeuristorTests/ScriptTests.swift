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

  @Test func theNetlistRunsBehindItsScript() {
    let circuit = "V1 in 0 1\nR1 in out 1k\nR2 out 0 1k\n.op\n.expect op v(out) = 0.5 tol=1n"
    let result = run("op\nprint v(out)", circuit: circuit)
    #expect(result.expectations.map(\.holds) == [true])
    #expect(result.transcript == "v(out) = 5.000000e-01\n")
    #expect(run("op\nquit", circuit: circuit).expectations.isEmpty)
    #expect(run("print v(oot)", circuit: circuit).status == .invalid)
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
