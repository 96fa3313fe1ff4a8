/// Every kind of element there is; a new one is a file in Elements/ and a line here.
package enum ElementCatalogue {
  package static let kinds: [any ElementKind.Type] = [
    BehaviouralSource.self, Capacitor.self, CompiledDevice.self, CurrentControlledCurrentSource.self,
    CurrentControlledSwitch.self, CurrentControlledVoltageSource.self, CurrentSource.self, Diode.self, Inductor.self,
    InductorCoupling.self, Resistor.self, VoltageControlledCurrentSource.self, VoltageControlledSwitch.self,
    VoltageControlledVoltageSource.self, VoltageSource.self, XyceDevice.self,
  ]

  /// Letters of the language whose elements are not built yet, with what they are.
  static let announced: [Character: String] = ["t": "transmission line"]

  /// The kind of a letter in lower case.
  static func kind(of letter: Character) -> (any ElementKind.Type)? {
    kinds.first { $0.letter == letter }
  }
}
