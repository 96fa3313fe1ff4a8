/// Every kind of element there is; a new one is a file in Elements/ and a line here.
package enum ElementCatalogue {
  package static let kinds: [any ElementKind.Type] =
    modelled.map { $0 as any ElementKind.Type } + [
      BehaviouralSource.self, CodeModelDevice.self, CompiledDevice.self, CurrentControlledCurrentSource.self,
      CurrentControlledVoltageSource.self, CurrentSource.self, InductorCoupling.self, TransmissionLine.self,
      VoltageControlledCurrentSource.self, VoltageControlledVoltageSource.self, VoltageSource.self, XyceDevice.self,
    ]

  /// Those whose cards may name a `.model` of a type of SPICE's: asking each kind for it at run time took a fortieth of
  /// the program's start.
  static let modelled: [any ModelledElement.Type] = [
    Capacitor.self, CurrentControlledSwitch.self, Diode.self, Inductor.self, Resistor.self,
    VoltageControlledSwitch.self,
  ]

  /// Letters of ngspice and PSpice whose elements are not of this language, with what they are.
  static let foreign: [Character: String] = [
    "j": "junction field-effect transistor", "m": "MOS field-effect transistor",
    "o": "lossy line", "p": "coupled line", "q": "bipolar transistor",
    "u": "uniform RC line or digital device", "z": "MESFET or HFET",
  ]

  /// The kind of a letter in lower case.
  static func kind(of letter: Character) -> (any ElementKind.Type)? {
    kinds.first { $0.letter == letter }
  }
}
