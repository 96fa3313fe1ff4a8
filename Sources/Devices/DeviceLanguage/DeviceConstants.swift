/// Constants of the device language, Verilog-A's: CODATA 2018, SI units.
enum DeviceConstants {
  static let values: [String: Double] = [
    "pi": .pi,
    "p_q": 1.602176634e-19,
    "p_k": 1.380649e-23,
    "p_h": 6.62607015e-34,
    "p_eps0": 8.8541878128e-12,
    "inf": .infinity,
  ]

  /// 0 degrees Celsius in kelvin.
  static let celsiusZero = 273.15

  /// Names that a block may not define, in lower case.
  static let reserved = Set(values.keys).union(running).union(temperatures)

  /// What a block reads of its surroundings.
  static let running: Set<String> = ["v", "i", "time"]
  static let temperatures: Set<String> = ["temp", "temper", "tempk", "vthermal"]

  static func value(of name: String) -> Double? { values[name] }
}
