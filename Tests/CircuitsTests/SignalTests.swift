import Circuits
import Devices
import Diagnostics
import Testing

@Suite struct SignalTests {
  private static let models = """

    .memristor pool
      state ca in [0, inf) tol=1n = 0
      ddt(ca) = (v - ca)/1ms
      i = ca*v
    .endmemristor
    .memristor gated
      input ca
      input half = 0.5
      i = v*ca/(ca + half)
    .endmemristor
    """

  private func bindings(_ text: NetlistText, of device: String) -> [SignalBinding] {
    guard let reference = text.circuit.device(named: device) else { return [] }
    return text.circuit.groups[reference.group].signals.map { $0[reference.instance] }
  }

  @Test func inputsReadDevicesDefinedLater() throws {
    let text = NetlistText("N1 a 0 gated ca=@n2[ca]\nN2 a 0 pool\nV1 a 0 1" + Self.models)
    let pool = try #require(text.circuit.device(named: "n2"))
    let found = bindings(text, of: "n1")
    let state = try #require(text.circuit.groups[pool.group].model.variables.firstIndex { $0.name == "ca" })
    #expect(found == [.variable(pool, index: state), .constant(0.5)])
  }

  @Test func inputsReadNodesAndCurrents() throws {
    let text = NetlistText(
      "N1 a 0 gated ca=v(b) half=i(v1)\nR1 a b 1\nR2 b 0 1\nV1 a 0 1" + Self.models)
    let source = try #require(text.circuit.device(named: "v1"))
    let node = try #require(text.circuit.node(named: "b"))
    #expect(bindings(text, of: "n1") == [.voltage(plus: node, minus: 0), .current(source)])
  }

  @Test func namesInsideASubcircuitAreItsOwn() throws {
    let text = NetlistText(
      """
      X1 a cell
      V1 a 0 1
      N9 a 0 gated ca=@n.x1.n2[ca] half=@x1.n2[i]
      .subckt cell p
      N1 p 0 gated ca=@n2[ca] half=v(m)
      N2 p m pool
      R1 m 0 1
      .ends
      """ + Self.models)
    let pool = try #require(text.circuit.device(named: "x1.n2"))
    guard case .variable(pool, _) = bindings(text, of: "x1.n1")[0] else {
      Issue.record("expected the pool of the same instance")
      return
    }
    #expect(bindings(text, of: "n9")[0] == bindings(text, of: "x1.n1")[0])
    #expect(bindings(text, of: "n9")[1] == .current(pool))
  }

  @Test func unknownNamesAreSuggested() {
    let rest = "\nN2 a 0 pool\nV1 a 0 1" + Self.models
    let device = NetlistText("N1 a 0 gated ca=i(n22)" + rest)
    #expect(device.codes == ["unknown-device"])
    #expect(device.diagnostics.first?.fixIts.first?.message == "did you mean 'n2'?")
    #expect(NetlistText("N1 a 0 gated ca=v(aa)" + rest).codes == ["unknown-node"])
    #expect(NetlistText("N1 a 0 gated ca=@n2[cb]" + rest).codes == ["unknown-quantity"])
    #expect(NetlistText("N1 a 0 gated" + rest).codes == ["unbound-input"])
    #expect(NetlistText("B1 a 0 I=v(aa)" + rest).codes == ["unknown-node"])
  }

  @Test func placeholdersInSignals() throws {
    let text = NetlistText(
      """
      .for k = 1 to 3
      N{k} c{k} 0 gated ca=v(c{k+1})
      .endfor
      .for k = 1 to 4
      V{k} c{k} 0 1
      .endfor
      """ + Self.models)
    let node = try #require(text.circuit.node(named: "c3"))
    #expect(bindings(text, of: "n2")[0] == .voltage(plus: node, minus: 0))
  }
}
