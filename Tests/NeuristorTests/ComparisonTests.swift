import Foundation
import Neuristor
import Synchronization
import TestSupport
import Testing

/// Neurons of the gallery under the standard protocols, against the reference's numbers.
@Suite struct ComparisonTests {
  private static func source(_ name: String) throws -> Source {
    try Source(contentsOf: Repository.path(of: "netlists/neurons/\(name).cir"))
  }

  private static let simulator = Simulator(models: Repository.path(of: "Sources/Devices/Models"))

  static let comparison = Result {
    simulator.compare([
      try source("hh_neuron"), try source("mott_neuristor"), try source("mott_neuristor_b"), try source("vo2_neuron"),
    ])
  }

  private func neuron(_ name: String) throws -> NeuronReport {
    try #require(try Self.comparison.get().neurons.first { $0.name == name })
  }

  private func expect(_ report: NeuronReport, _ name: String, _ expected: Double, within share: Double) throws {
    let value = try #require(report[name], "\(name) has no value")
    #expect(abs(value / expected - 1) < share, "\(name) = \(value), expected \(expected)")
  }

  @Test func itCompletes() throws {
    let comparison = try Self.comparison.get()
    #expect(comparison.status == .completed)
    #expect(comparison.neurons.map(\.name) == ["hh", "mott", "latching", "vo2"])
    #expect(comparison.reports.allSatisfy { !$0.hasErrors })
  }

  /// bio-models section 1.
  @Test func hodgkinAndHuxley() throws {
    let hh = try neuron("hh")
    try expect(hh, "rest", -64.996379331e-3, within: 1e-8)
    try expect(hh, "threshold_0.1", 65.1274e-6, within: 1e-4)
    try expect(hh, "threshold_0.5", 13.27512e-6, within: 1e-4)
    try expect(hh, "threshold", 6.918926e-6, within: 1e-4)
    try expect(hh, "threshold_5", 2.351105e-6, within: 1e-4)
    try expect(hh, "rheobase", 2.240334e-6, within: 1e-4)
    // Two spikes only at 6.0, eight at 6.25, for good at 6.3.
    #expect(try #require(hh["onset"]) > 6.2e-6 && hh["onset"] ?? 1 < 6.3e-6)
    #expect(hh["class"] == 2)
    #expect(hh.findings.first { $0.name == "recovery" }?.words == "returns")
  }

  /// mott-models section 2b, configuration P; its pulses have edges of 1 ns on top of their width.
  @Test func pickettsNeuristor() throws {
    let mott = try neuron("mott")
    try expect(mott, "rest", 47.9836071e-3, within: 1e-6)
    try expect(mott, "static_power", 29.16864e-6, within: 1e-6)
    try expect(mott, "threshold_0.2", 0.86427, within: 6e-4)
    try expect(mott, "threshold_0.5", 0.400686, within: 3e-4)
    try expect(mott, "threshold", 0.243607, within: 2e-4)
    try expect(mott, "threshold_2", 0.168686, within: 1e-4)
    try expect(mott, "threshold_5", 0.139081, within: 1e-4)
    try expect(mott, "onset", 0.138916, within: 1e-4)
    try expect(mott, "onset_rate", 13.79e3, within: 1e-2)
    try expect(mott, "peak", 0.3576, within: 1e-3)
    #expect(mott["class"] == 1)
    #expect(try #require(mott["spread"]) < 1e-3)
    #expect(mott.findings.first { $0.name == "recovery" }?.words == "returns")
  }

  /// mott-models section 3, tonic.
  @Test func vanadiumDioxide() throws {
    let vo2 = try neuron("vo2")
    try expect(vo2, "rest", 66.51153e-3, within: 1e-6)
    try expect(vo2, "static_power", 14.2e-6, within: 1e-2)
    try expect(vo2, "threshold_0.2", 0.38356, within: 1e-4)
    try expect(vo2, "threshold_0.5", 0.19288, within: 1e-4)
    try expect(vo2, "threshold", 0.12809, within: 1e-4)
    try expect(vo2, "threshold_2", 0.09506, within: 1e-4)
    try expect(vo2, "peak", 0.8711, within: 1e-3)
    try expect(vo2, "energy_memristors", 71.4e-12, within: 2e-3)
    try expect(vo2, "energy_supplies", 131e-12, within: 2e-3)
  }

  /// mott-models section 2b, configuration B.
  @Test func theOneThatLatches() throws {
    let latching = try neuron("latching")
    try expect(latching, "threshold", 0.124241, within: 1e-4)
    let recovery = try #require(latching.findings.first { $0.name == "recovery" })
    #expect(recovery.words == "latches")
    #expect(abs(try #require(recovery.value) - (0.25218066 - 0.0231765886)) < 1e-6)
  }

