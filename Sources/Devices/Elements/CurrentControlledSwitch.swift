internal import Netlists

/// `Wxxx n+ n- device model [on|off]`: closed while i(device) is above it, with a hysteresis of ih to either side.
package enum CurrentControlledSwitch: SwitchElement {
  package static let letter: Character = "w"

  package static let syntax = CardSyntax(
    title: "current-controlled switch", form: "Wxxx n+ n- vname model [on] [off]", example: "W1 a 0 vsense relay off",
    nodes: ["n+", "n-"], model: ModelSyntax(types: ["csw"], parameters: modelParameters))

  static let control = ControlKind.current
  static let threshold = CardParameter("it", unit: "A", "threshold")
  static let hysteresis = CardParameter("ih", unit: "A", "half the width of the hysteresis")
}
