internal import Netlists

/// `Gxxx n+ n- nc+ nc- gain [m=..]`: i = m gain v(nc+, nc-), from n+ through the source to n-; or POLY, VALUE, TABLE.
package enum VoltageControlledCurrentSource: ControlledSource {
  package static let letter: Character = "g"

  package static let syntax = controlledSyntax(
    title: "voltage-controlled current source",
    form: "Gxxx n+ n- nc+ nc- gain or POLY(n) nc+ nc- .. p0 p1 .. or VALUE={..} or TABLE {..} = (x, y) .. [m=..]",
    example: "G1 0 out in 0 1m",
    gain: CardParameter("gain", unit: "S", "current per voltage between nc+ and nc-"),
    parameters: [
      CardParameter("value", unit: "A", "current from n+ through the source to n- as an expression; cur is the same"),
      CardParameter("m", "number of equal sources in parallel"),
    ],
    aliases: ["cur": "value"])

  static let givesVoltage = false
  static let control = ControlKind.voltage
}