  @Test func tablesCSVAndJSONAgree() throws {
    let comparison = try Self.comparison.get()
    let hh = try neuron("hh")
    let threshold = try #require(hh["threshold"])
    #expect(comparison.tables.contains("pulse threshold"))
    #expect(comparison.csv.contains("hh,threshold,A,\(threshold),1.0,\n"))
    let json = try JSONSerialization.jsonObject(with: Data(comparison.json.utf8)) as? [String: Any]
    let neurons = try #require(json?["neurons"] as? [[String: Any]])
    let measures = try #require(neurons.first?["measures"] as? [[String: Any]])
    #expect(measures.first { $0["name"] as? String == "threshold" }?["value"] as? Double == threshold)
  }

  @Test func onePictureShowsThemAll() throws {
    let picture = try #require(try Self.comparison.get().picture)
    let path = NSTemporaryDirectory() + "neuristor-\(UUID().uuidString).svg"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try picture.draw(to: path)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for words in ["Time (half widths)", "Step (onsets)", "Voltage (share)", "hh nk", "mott n1"] {
      #expect(text.contains(words), "the picture does not show '\(words)'")
    }
  }

  @Test(arguments: [
    (".tran 1m 10m", "missing-neuron", "netlist:1:1: error: the netlist does not say where its neuron is stimulated"),
    (
      ".op\n.neuron cell input=Iin output=v(a) threshold=1 max=1m", "neuron-without-time",
      "netlist:6:1: error: nothing tells how long the neuron 'cell' may take to respond"
    ),
  ])
  func whatCannotBeCompared(lines: String, code: String, words: String) {
    let source = Source("A membrane\nIin 0 a 0\nR1 a 0 1k\nC1 a 0 1u\n\(lines)\n.end\n")
    let comparison = Self.simulator.compare([source])
    #expect(comparison.status == .invalid)
    #expect(comparison.neurons.isEmpty)
    #expect(comparison.reports.first?.complaints.map(\.code) == [code])
    #expect(comparison.reports.first?.text().hasPrefix(words) == true)
  }

  @Test func equalNamesAreToldApart() {
    let lines =
      "Iin 0 a 0\nR1 a 0 1k\nC1 a 0 1u\n.tran 1u 1m\n.neuron m input=Iin output=v(a) threshold=1 max=1u width=1u"
    let source = Source("A membrane that no pulse brings so far\n\(lines)\n.end\n")
    let comparison = Self.simulator.compare([source, source])
    #expect(comparison.status == .completed)
    #expect(comparison.neurons.map(\.name) == ["m", "m-2"])
    #expect(comparison.neurons.allSatisfy { $0["threshold"] == nil })
  }

  /// A leaky integrator that fires at 1 V and begins anew, driven through 1 ohm.
  private static func integrator(_ name: String, tau: String, more: String = "") -> Source {
    Source(
      """
      An integrator that fires
      .memristor cell
      param tau = 1m            ; s, time constant
      state u = 0               ; -, its charge
      ddt(u) = (v - u)/tau
      on rise(u - 1)
      u = 0
      endon
      i = v/1meg
      .endmemristor
      .param tau = \(tau)
      Vin a 0 0
      N1 a 0 cell tau={tau}
      .tran 10u 20m
      .neuron \(name) input=Vin output=@n1[u] threshold=0.5 max=8 width=2m
      \(more)
      .end

      """)
  }

  /// Which thread examines a neuron says nothing about what is found, to the last bit.
  @Test func threadsDoNotMatter() {
    let sources = [("a", "1m"), ("b", "2m"), ("c", "0.7m")].map { Self.integrator($0.0, tau: $0.1) }
    var options = ComparisonOptions()
    let found = [1, 3].map { threads in
      options.threads = threads
      return Self.simulator.compare(sources, options: options)
    }
    #expect(found[0].status == .completed)
    #expect(found[0].neurons.map(\.name) == ["a", "b", "c"])
    #expect(found.allSatisfy { $0.json == found[0].json })
  }

  /// Runs of a `.step` are not neurons of their own: the first stands for all, and a note says so.
  @Test func theFirstRunIsCompared() throws {
    let stepped = Self.integrator("cell", tau: "1m", more: ".step param tau list 2m 1m")
    let plain = Self.integrator("cell", tau: "2m")
    let comparison = Self.simulator.compare([stepped, plain])
    #expect(comparison.status == .completed)
    #expect(comparison.reports.map { $0.complaints.map(\.code) } == [["first-run-compared"], []])
    #expect(comparison.neurons[0].findings == comparison.neurons[1].findings)
    #expect(comparison.reports[0].text().contains("--set tau=VALUE"))
    var options = ComparisonOptions()
    options.settings = ["tau": "3m"]
    #expect(Self.simulator.compare([stepped], options: options).reports[0].complaints.map(\.code) == ["step-left-out"])
  }

  @Test func progressEndsWhereAllIsDone() {
    let shares = Mutex<[Double]>([])
    var options = ComparisonOptions()
    options.progress = { _, share in shares.withLock { $0.append(share) } }
    _ = Self.simulator.compare([Self.integrator("a", tau: "1m"), Self.integrator("b", tau: "2m")], options: options)
    let heard = shares.withLock { $0 }
    #expect(heard.count == 16)
    #expect(heard == heard.sorted())
    #expect(heard.allSatisfy { (0..<1).contains($0) })
  }
}
