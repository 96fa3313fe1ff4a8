import Neuristor
import Testing

/// `.mc` in whole netlists.
@Suite struct MonteCarloTests {
  private func run(_ netlist: String, settings: [String: String] = [:]) -> SimulationResult {
    var options = RunOptions()
    options.settings = settings
    return Simulator().run(Source("title\n" + netlist + "\n.end\n"), options: options)
  }

  private let divider = "V1 a 0 1\nR1 a b {unif(1k, 0.5)}\nR2 b 0 {p}\n.param p=aunif(1k, 500)\n.op\n"

  private func points(_ result: SimulationResult) -> [Double?] {
    result.runs.map { $0.analyses.first?.operatingPoint["v(b)"] }
  }

  @Test func aRunForEverySample() {
    let result = run(divider + ".mc 6")
    #expect(result.status == .completed, "\(result.report.text())")
    #expect(result.runs.map { $0["mc"] } == [1, 2, 3, 4, 5, 6])
    #expect(Set(points(result)).count == 6)
    #expect(points(run(divider + ".mc 3")) == Array(points(result).prefix(3)))
  }

  @Test func stepsShareTheirSamples() {
    let result = run(divider + ".step V1 list 1 2\n.mc 3")
    let found = points(result).map { $0 ?? .nan }
    #expect(result.runs.map { $0["mc"] } == [1, 1, 2, 2, 3, 3])
    for k in stride(from: 0, to: 6, by: 2) { #expect(abs(found[k + 1] - 2 * found[k]) < 1e-12) }
  }

  @Test func theSeedIsThatOfTheCallerThenOfTheLineThenOfTheOptions() {
    let first = points(run(divider + ".mc 2"))
    #expect(points(run(divider + ".mc 2 seed=1")) == first)
    let third = points(run(divider + ".mc 2 seed=3"))
    #expect(third != first)
    #expect(points(run(divider + ".options seed=3\n.mc 2")) == third)
    #expect(points(run(divider + ".options seed=8\n.mc 2 seed=3")) == third)
    #expect(points(run(divider + ".mc 2 seed=8", settings: ["seed": "3"])) == third)
  }

  /// Samples differ in their noise too; the steps of a run do not.
  @Test func noiseIsThatOfTheSample() {
    let netlist = """
      .memristor noisy
        noise w = 1e-12
        i = v/1k + w
      .endmemristor
      .param r=1k
      V1 a 0 1
      R1 a b {r}
      N1 b 0 noisy
      C1 b 0 1n
      .tran 1u 20u
      .options noise=on noisedt=1u
      .measure tran last find v(b) at=20u

      """
    let samples = run(netlist + ".mc 3").runs.map { $0["last"] }
    #expect(Set(samples).count == 3)
    let steps = run(netlist + ".step param r list 1k 1k").runs.map { $0["last"] }
    #expect(steps[0] == steps[1])
    #expect(steps[0] == run(netlist)["last"])
  }
}
