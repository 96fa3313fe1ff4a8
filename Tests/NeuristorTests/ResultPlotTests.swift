import Foundation
import Neuristor
import Testing

/// `.plot step`: results over what `.step` varies.
@Suite struct ResultPlotTests {
  private func run(_ lines: String, settings: [String: String] = [:]) -> SimulationResult {
    var options = RunOptions()
    options.recordsPictures = true
    options.settings = settings
    let lowPass = """
      Low pass
      .param r=1k c=1u
      V1 in 0 PULSE(0 1 0 1n 1n 1)
      R1 in out {r}
      C1 out 0 {c}
      .tran 0.1m 20m
      .measure tran tau when v(out)=0.632120558829
      .measure tran high max v(out)
      """
    return Simulator().run(Source("\(lowPass)\n\(lines)\n.end\n"), options: options)
  }

  private func drawing(_ picture: Picture) throws -> String {
    let path = NSTemporaryDirectory() + "neuristor-\(UUID().uuidString).svg"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try picture.draw(to: path)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  private static let steps = ".step param r list 1k 2k 4k\n.step param c list 1u 2u"

  @Test func aPointForEachRunAndACurveForEachOtherValue() throws {
    let result = run("\(Self.steps)\n.plot step tau")
    #expect(result.status == .completed, "\(result.report.text())")
    // The results alone: no waveform is drawn.
    try #require(result.pictures.count == 1)
    let text = try drawing(result.pictures[0])
    for words in ["tau (ms)", "c = 1u", "c = 2u", ">r<"] { #expect(text.contains(words), "no '\(words)'") }
  }

  @Test func overAFormulaBesideAPictureOfWaveforms() throws {
    let result = run("\(Self.steps)\n.plot tran v(out)\n.plot step tau vs {r*c} high vs {r/1k}")
    try #require(result.pictures.count == 3, "\(result.report.text())")
    #expect(try drawing(result.pictures[1]).contains("r*c"))
    #expect(try drawing(result.pictures[2]).contains("high (mV)") || drawing(result.pictures[2]).contains("high (V)"))
  }

  /// One member of the family by itself has no curve.
  @Test func aSingleRunDrawsNothing() {
    let result = run("\(Self.steps)\n.plot step tau", settings: ["r": "1k", "c": "1u"])
    #expect(result.status == .completed)
    #expect(result.pictures.isEmpty)
  }

  @Test func faultsAreNamed() {
    #expect(run(".plot step tau").report.complaints.map(\.code) == ["malformed-request"])
    #expect(run("\(Self.steps)\n.plot step").report.complaints.map(\.code) == ["malformed-request"])
    #expect(run("\(Self.steps)\n.plot step tua").report.complaints.map(\.code) == ["unknown-result"])
    #expect(run("\(Self.steps)\n.plot step tau vs").report.complaints.map(\.code) == ["malformed-request"])
    #expect(run("\(Self.steps)\n.plot step v(out)").report.complaints.map(\.code) == ["signal-in-result"])
  }
}
