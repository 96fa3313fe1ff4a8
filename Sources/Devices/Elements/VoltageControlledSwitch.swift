internal import Netlists

/// `Sxxx n+ n- nc+ nc- model [on|off]`: closed while v(nc+, nc-) is above vt, with a hysteresis of vh to either side.
package enum VoltageControlledSwitch: SwitchElement {
  package static let letter: Character = "s"

  package static let syntax = CardSyntax(
    title: "voltage-controlled switch", form: "Sxxx n+ n- nc+ nc- model [on] [off]", example: "S1 a 0 gate 0 relay off",
    nodes: ["n+", "n-", "nc+", "nc-"], model: ModelSyntax(types: ["sw"], parameters: modelParameters))

  static let control = ControlKind.voltage
  static let threshold = CardParameter("vt", unit: "V", "threshold")
  static let hysteresis = CardParameter("vh", unit: "V", "half the width of the hysteresis")
}
