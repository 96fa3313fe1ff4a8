import Foundation
import Neuristor
import Testing

/// Netlists as other simulators' users write them, run unchanged.
@Suite struct DialectTests {
  @Test func lowPassFromLTspice() throws {
    let result = Simulator().run(
      Source(
        """
        * C:\\Users\\me\\Documents\\Draft1.asc
        V1 N001 0 PULSE(0 5 0 1n 1n 50m 100m)
        R1 N002 N001 3k3
        C1 N002 0 4µ7 Rser=10m
        B1 N003 0 V=limit(V(N002)*2, -3, 3)
        B2 N004 0 V=buf(V(N002)) + 2*inv(V(N002)) + table(V(N002), 0, 0, 1, 10, 2, 0)
        R3 N003 0 1k
        R4 N004 0 1k
        .tran 60m
        .meas tau FIND V(N002) AT=15.51m
        .meas TRAN clipped MAX V(N003)
        .meas TRAN steps FIND V(N004) WHEN V(N002)=1.5
        .backanno
        .end
        """))
    #expect(result.status == .completed)
    #expect(abs(try #require(result["tau"]) - 5 * (1 - exp(-1))) < 2e-3)
    #expect(abs(try #require(result["clipped"]) - 3) < 1e-6)
    #expect(abs(try #require(result["steps"]) - 6) < 1e-3)
    #expect(result.report.complaints.contains { $0.code == "recognised-dialect" })
  }

  @Test func aSourceResistance() throws {
    let result = Simulator().run(
      Source("t\nV1 a 0 5 Rser=50 Cpar=1p\nR1 a 0 150\nL1 a b 1m Rser=100\nR2 b 0 50\n.op\n.end"))
    let point = try #require(result.analyses.first?.operatingPoint)
    #expect(abs(try #require(point["v(a)"]) - 5 * 75 / 125) < 1e-9)
    #expect(abs(try #require(point["v(b)"]) - 1) < 1e-9)
  }

  @Test func powersOfNegativeVoltages() throws {
    func value(_ dialect: String) throws -> Double {
      let result = Simulator().run(
        Source("t\nV1 a 0 -2\nB1 b 0 V=V(a)**3 + pwr(V(a), 2)\nR1 b 0 1\n.op\n.options dialect=\(dialect)\n.end"))
      return try #require(result.analyses.first?.operatingPoint["v(b)"])
    }
    // |a|**3 and sgn(a) |a|**2 there; a**3 and |a|**2 here.
    #expect(abs(try value("ngspice") - (8 - 4)) < 1e-9)
    #expect(abs(try value("ltspice") - (-8 + 4)) < 1e-9)
    #expect(abs(try value("xyce") - (-8 + 4)) < 1e-9)
  }

  @Test func rowsOfATableAndTemperatures() throws {
    let result = Simulator().run(
      Source(
        """
        t
        .param r=1k c=1u
        V1 in 0 PULSE(0 1 0 1n 1n 1)
        R1 in out {r}
        C1 out 0 {c}
        .data corners r c
        + 1k 1u
        2k 2u
        .enddata
        .temp 27 50
        .tran 10u 20m sweep data=corners
        .measure tran tau when v(out)=0.632120558829
        .measure tran t param='temp'
        .end
        """))
    #expect(result.runs.count == 4)
    let taus = result.runs.map { $0["tau"] ?? .nan }
    #expect(zip(taus, [1e-3, 1e-3, 4e-3, 4e-3]).allSatisfy { abs($0 - $1) < 1e-3 * $1 })
    #expect(result.runs.map { $0["t"] } == [27, 50, 27, 50])
  }

