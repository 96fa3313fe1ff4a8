import Foundation
import Neuristor
import Testing

/// `.step`: which runs are made, in which order, and what each of them gives.
@Suite struct StepTests {
  private func run(_ netlist: String, _ options: RunOptions = RunOptions()) -> SimulationResult {
    Simulator().run(Source("title\n" + netlist + "\n.end\n"), options: options)
  }

  private func values(_ step: String, of name: String = "x") -> [Double] {
    let result = run(".param x=1\nV1 a 0 {x}\nR1 a 0 1k\n.op\n\(step)")
    #expect(result.status == .completed, "\(result.report.text())")
    return result.runs.compactMap { $0[name] }
  }

  /// The low pass's closed form: tau = r c, to the solver's tolerance.
  @Test func timeConstantsFollowResistanceAndCapacitance() {
    let result = run(
      """
      .param r=7 c=1u
      V1 in 0 PULSE(0 1 0 1n 1n 1)
      R1 in out {r}
      C1 out 0 {c}
      .options reltol=1e-6
      .step param r 1k 3k 1k
      .step param c list 1u 2u
      .tran 10u 20m
      .measure tran tau when v(out)={1-exp(-1)}
      .expect tau = {r*c} reltol=2e-5
      """)
    #expect(result.status == .completed, "\(result.report.text())\n\(result.tables)")
    #expect(result.runs.map { $0["r"] } == [1e3, 2e3, 3e3, 1e3, 2e3, 3e3])
    #expect(result.runs.map { $0["c"] } == [1e-6, 1e-6, 1e-6, 2e-6, 2e-6, 2e-6])
    #expect(result.expectations.count == 6)
    for run in result.runs {
      #expect(abs((run["tau"] ?? 0) / ((run["r"] ?? 0) * (run["c"] ?? 0)) - 1) < 2e-5)
    }
    #expect(result.runs.allSatisfy { $0.analyses.first?.waveforms != nil })
  }

  /// Measures, analyses, functions and signals that read what is stepped, itself or through an `.if`: every run finds what
  /// a run with that value alone finds. What reads none of it is read once for all.
  @Test(arguments: [
    ".measure tran found when v(b)=0.5", ".measure tran found when v(b)={x/4}",
    ".measure tran found find v(b) at={x*1m}",
    ".measure tran found find v(b) at={later()}", ".measure tran found max {x*v(b)} from=0 to={2m/x}",
    ".measure tran found find v(b) at=1m\n.measure tran more param='found*x'",
    ".measure tran found integ {v(b)*twice(x)}",
  ])
  func directivesFollowWhatIsStepped(_ measure: String) throws {
    let netlist = """
      .param x=1
      .if (x > 1.5)
      .func later() {1m}
      .func twice(y) {2*y}
      .tran 10u 4m
      .else
      .func later() {2m}
      .func twice(y) {3*y}
      .tran 10u {3m*x}
      .endif
      V1 a 0 PULSE(0 1 0 1n 1n 1)
      R1 a b 1k
      C1 b 0 1u
      """
    _ = try runsLikeThoseAlone("\(netlist)\n\(measure)")
  }

