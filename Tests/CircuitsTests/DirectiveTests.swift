import Circuits
import Devices
import Diagnostics
import Netlists
import Testing

@Suite struct DirectiveTests {
  @Test func initialConditionsFindNodesAndStates() throws {
    let text = NetlistText(
      """
      .ic v(a)=1 v(x1.m)=2 @x1.n1[x]=0.3
      .nodeset v(a)={1+2}
      V1 a 0 1
      X1 a cell
      .subckt cell p
      .ic v(p)=4
      R1 p m 1
      N1 m 0 slow
      .ends
      .memristor slow
        state x in [0, 1] = 0
        ddt(x) = v - x
        i = x*v
      .endmemristor
      """)
    #expect(text.codes == [])
    let circuit = text.circuit
    let names = circuit.initialVoltages.map { circuit.nodeNames[Int($0.node)] }
    #expect(Set(names) == ["a", "x1.m"])
    #expect(circuit.initialVoltages.map(\.value).sorted() == [1, 2, 4])
    #expect(circuit.guessedVoltages.map(\.value) == [3])
    let device = try #require(circuit.device(named: "x1.n1"))
    #expect(circuit.groups[device.group].heldStarts.map(\.value) == [0.3])
  }

  @Test func faultyInitialConditionsAreSaid() {
    let rest = "\nV1 a 0 1\nR1 a 0 1"
    #expect(NetlistText(".ic v(b)=1\n.nodeset v(x1.b)=1" + rest).codes == ["unknown-node", "unknown-node"])
    #expect(NetlistText(".ic v(a,b)=1" + rest).codes == ["malformed-initial-condition"])
    #expect(NetlistText(".ic @r1[x]=1" + rest).codes == ["not-a-state"])
    #expect(NetlistText(".ic @r2[x]=1" + rest).codes == ["unknown-device"])
  }

  @Test func optionsAreNumbersWordsAndFlags() {
    let options = NetlistText(
      "R1 a 0 1\n.param tight=1u\n.options reltol={tight} method=gear noacct\n.opt reltol=1m"
    ).elaboration?.options
    #expect(options?["reltol"]?.value == .number(1e-3))
    #expect(options?["method"]?.value == .word("gear"))
    #expect(options?["noacct"]?.value == .flag)
  }

  @Test func loopVariablesAreReplacedInDirectives() {
    let text = NetlistText(
      """
      .for k = 1 to 2
      R{k} c{k} 0 1
      .save v(c{k}) @r{k}[i]
      .measure tran m{k} find {2*v(c{k})+k} at={k*1m}
      .endfor
      .tran 1u 1m
      """)
    let directives = text.elaboration?.directives ?? []
    #expect(directives.map(\.keyword.value) == ["save", "measure", "save", "measure", "tran"])
    #expect(directives[2].text.string.contains("v(c2) @r2[i]"))
    #expect(directives[3].text.string.hasSuffix("m2 find {2*v(c2)+2} at={2*1m}"))
    #expect(directives[2].fields.first?.name.plain == "v(c2)")
  }
}
