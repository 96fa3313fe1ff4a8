import Foundation
import Neuristor
import Testing

/// Circuits at rest that Newton's method does not find by itself, or of which there are several.
@Suite struct HardOperatingPointTests {
  private static let bistable = """
    Two inverters, each driving the other
    V1 vdd 0 5
    R1 vdd a 1k
    R2 vdd b 1k
    B1 a 0 I={5m*(1 + tanh(4*(v(b) - 2.5)))/2}
    B2 b 0 I={5m*(1 + tanh(4*(v(a) - 2.5)))/2}
    .op

    """

  @Test(arguments: [true, false]) func aGuessChoosesTheBranch(isHigh: Bool) throws {
    let guess = ".nodeset v(a)=\(isHigh ? 5 : 0) v(b)=\(isHigh ? 0 : 5)\n.end\n"
    let point = try Circuits.operatingPoint(Self.bistable + guess)
    #expect(abs(try #require(point["v(a)"]) - (isHigh ? 5 : 0)) < 1e-6)
    #expect(abs(try #require(point["v(b)"]) - (isHigh ? 0 : 5)) < 1e-6)
  }

  @Test(arguments: [true, false]) func anInitialConditionChoosesTheBranch(isHigh: Bool) throws {
    let capacitors = "Ca a 0 1n\nCb b 0 1n\n.ic v(a)=\(isHigh ? 4 : 1) v(b)=\(isHigh ? 1 : 4)\n.tran 1u 100u\n.end\n"
    let curves = try Circuits.transient(Self.bistable.replacingOccurrences(of: ".op", with: "") + capacitors)
    #expect(abs(try #require(curves["v(a)"]?.first) - (isHigh ? 4 : 1)) < 1e-6)
    #expect(abs(try #require(curves["v(a)"]?.last) - (isHigh ? 5 : 0)) < 1e-3)
  }

  @Test func aThousandDiodesInSeries() throws {
    let diodes = (0..<1000).map { "D\($0) n\($0) n\($0 + 1) d" }.joined(separator: "\n")
    let point = try Circuits.operatingPoint(
      "Diodes in series\nV1 n0 0 2000\n\(diodes)\nR1 n1000 0 1k\n.model d d(is=1e-14)\n.op\n.end\n")
    // All alike: 2000 = 1000 u ln(1 + i/is) + i r, the diodes' gmin aside.
    let current = -(try #require(point["i(v1)"]))
    let thermal = 1.380649e-23 * 300.15 / 1.602176634e-19
    #expect(abs(1000 * thermal * log1p(current / 1e-14) + 1000 * current - 2000) < 1e-6)
  }

  @Test func aLadderOfDiodes() throws {
    let rungs = (0..<40).map { "D\($0) n\($0) n\($0 + 1) d\nR\($0) n\($0 + 1) 0 \(1000 * ($0 + 1))" }
    let point = try Circuits.operatingPoint(
      "A ladder\nV1 n0 0 20\n\(rungs.joined(separator: "\n"))\n.model d d(is=1e-14 rs=0.1)\n.op\n.end\n")
    let voltages = try (0...40).map { try #require(point["v(n\($0))"]) }
    #expect(zip(voltages, voltages.dropFirst()).allSatisfy { $0 > $1 && $1 >= 0 })
    let drawn = (1...40).reduce(0) { $0 + voltages[$1] / (1000 * Double($1)) }
    #expect(abs(try #require(point["i(v1)"]) + drawn) < 1e-12)
  }

  @Test(arguments: [0.5, -0.5]) func aTriggerHasTwoLevels(input: Double) throws {
    let point = try Circuits.operatingPoint(
      """
      A Schmitt trigger
      V1 in 0 \(input)
      B1 out 0 V={10*tanh(1000*(v(p) - v(in)))}
      R1 out p 10k
      R2 p 0 10k
      .op
      .end

      """)
    #expect(abs(abs(try #require(point["v(out)"])) - 10) < 1e-6)
  }

  @Test func aNegativeResistance() throws {
    let point = try Circuits.operatingPoint(
      """
      A tunnel diode behind a resistor
      V1 s 0 1
      R1 s a 200
      B1 a 0 I={0.02*v(a)*exp(-5*v(a)) + 1u*(exp(v(a)/60m) - 1)}
      .op
      .end

      """)
    let v = try #require(point["v(a)"])
    #expect(abs((1 - v) / 200 - 0.02 * v * exp(-5 * v) - 1e-6 * expm1(v / 0.06)) < 1e-12)
  }

  @Test func aCrossbarOfMemristors() throws {
    let size = 8
    var lines = ["A crossbar, one word line driven, bit lines read at ground"]
    for row in 1...size {
      lines.append("RW\(row) w\(row) r\(row)x1 1")
      lines.append(row == 1 ? "VW w1 0 0.2" : "RG\(row) w\(row) 0 10")
      for column in 1...size {
        lines.append(
          "N\(row)x\(column) r\(row)x\(column) c\(row)x\(column) cell x=\(Double((row * column) % 7) / 10 + 0.1)")
        if column > 1 { lines.append("RR\(row)x\(column) r\(row)x\(column - 1) r\(row)x\(column) 1") }
        if row > 1 { lines.append("RC\(row)x\(column) c\(row - 1)x\(column) c\(row)x\(column) 1") }
      }
    }
    for column in 1...size { lines.append("RB\(column) c\(size)x\(column) 0 10") }
    lines += [
      ".memristor cell", "state x in [0, 1] = 0.1", "ddt(x) = 100*sinh(3*v)", "i = (1u + 1m*x)*sinh(2*v)",
      ".endmemristor",
      ".op", ".end", "",
    ]
    let point = try Circuits.operatingPoint(lines.joined(separator: "\n"))
    let drawn = -(try #require(point["i(vw)"]))
    let returned = try (1...size).reduce(0) { try $0 + (#require(point["v(c\(size)x\($1))"])) / 10 }
    let leaked = try (2...size).reduce(0) { try $0 + (#require(point["v(w\($1))"])) / 10 }
    #expect(drawn > 1e-5)
    #expect(abs(drawn - returned - leaked) < 1e-12)
  }
}
