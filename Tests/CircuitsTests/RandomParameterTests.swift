import Circuits
import Foundation
import Testing

/// Random parameters: what each is drawn from, and what a draw depends on.
@Suite struct RandomParameterTests {
  private func value(_ device: String, in text: String, seed: UInt64 = 1, sample: UInt64 = 1) -> Double {
    let netlist = NetlistText(text, sample: Sample(seed: seed, number: sample))
    #expect(netlist.codes.isEmpty, "\(netlist.codes)")
    return netlist.value(device, "r") ?? .nan
  }

  /// Mean and standard deviation of 4000 draws against those of the distribution, each to four standard errors.
  @Test(
    arguments: [
      ("gauss(1k, 0.3, 3)", 100.0, true), ("agauss(1k, 60, 2)", 30, true), ("unif(1k, 0.2)", 200 / sqrt(3), false),
      ("aunif(1k, 300)", 300 / sqrt(3), false), ("limit(1k, 70)", 70, false),
    ] as [(String, Double, Bool)])
  func distributionsAreThoseOfNgspice(call: String, deviation: Double, isNormal: Bool) {
    let text = ".for k=1 to 4000\nR{k} a 0 {\(call)}\n.endfor\nV1 a 0 1"
    let netlist = NetlistText(text, sample: Sample(seed: 5, number: 3))
    let values = (1...4000).compactMap { netlist.value("r\($0)", "r") }
    #expect(values.count == 4000)
    let mean = values.reduce(0, +) / 4000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3999
    #expect(abs(mean - 1000) < 4 * deviation / sqrt(4000))
    // The relative standard error of a variance is sqrt((kurtosis - 1)/n): 2 for a normal, less for the others.
    #expect(abs(variance / (deviation * deviation) - 1) < 4 * sqrt((isNormal ? 2 : 0.8) / 4000) + 1e-3)
    if !isNormal { #expect(values.allSatisfy { abs($0 - 1000) <= deviation * sqrt(3) + 1e-9 }) }
    if call.hasPrefix("limit") { #expect(Set(values) == [930, 1070]) }
    // No draw is another's.
    if !call.hasPrefix("limit") { #expect(Set(values).count == 4000) }
  }

  @Test func aDrawDependsOnWhatItIsForAlone() {
    let text = "V1 a 0 1\nR1 a 0 {gauss(1k, 0.1, 1)}\nR2 a 0 {gauss(1k, 0.1, 1)}"
    let first = value("r1", in: text)
    #expect(first != value("r2", in: text))
    #expect(first == value("r1", in: text))
    #expect(first != value("r1", in: text, sample: 2))
    #expect(first != value("r1", in: text, seed: 2))
    // Other lines, another order, another title.
    let other = ".param x=unif(1, 0.5)\nR2 a 0 {gauss(1k, 0.1, 1)}\nR0 a 0 {x}\nR1 a 0 {gauss(1k, 0.1, 1)}\nV1 a 0 1"
    #expect(first == value("r1", in: other))
  }

  @Test func parametersAreDrawnOnceAndInstancesByThemselves() {
    let text = """
      V1 a 0 1
      .param g=gauss(1k, 0.1, 1)
      .subckt pair p q r=unif(1k, 0.5)
      .param inner=unif(1k, 0.5)
      R1 p q {r}
      R2 p q {inner}
      R3 p q {inner}
      R4 p q {g}
      .ends
      X1 a 0 pair
      X2 a 0 pair
      X3 a 0 pair r=1k
      X4 a 0 pair r={unif(1k, 0.5)}
      .for k=5 to 9
      X{k} a 0 pair
      .endfor
      Rg a 0 {g}
      """
    let netlist = NetlistText(text, sample: Sample(seed: 1, number: 1))
    func value(_ name: String) -> Double { netlist.value(name, "r") ?? .nan }
    for k in 1...9 {
      #expect(value("x\(k).r2") == value("x\(k).r3"))
      #expect(value("x\(k).r4") == value("rg"))
    }
    #expect(value("x3.r1") == 1000)
    #expect(Set([1, 2, 4, 5, 6, 7, 8, 9].map { value("x\($0).r1") }).count == 8)
    #expect(Set((1...9).map { value("x\($0).r2") }).count == 9)
  }

  @Test func devIsOfADeviceAndLotOfAModel() {
    let text = """
      V1 a 0 1
      .model lots r(r=1k lot=10%)
      .model devs r(r=1k dev=10%)
      .model both r(r=1k dev=1% lot=0.1)
      R1 a 0 lots
      R2 a 0 lots
      R3 a 0 devs
      R4 a 0 devs
      R5 a 0 both
      R6 a 0 both
      R7 a 0 1k dev=5%
      """
    let netlist = NetlistText(text, sample: Sample(seed: 9, number: 4))
    #expect(netlist.codes.isEmpty)
    // R's full model keeps the model's resistance apart from the card's.
    func value(_ name: String) -> Double { netlist.value(name, "model_r") ?? netlist.value(name, "r") ?? .nan }
    #expect(value("r1") == value("r2"))
    #expect(value("r1") != 1000 && abs(value("r1") - 1000) <= 100)
    #expect(value("r3") != value("r4"))
    #expect(abs(value("r3") - 1000) <= 100 && abs(value("r4") - 1000) <= 100)
    #expect(value("r5") != value("r6") && abs(value("r5") / value("r6") - 1) < 0.0203)
    #expect(value("r7") != 1000 && abs(value("r7") - 1000) <= 50)
  }

  @Test func withoutASampleValuesAreNominal() {
    let netlist = NetlistText("V1 a 0 1\nR1 a 0 {gauss(1k, 0.1, 3)}\nR2 a 0 2k dev=5%\nR3 a 0 {limit(5, 0, 3)}")
    #expect(netlist.value("r1", "r") == 1000)
    #expect(netlist.value("r2", "r") == 2000)
    #expect(netlist.value("r3", "r") == 3)
    #expect(netlist.codes == ["nominal-value"])
  }
}
