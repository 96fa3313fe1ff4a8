internal import Netlists

/// `Exxx n+ n- nc+ nc- gain`: v = gain v(nc+, nc-), its current an unknown of the circuit; or POLY, VALUE, TABLE.
package enum VoltageControlledVoltageSource: ControlledSource {
  package static let letter: Character = "e"

  package static let syntax = controlledSyntax(
    title: "voltage-controlled voltage source",
    form: "Exxx n+ n- nc+ nc- gain or POLY(n) nc+ nc- .. p0 p1 .. or VALUE={..} or TABLE {..} = (x, y) ..",
    example: "E1 out 0 in 0 10",
    gain: CardParameter("gain", "voltage per voltage between nc+ and nc-"),
    parameters: [CardParameter("value", unit: "V", "voltage from n+ to n- as an expression; vol is the same")],
    aliases: ["vol": "value"])

  static let givesVoltage = true
  static let control = ControlKind.voltage
}
