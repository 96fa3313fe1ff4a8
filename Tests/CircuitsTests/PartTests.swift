import Circuits
import Devices
import Diagnostics
import Expressions
import Testing

/// Parts of a circuit that share nothing but ground.
@Suite struct PartTests {
  private static let text = """
    .subckt cell v
    I1 0 v PWL(0 0 1n 1u)
    C1 v 0 1n IC=2
    R1 v m 1k
    R2 m 0 2k
    .ends
    X1 a cell
    X2 b cell
    X3 c cell
    B3 c 0 I=1m*v(b) + i(v4)
    V4 d 0 1
    R4 d 0 1k
    R5 e 0 1k
    .ic v(a)=1 v(b)=2
    """

  private func parts(_ device: String, reading node: String? = nil) throws -> Circuit {
    let circuit = NetlistText(Self.text).circuit
    let source = try #require(circuit.source(named: device))
    let signal = Expression.probe(.voltage(node ?? "0", nil), SourceRange(file: FileID(index: 0), start: 0, end: 0))
    return circuit.parts(with: [source], readBy: [signal])
  }

  private func names(_ circuit: Circuit) -> [String] { circuit.groups.flatMap { Array($0.names) }.sorted() }

  @Test func aPartIsWhatNodesJoin() throws {
    let part = try parts("x1.i1")
    #expect(names(part) == ["x1.c1", "x1.i1", "x1.r1", "x1.r2"])
    #expect(Array(part.nodeNames) == ["0", "a", "x1.m"])
    #expect(part.initialVoltages.map(\.value) == [1])
  }

  /// What a source reads of other parts belongs to its own; so does what reads it.
  @Test(arguments: ["x3.i1", "x2.i1", "v4"])
  func readingJoins(source: String) throws {
    let part = try parts(source)
    #expect(names(part).filter { $0.hasPrefix("x1") || $0 == "r5" }.isEmpty)
    #expect(part.deviceCount == 11)
    #expect(part.initialVoltages.map(\.value) == [2])
  }

  @Test func soDoesASignal() throws {
    let part = try parts("x1.i1", reading: "e")
    #expect(names(part) == ["r5", "x1.c1", "x1.i1", "x1.r1", "x1.r2"])
  }

  /// Coupled coils are one part, and their coupling is in it.
  @Test func couplingJoins() throws {
    let circuit = NetlistText("V1 a 0 1\nR1 a b 1\nL1 b 0 1m\nL2 c 0 1m\nK1 L1 L2 0.9\nR2 c 0 1\nV3 d 0 1\nR3 d 0 1")
      .circuit
    let part = circuit.parts(with: [try #require(circuit.source(named: "v1"))], readBy: [])
    #expect(names(part) == ["k1", "l1", "l2", "r1", "r2", "v1"])
  }

  /// Values, nodes and starts stay with their devices.
  @Test func devicesStayWhatTheyAre() throws {
    let whole = NetlistText(Self.text).circuit
    let part = try parts("x3.i1")
    for group in part.groups {
      for instance in 0..<group.count {
        let before = try #require(whole.device(named: group.names[instance]))
        let model = whole.groups[before.group]
        #expect(model.model.name == group.model.name)
        for (left, right) in zip(group.parameters, model.parameters) {
          #expect(left[instance] == right[before.instance])
        }
        for (left, right) in zip(group.terminals, model.terminals) {
          #expect(part.nodeNames[Int(left[instance])] == whole.nodeNames[Int(right[before.instance])])
        }
      }
    }
    #expect(part.groups.flatMap { $0.initialConditions.map(\.value) } == [2, 2])
    let source = try #require(part.source(named: "x2.i1"))
    #expect(part.waveform(of: source).shape?.evaluate(at: 1, segmentOf: 1).value == 1e-6)
    let behavioural = try #require(part.device(named: "b3"))
    let current = part.groups[behavioural.group].signals.map { $0[behavioural.instance] }
    #expect(try current.contains(.current(#require(part.device(named: "v4")))))
  }
}