  /// Steps x, and expects of every run what a run with that value alone finds.
  private func runsLikeThoseAlone(_ netlist: String) throws -> [RunResult] {
    let stepped = run("\(netlist)\n.step param x list 1 2 1.25 2")
    #expect(stepped.status == .completed, "\(stepped.report.text())")
    try #require(stepped.runs.count == 4)
    for (x, found) in zip([1, 2, 1.25, 2], stepped.runs) {
      var options = RunOptions()
      options.settings["x"] = "\(x)"
      let alone = try #require(run(netlist, options).runs.first)
      for name in ["found", "more"] { #expect(found[name] == alone[name], "\(name) at \(x)") }
      #expect(found["found"]?.isFinite == true)
    }
    return stepped.runs
  }

  /// Where a parameter reaches values of cards alone, every run is what a run with that value alone is, to the last bit.
  @Test func valuesFollowWhatIsStepped() throws {
    let netlist = """
      .param x=1 y={2*x}
      V1 a 0 PULSE(0 {x} 0 1n 1n 1)
      R1 a b {1k*y}
      R2 b 0 1meg
      C1 b 0 1u
      B1 0 b i={1u*v(a)*x}
      .tran 10u {3m}
      .measure tran found when v(b)={x/4}
      .measure tran more find i(V1) at=1m
      """
    let runs = try runsLikeThoseAlone(netlist)
    #expect(runs.allSatisfy { $0["more"]?.isFinite == true })
    #expect(runs[0]["more"] != runs[1]["more"])
  }

  /// As ngspice 39 chooses the points of `.dc` and `.ac`.
  @Test func rangesAreThoseOfNgspice() throws {
    #expect(values(".step param x 0 1 0.3") == [0, 0.3, 0.6, 0.9].map { ($0 / 0.3).rounded() * 0.3 })
    #expect(values(".step lin x 1 0 -0.25") == [1, 0.75, 0.5, 0.25, 0])
    #expect(values(".step param x 0 1 0.1").last == 1)
    #expect(values(".step x list 5 -1 2k") == [5, -1, 2000])
    #expect(values(".step param x 3 3 1") == [3])
    let printed: [(String, [Double])] = [
      (".step dec param x 1 1000 3", [1, 2.154435, 4.641589, 10, 21.54435, 46.41589, 100, 215.4435, 464.1589, 1000]),
      // The steps are widened so that the last one is met.
      (".step param x dec 1 500 3", [1, 2.174559, 4.728708, 10.28286, 22.36068, 48.62462, 105.7371, 229.9316, 500]),
      // Octaves are not: nothing lies beyond the last whole one.
      (".step oct x 1 10 2", [1, 1.414214, 2, 2.828427, 4, 5.656854, 8]),
    ]
    for (step, expected) in printed {
      let found = values(step)
      try #require(found.count == expected.count, "\(step): \(found)")
      for (value, point) in zip(found, expected) { #expect(abs(value / point - 1) < 5e-7, "\(step)") }
    }
  }

  @Test func theFirstLineIsTheInnerLoop() {
    let result = run(
      ".param a=0 b=0 c=0\nV1 n 0 {100*a+10*b+c}\nR1 n 0 1\n.op\n.step param a 1 2 1\n.step param b list 5 6\n.step param c 7 8 1"
    )
    let order = result.runs.map { 100 * ($0["a"] ?? 0) + 10 * ($0["b"] ?? 0) + ($0["c"] ?? 0) }
    #expect(order == [157, 257, 167, 267, 158, 258, 168, 268])
    #expect(result.runs.map { $0.analyses.first?.operatingPoint["v(n)"] } == order)
  }

  @Test func sourcesModelsAndTheTemperatureAreStepped() {
    let result = run(
      """
      V1 a 0 0.6
      D1 a 0 dd
      .model dd D(is=1f)
      .step dd(is) list 1f 10f
      .step V1 0.3 0.4 0.1
      .step temp list 27 50
      .op
      .expect op i(d1) = {0}  tol=1
      """)
    #expect(result.status == .completed, "\(result.report.text())")
    #expect(result.runs.count == 8)
    for run in result.runs {
      let point = run.analyses.first?.operatingPoint ?? [:]
      #expect(point["v(a)"] == run["v1"])
    }
    // Shockley's law at 27 degrees Celsius, k and q as ngspice has them to the 1e-12 S beside the junction.
    let thermal = 1.380649e-23 * 300.15 / 1.602176634e-19
    for run in result.runs.prefix(4) {
      let (voltage, saturation) = (run["v1"] ?? 0, run["dd(is)"] ?? 0)
      let law = saturation * (exp(voltage / thermal) - 1) + 1e-12 * voltage
      let current = -(run.analyses.first?.operatingPoint["i(v1)"] ?? 0)
      #expect(abs(current / law - 1) < 1e-6, "\(run.parameters)")
    }
    // The saturation current grows with the temperature by more than the exponential falls.
    let cold = -(result.runs[0].analyses.first?.operatingPoint["i(v1)"] ?? 0)
    let warm = -(result.runs[4].analyses.first?.operatingPoint["i(v1)"] ?? 0)
    #expect(warm > 2 * cold)
  }

  @Test func memristorsAndTheirOwnersAreStepped() {
    let result = run(
      """
      .memristor leak
        param g = 1m in [0, inf)
        i = g*v
      .endmemristor
      .model weak leak(g=2m)
      .subckt cell a
      V1 b 0 1
      N1 b a leak
      .ends
      X1 n cell
      R1 n 0 1k
      N2 n 0 weak
      .step weak(g) list 1m 2m
      .step leak(g) list 1m 3m
      .step x1.v1 list 1 2
      .op
      """)
    #expect(result.status == .completed, "\(result.report.text())")
    for run in result.runs {
      let (weak, leak, source) = (run["weak(g)"] ?? 0, run["leak(g)"] ?? 0, run["x1.v1"] ?? 0)
      let expected = source * leak / (leak + weak + 1e-3)
      #expect(abs((run.analyses.first?.operatingPoint["v(n)"] ?? 0) - expected) < 1e-9)
    }
  }

  /// LTspice's `.step param` needs no `.param`; ranges may read parameters, and `.if` what is stepped.
  @Test func aStepMayDefineItsParameter() {
    let result = run(
      """
      .param top={2*base} base=1k
      V1 a 0 1
      .if (load > 1.5k)
      R1 a 0 {load}
      .else
      R1 a 0 1
      .endif
      .step param LOAD base {top} 500
      .op
      """)
    #expect(result.status == .completed, "\(result.report.text())")
    #expect(result.runs.map { $0["load"] } == [1000, 1500, 2000])
    let currents = result.runs.compactMap { $0.analyses.first?.operatingPoint["i(v1)"] }
    #expect(currents.map { ($0 * 2000).rounded() } == [-2000, -2000, -1])
  }

  @Test func settingsPickOneOfAFamily() {
    var options = RunOptions()
    options.settings = ["x": "4"]
    let result = run(".param x=1 y=1\nV1 a 0 {x+y}\nR1 a 0 1\n.op\n.step param x 1 3 1\n.step param y 1 2 1", options)
    #expect(result.status == .completed)
    #expect(result.report.complaints.map(\.code) == ["step-left-out"])
    #expect(result.runs.map { $0.analyses.first?.operatingPoint["v(a)"] } == [5, 6])
  }

  @Test func aFailedExpectationNamesItsRun() {
    let result = run(".param x=1\nV1 a 0 {x}\nR1 a 0 1\n.op\n.expect op v(a) = 2 tol=1n\n.step param x 1 3 1")
    #expect(result.status == .expectationFailed)
    #expect(result.runs.map(\.status) == [.expectationFailed, .completed, .expectationFailed])
    #expect(result.tables.contains("FAILED  x = 3: v(a) = 3"))
    #expect(result.tables.contains("2 of 3 expectations of 3 runs failed"))
  }

  /// One run that the solver gives up takes no other with it.
  @Test func otherRunsGoOn() {
    let result = run(
      ".param x=0\nV1 a 0 1\nB1 0 b I=sqrt(v(a)-{x})\nR1 b 0 1\n.tran 1m 2m\n.measure tran m max v(b)\n.step param x list 0 2 0.75"
    )
    #expect(result.status == .gaveUp)
    #expect(result.runs.map(\.status) == [.completed, .gaveUp, .completed])
    #expect(abs((result.runs[2]["m"] ?? 0) - 0.5) < 1e-9)
    #expect(result.report.text().contains("in the run with x = 2"))
    #expect(result.tables.contains("gave up"))
  }

  @Test func whatOneRunForbidsIsSaidBeforeAnyRuns() {
    let result = run(".param r=1\nV1 a 0 1\nR1 a 0 {sqrt(r)}\n.op\n.step param r 1 -1 -1")
    #expect(result.status == .invalid)
    #expect(result.runs.isEmpty)
    #expect(result.report.text().contains("in the run with r = -1"))
  }

  @Test func cancellationKeepsTheRunsBefore() {
    var options = RunOptions()
    let calls = Counter()
    options.isCancelled = { calls.next() > 2 }
    let result = run(".param x=1\nV1 a 0 {x}\nR1 a 0 1\n.op\n.step param x 1 9 1", options)
    #expect(result.status == .interrupted)
    #expect(result.runs.map(\.status) == [.completed, .completed, .completed, .interrupted])
  }

  @Test func progressCountsRuns() {
    var options = RunOptions()
    let seen = Counter()
    options.progress = { progress in
      #expect(progress.runs == 4 && (1...4).contains(progress.run))
      #expect(progress.fraction > Double(progress.run - 1) / 4 && progress.fraction <= Double(progress.run) / 4)
      _ = seen.next()
    }
    _ = run(".param x=1\nV1 a 0 1\nR1 a 0 1\n.dc V1 0 {x} 1m\n.step param x list 1 1.1 1.2 1.3", options)
    #expect(seen.next() > 4)
  }

  @Test func complaintsOfAllRunsAreOne() {
    let result = run(".param x=1\nV1 a 0 {x}\nR1 a 0 1\nC1 a 0 {x*0+1M}\n.op\n.step param x 1 9 1")
    #expect(result.status == .completed)
    #expect(result.report.complaints.map(\.code) == ["capital-m-means-milli"])
  }
}

/// How often something was asked.
private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  func next() -> Int {
    lock.withLock {
      count += 1
      return count
    }
  }
}