  @Test func tablesOfXyce() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let result = Simulator().run(
      Source(
        """
        t
        V1 1 0 1
        R1 1 2 1k
        R2 2 0 1k
        .DC V1 0 2 1
        .PRINT DC FORMAT=CSV FILE=\(path) V(2) {V(1)-V(2)}
        .END
        """))
    #expect(result.status == .completed)
    let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(rows.first == "V(2),V(1)-V(2)")
    #expect(rows.last == "1.00000000e+00,1.00000000e+00")
  }

  @Test func tablesOfNgspice() throws {
    let result = Simulator().run(
      Source("A title\nV1 a 0 1\nR1 a b 1k\nR2 b 0 1k\n.dc V1 0 1 1\n.print dc v(b) i(V1) par('v(a)-v(b)')\n.end"))
    let text = result.tables
    #expect(text.contains("Index   v-sweep         v(b)            v1#branch       v(a)-v(b)       \n"))
    #expect(text.contains("\n1\t1.000000e+00\t5.000000e-01\t-5.00000e-04\t5.000000e-01\t\n"))
  }

  @Test func aGuessForEveryNode() throws {
    // Two stable states of a latch, one above and one below the other.
    let latch = """
      t
      V1 s 0 1
      R1 s a 1k
      B1 a 0 I=1m*(v(a) - 0.5)*(v(a) - 2)*(v(a) - 3.5) + 1m*(1 - v(a))
      """
    for (guess, answer) in [(0.4, 0.5), (3.6, 3.5)] {
      let result = Simulator().run(Source("\(latch)\n.nodeset all=\(guess)\n.op\n.end"))
      #expect(abs(try #require(result.analyses.first?.operatingPoint["v(a)"]) - answer) < 1e-6)
    }
  }

  /// A value for a name that the subcircuit does not declare: a `.param` inside gives way to it in ngspice and Xyce; LTspice
  /// and Xyce know it inside without one.
  @Test func undeclaredParametersOfInstances() throws {
    func resistance(_ dialect: String, _ inside: String, _ given: String = "r=100k") -> Double? {
      let result = Simulator().run(
        Source(
          """
          t
          .options dialect=\(dialect)
          V1 1 0 1
          X1 1 0 outer \(given)
          X2 1 0 outer
          .subckt outer a b
          .param k=2
          X1 a b inner r={k*1k}
          R2 a b 1g
          .ends
          .subckt inner a b
          \(inside)
          R1 a b {r}
          .ends
          .op
          .end
          """))
      return result.analyses.first?.operatingPoint["i(v1)"].map { -2 / $0 }
    }
    for dialect in ["ngspice", "xyce"] {
      let found = try #require(resistance(dialect, ".param r=5k q={2*r}", "k=4"), "\(dialect)")
      #expect(abs(found / (2 / (1 / 4e3 + 1 / 2e3 + 2e-9)) - 1) < 1e-9, "\(dialect) \(found)")
    }
    for dialect in ["ltspice", "xyce"] {
      let found = try #require(resistance(dialect, "", "m=1"), "\(dialect)")
      #expect(abs(found / (2 / (1 / 1e3 + 2e-9)) - 1) < 1e-9, "\(dialect) \(found)")
    }
    #expect(resistance("ngspice", "") == nil && resistance("ltspice", ".param r=5k") == nil)
    #expect(resistance("xyce", "", "absent=3") == nil)
  }

  @Test func theLongNameOfASine() {
    let result = Simulator().run(
      Source("t\nV1 1 0 SINE(0 2 1k)\nR1 1 0 1k\n.tran 1u 1m\n.measure tran m max v(1)\n.end"))
    #expect(abs((result["m"] ?? 0) - 2) < 1e-6)
  }

  /// Comparisons compared with one another turn where either does.
  @Test func comparisonsOfComparisons() throws {
    let result = Simulator().run(
      Source(
        """
        t
        V1 1 0 PWL(0 0 1 1)
        R1 1 0 1
        B2 2 0 V=((v(1) > 0.2) != (v(1) > 0.5)) ? 3 : 1
        R2 2 0 1
        B3 3 0 V=(v(1) > 0.2) == (v(1) > 0.5)
        R3 3 0 1
        .tran 1m 1
        .measure tran none find v(2) at=0.1
        .measure tran one find v(2) at=0.4
        .measure tran both find v(2) at=0.9
        .measure tran same integ v(3)
        .end
        """))
    #expect(result["none"] == 1 && result["one"] == 3 && result["both"] == 1, "\(result.report.text())\(result.tables)")
    #expect(abs(try #require(result["same"]) - 0.7) < 1e-6)
  }
}
