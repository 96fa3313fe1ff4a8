internal import Netlists

/// `Fxxx n+ n- device gain [m=..]`: i = m gain i(device), from n+ through the source to n-; or POLY.
package enum CurrentControlledCurrentSource: ControlledSource {
  package static let letter: Character = "f"

  package static let syntax = controlledSyntax(
    title: "current-controlled current source",
    form: "Fxxx n+ n- vname gain or POLY(n) vname .. p0 p1 .. [m=..]", example: "F1 0 out vsense 5",
    gain: CardParameter("gain", "current per current through vname"),
    parameters: [CardParameter("m", "number of equal sources in parallel")])

  static let givesVoltage = false
  static let control = ControlKind.current
}
