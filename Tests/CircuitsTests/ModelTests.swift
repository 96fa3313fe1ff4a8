import Diagnostics
import Circuits
import Devices
import Testing

@Suite struct ModelTests {
  private static let leaky = """
    .memristor leaky
      param g = {ground} in (0, inf)   ; S, conductance
      param celsius = 6.3              ; C, temperature
      state x in [0, 1] = 0.5          ; -, open fraction
      ddt(x) = (0.5 - x)/1ms
      i = g*x*v
    .endmemristor
    """

  @Test func aModelGivesOtherValues() {
    let text = NetlistText(
      """
      .param ground=1m
      N1 a 0 leaky
      N2 a 0 strong x=0.2
      N3 a 0 strong g={3*ground} celsius={temp}
      .model strong leaky(g={2*ground})
      V1 a 0 1

      """ + Self.leaky)
    #expect(text.codes == [])
    #expect(text.value("n1", "g") == 1e-3)
    #expect(text.value("n2", "g") == 2e-3)
    #expect(text.value("n3", "g") == 3e-3)
    #expect(text.value("n3", "celsius") == 27)
    #expect(text.circuit.groups.first { $0.model.name == "leaky" }?.heldStarts.map(\.value) == [0.2])
  }

  @Test func modelsStandOnModels() {
    let text = NetlistText(
      """
      .param ground=1m
      N1 a 0 top
      V1 a 0 1
      .model top middle(celsius=20)
      .model middle leaky(g=4m)

      """ + Self.leaky)
    #expect(text.value("n1", "g") == 4e-3)
    #expect(text.value("n1", "celsius") == 20)
  }

  /// A type of SPICE's is that type even where a model is called so.
  @Test func aModelMayBeCalledAsItsType() {
    let text = NetlistText(
      """
      D1 a 0 d
      D2 a 0 fast
      V1 a 0 1
      .model d d(is=1p)
      .model fast d(n=2)
      """)
    #expect(text.codes == [])
    #expect(text.value("d1", "is") == 1e-12)
    #expect(text.value("d2", "is") == 1e-14)
  }

  @Test func faultyModelsAreSaid() {
    let rest = "\nV1 a 0 1\nR1 a 0 1\n.param ground=1\n" + Self.leaky
    #expect(NetlistText("N1 a 0 leeky" + rest).codes == ["unknown-model"])
    #expect(NetlistText(".model fast nmos(vto=1)" + rest).codes == ["foreign-model"])
    #expect(!NetlistText(".model fast nmos(vto=1)" + rest).diagnostics.contains { $0.severity == .error })
    #expect(NetlistText("D1 a 0 fast\n.model fast npn(bf=1)" + rest).diagnostics.contains { $0.severity == .error })
    #expect(NetlistText(".model one two(g=1)\n.model two one(g=1)\nN1 a 0 one" + rest).codes == ["cyclic-model"])
    #expect(NetlistText("N1 a 0 leaky g=-1" + rest).codes == ["parameter-out-of-range"])
    #expect(NetlistText("N1 a 0 leaky x=1.5" + rest).codes == ["start-out-of-range"])
  }

  @Test func aNetlistShadowsTheLibrary() {
    let text = NetlistText(
      "N1 a 0 leaky\nV1 a 0 1\n.param ground=2\n" + Self.leaky,
      library: ["leaky": ".memristor leaky\n i = v\n.endmemristor"])
    #expect(text.codes == ["shadows-library"])
    #expect(text.value("n1", "g") == 2)
  }

  @Test func localModelsReadTheirInstance() {
    let text = NetlistText(
      """
      X1 a cell g=1m
      X2 a cell g=2m
      V1 a 0 1
      .param ground=1
      .subckt cell p g=1
      .model mine leaky(g={g})
      N1 p 0 mine
      .ends

      """ + Self.leaky)
    #expect(text.value("x1.n1", "g") == 1e-3)
    #expect(text.value("x2.n1", "g") == 2e-3)
    #expect(text.circuit.groups.filter { $0.model.name == "leaky" }.count == 1)
  }
}
