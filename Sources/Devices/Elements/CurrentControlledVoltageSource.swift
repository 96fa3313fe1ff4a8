internal import Netlists

/// `Hxxx n+ n- device gain`: v = gain i(device), its current an unknown of the circuit; or POLY.
package enum CurrentControlledVoltageSource: ControlledSource {
  package static let letter: Character = "h"

  package static let syntax = controlledSyntax(
    title: "current-controlled voltage source",
    form: "Hxxx n+ n- vname gain or POLY(n) vname .. p0 p1 ..", example: "H1 out 0 vsense 1k",
    gain: CardParameter("gain", unit: "ohm", "voltage per current through vname"))

  static let givesVoltage = true
  static let control = ControlKind.current
}
