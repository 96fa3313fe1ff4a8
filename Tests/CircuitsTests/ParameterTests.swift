import Circuits
import Expressions
import Testing

@Suite struct ParameterTests {
  @Test func ordersParametersByWhatTheyRead() {
    let text = NetlistText(
      """
      R1 a 0 {total}
      .param total={2*part + 1}
      .param part={base*3} base=4
      """)
    #expect(text.codes == ["dangling-node"])
    #expect(text.value("r1", "r") == 25)
    #expect(text.elaboration?.scope.value(of: "part") == 12)
  }

  @Test func reportsACycleWithItsNames() {
    let text = NetlistText("R1 a 0 {p}\n.param p={q} q={r+1}\n.param r={2*p} s={p}")
    #expect(text.elaboration == nil)
    #expect(text.codes == ["cyclic-parameter"])
    #expect(text.message("cyclic-parameter").contains("p -> q -> r -> p"))
  }

  @Test func reportsAParameterThatReadsItself() {
    let text = NetlistText("R1 a 0 {p}\n.param p={p+1}")
    #expect(text.message("cyclic-parameter") == "the value of 'p' depends on itself")
  }

  @Test func lastValueCounts() {
    let text = NetlistText("R1 a 0 {p}\n.param p=1\n.param p=2")
    #expect(text.codes.contains("redefined-parameter"))
    #expect(text.value("r1", "r") == 2)
  }

  @Test func functionsReadParameters() {
    let text = NetlistText("R1 a 0 {twice(3)}\n.param gain={2}\n.func twice(x) {gain*x}")
    #expect(text.value("r1", "r") == 6)
  }

  @Test func parametersOrderThroughFunctions() {
    let text = NetlistText("R1 a 0 {p}\n.param p={f(2)} gain={1+1}\n.func f(x) {gain*x}")
    #expect(text.value("r1", "r") == 4)
  }

  @Test func overridesWinAtTheTopLevelOnly() {
    let text = NetlistText(
      """
      .param r=1 s={2*r}
      X1 a cell
      R1 a 0 {s}
      .subckt cell p
      .param r=5
      R1 p 0 {r}
      .ends
      """, overrides: ["r": 10, "reltol": 1e-6])
    #expect(text.value("r1", "r") == 20)
    #expect(text.value("x1.r1", "r") == 5)
    #expect(text.elaboration?.unusedOverrides == ["reltol"])
  }

  @Test func branchesGiveParameters() {
    let text = NetlistText(
      """
      R1 a 0 {value}
      R2 a 0 {other}
      .param other={value + 1}
      .if (mode == 1)
      .param value=10
      .elseif (mode == 2)
      .param value=20
      R3 a 0 3
      .else
      .param value=30
      .endif
      .param mode={1+1}
      """)
    #expect(text.codes == [])
    #expect(text.value("r1", "r") == 20)
    #expect(text.value("r2", "r") == 21)
    #expect(text.value("r3", "r") == 3)
  }

  @Test func temperatureComesFromItsLines() {
    let text = NetlistText("R1 a 0 {temp + hot}\n.temp {hot}\n.param hot={60/2}")
    #expect(text.value("r1", "r") == 60)
    #expect(text.value("r1", "temp") == 30)
    #expect(text.elaboration?.temperature == 30)
    #expect(NetlistText("R1 a 0 1\n.options temp=50").elaboration?.temperature == 50)
    #expect(NetlistText("R1 a 0 1\n.temp 20", overrides: ["temp": 5]).elaboration?.temperature == 5)
    #expect(NetlistText("R1 a 0 1\n.temp -300").codes == ["impossible-temperature"])
  }
}
